"""The ledger of events: what happened, told to those above who listen, in the order it was written.

`publish` writes in the caller's transaction; `@on(Event)` functions in `<app>/listeners.py` are told later.
"""

from leadline.core.events.event import Event, Subject, event_classes
from leadline.core.events.listening import on
from leadline.core.events.models import EventRecord, EventSubject, EventWaiting
from leadline.core.events.publishing import About, publish, publish_each, publish_many
from leadline.core.events.queries import events_about

__all__ = [
    "About",
    "Event",
    "EventRecord",
    "EventSubject",
    "EventWaiting",
    "Subject",
    "event_classes",
    "events_about",
    "on",
    "publish",
    "publish_each",
    "publish_many",
]
