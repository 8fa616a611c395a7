"""What can be told of the timeline, in the past tense."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from leadline.core.events import Event


@dataclass(frozen=True)
class ActivitiesLogged(Event):
    """Activities were put on timelines: one, or a whole set at once."""

    activity_ids: tuple[int, ...]

    wording = _("logged an activity")


@dataclass(frozen=True)
class NoteWritten(Event):
    """A note was written, with the people it mentions."""

    note_id: int
    customer_id: int
    mentioned: tuple[int, ...]

    wording = _("wrote a note")


@dataclass(frozen=True)
class PromiseMade(Event):
    """Somebody promised a customer something, until a day."""

    promise_id: int
    due_on: date

    wording = _("promised something")


@dataclass(frozen=True)
class PromiseEnded(Event):
    """A promise to a customer was kept, or given up (`kept`, `not_kept`)."""

    promise_id: int
    outcome: str

    wording = _("closed a promise")
