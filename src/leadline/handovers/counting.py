"""How much a selection holds, within the reach of whoever asks."""

from collections.abc import Mapping

from leadline.core.actions import Actor
from leadline.core.lists import Selection
from leadline.core.lists.door import door_of


def total_of(parts: Mapping[str, Selection], by: Actor) -> int:
    """How many records there are in all parts together."""
    return sum(count_of(part, by) for part in parts.values())


def count_of(part: Selection, by: Actor) -> int:
    """How many records one part holds for this person now."""
    door, user = door_of(part.kind), by.user
    return part.count(
        scope=door.scope(user), context=door.context(user), search=door.search(user), user=user
    ).value
