"""What can be told of web forms, in the past tense."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from leadline.core.events import Event


@dataclass(frozen=True)
class WebFormAdded(Event):
    """A web form was made."""

    form_id: int

    wording = _("made a web form")


@dataclass(frozen=True)
class WebFormChanged(Event):
    """What a web form asks, says or sets was changed."""

    form_id: int

    wording = _("changed a web form")


@dataclass(frozen=True)
class WebFormSwitched(Event):
    """A web form was switched on or off."""

    form_id: int
    is_on: bool

    wording = _("switched a web form on or off")


@dataclass(frozen=True)
class WebFormArchived(Event):
    """A web form is out of use."""

    form_id: int

    wording = _("archived a web form")


@dataclass(frozen=True)
class WebFormRestored(Event):
    """A web form is in use again."""

    form_id: int

    wording = _("restored a web form")


@dataclass(frozen=True)
class WebFormSent(Event):
    """A visitor sent a web form and became a lead, or was one already (`is_new` is false)."""

    form_id: int
    submission_id: int
    is_new: bool

    wording = _("came in by a web form")


@dataclass(frozen=True)
class WebFormHeld(Event):
    """What was sent looks like spam and waits for somebody to decide."""

    form_id: int
    submission_id: int
    signs: tuple[str, ...]

    wording = _("was held back by a web form")


@dataclass(frozen=True)
class SubmissionDiscarded(Event):
    """What was held is spam."""

    form_id: int
    submission_id: int

    wording = _("discarded what was held")
