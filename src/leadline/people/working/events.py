"""What can be told of absences, in the past tense."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from leadline.core.events import Event


@dataclass(frozen=True)
class AbsenceEntered(Event):
    """Somebody will be away from the first to the last day; the deputy, if any, stands in (PPL-1)."""

    absence_id: int
    user_id: int
    begins_on: date
    ends_on: date
    deputy_id: int | None

    wording = _("entered an absence")


@dataclass(frozen=True)
class AbsenceChanged(Event):
    """An absence has other days or another deputy now."""

    absence_id: int
    user_id: int
    begins_on: date
    ends_on: date
    deputy_id: int | None

    wording = _("changed an absence")


@dataclass(frozen=True)
class AbsenceRemoved(Event):
    """An absence does not take place, or was never one."""

    absence_id: int
    user_id: int

    wording = _("removed an absence")
