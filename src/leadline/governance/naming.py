"""What entries of the audit are called: kinds of records and of happenings."""

import re
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy

from leadline.core.events import Event
from leadline.core.events.event import event_classes
from leadline.core.events.listening import listeners_to
from leadline.core.fields import catalogues
from leadline.core.history import HistoryEntry, tracked_models

_VALUE = re.compile(r"\s*\(?%\(\w+\)s[^%()]*\)?(, )?")


def _record(kind: str) -> str:
    found = next((entry for entry in catalogues() if entry.kind == kind), None)
    return str(found.label if found else gettext_lazy("Setting"))


def _happening(name: str) -> str:
    """The wording of an event without its values: “took … rows out as a file”."""
    words = _VALUE.sub(" … ", str(event_classes()[name].wording)).strip(" …,:")
    return words[:1].upper() + words[1:]


listeners_to(Event)  # finds the events of all apps
record_in_words, happening_in_words = lazy(_record, str), lazy(_happening, str)
RECORDS = tuple((tracking.kind, record_in_words(tracking.kind)) for tracking in tracked_models())
HAPPENINGS: tuple[tuple[str, Any], ...] = (
    *HistoryEntry.Verb.choices,
    *((name, happening_in_words(name)) for name in event_classes()),
)
