"""Lists over the timelines of all records: activities, and notes (TIM-1, SIG-6)."""

from leadline.core.lists.door import Door, register_list
from leadline.people.queries import name_of
from leadline.timeline.scope import activities_reached, notes_reached

OUTCOME_TONES = {
    "connected": "good",
    "positive": "good",
    "no_answer": "warn",
    "busy": "warn",
    "voicemail": "warn",
    "wrong_number": "bad",
    "negative": "bad",
}

ACTIVITIES = register_list(
    Door(
        kind="activity",
        space="activities",
        reach=activities_reached,
        naming=name_of,
        beside=("title", "customer", "lead"),
        tones={"outcome": OUTCOME_TONES},
        quick=("kind", "outcome", "user"),
        sources={"user": "people:options", "customer": "customers:options", "lead": "leads:options"},
        searched=False,
    )
)
NOTES = register_list(
    Door(
        kind="note",
        space="notes",
        reach=notes_reached,
        naming=name_of,
        beside=("body", "customer"),
        quick=("author",),
        sources={"user": "people:options", "customer": "customers:options"},
        searched=False,
    )
)
