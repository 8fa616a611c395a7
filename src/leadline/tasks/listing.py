"""The list of tasks, as the engine of lists wants to know it. It opens with one's own open ones."""

import json

from leadline.core.catalogue_forms import SOURCES
from leadline.core.lists.door import Door, register_list
from leadline.people.queries import name_of
from leadline.tasks.scope import scope_of

OPEN = {"field": "done_at", "op": "is_empty"}  # the words of the indexes of what is open
MINE = {"field": "owner", "op": "is_me"}
TONES = {"priority": {"high": "bad", "low": "neutral"}}

TASKS = register_list(
    Door(
        kind="task",
        space="tasks",
        reach=scope_of,
        naming=name_of,
        beside=("title", "due_at", "due_on", "zone", "done", "archived", "repeats", "snoozes"),
        tones=TONES,
        quick=("kind", "priority", "owner"),
        sources={"user": "people:options", **SOURCES},
        searched=False,
        opens_with=json.dumps({"and": [MINE, OPEN]}),
    )
)
