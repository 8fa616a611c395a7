"""What new owners and those who handed over are told, each in their language (TIM-11, SIG-10)."""

from collections.abc import Callable
from datetime import date

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from leadline.core.actions import Actor
from leadline.core.organisation import organisation
from leadline.handovers.actions.accepting import remind_of_sheet
from leadline.handovers.models import Sheet
from leadline.people.models import User
from leadline.timeline.actions import notify
from leadline.timeline.models import Notification


def tell_of_sheet(sheet: Sheet, *, by: Actor) -> None:
    """The new owner has a sheet to read and accept."""
    whose = sheet.handover.from_user or sheet.handover.started_by
    _tell(
        sheet.owner,
        lambda: _("Handed over to you from %(who)s: read and accept the sheet.") % {"who": whose},
        sheet,
        f"sheet:{sheet.pk}",
        by,
    )


def remind(sheet: Sheet, *, today: date, by: Actor) -> None:
    """The sheet still waits."""
    title = sheet.handover.title
    _tell(
        sheet.owner,
        lambda: _("A hand-over sheet still waits for you: %(title)s.") % {"title": title},
        sheet,
        f"sheet:{sheet.pk}:{today}",
        by,
    )
    remind_of_sheet(sheet, today=today, by=by)


def tell_of_acceptance(sheet: Sheet, *, by: Actor) -> None:
    """Whoever started the hand-over, and the former owner, know that it is in good hands."""
    handover = sheet.handover
    told = {person.pk: person for person in (handover.started_by, handover.from_user) if person}
    words = {"who": sheet.owner, "title": handover.title}
    for person in told.values():
        if person.is_active and person.pk != sheet.owner_id:
            _tell(
                person,
                lambda: _("%(who)s accepted the sheet: %(title)s.") % words,
                sheet,
                f"accepted:{sheet.pk}",
                by,
            )


def _tell(person: User, said: Callable[[], str], sheet: Sheet, cause: str, by: Actor) -> None:
    """In the language of whom it is told."""
    with translation.override(person.language or organisation().language):
        notify(
            [person.pk],
            kind=Notification.Kind.ASSIGNMENT,
            text=said(),
            address=reverse("handovers:sheet", args=[sheet.pk]),
            cause=cause,
            by=by,
        )
