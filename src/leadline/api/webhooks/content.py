"""An event as JSON, for the event log and for webhooks alike: keys and amounts, no names."""

from typing import Any

from leadline.core.events.following import Followed


def event_shown(event: Followed) -> dict[str, Any]:
    """One event. `subjects` are the first hundred of `subject_count`, as far as they are within reach."""
    return {
        "id": event.id,
        "type": event.name,
        "at": event.at,
        "data": event.payload,
        "subjects": [{"kind": subject.kind, "id": subject.id} for subject in event.subjects],
        "subject_count": event.count,
        "actor": event.actor_id,
        "via": event.via,
    }
