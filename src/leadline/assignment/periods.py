"""Days as they were given, and the moments at which they begin and end where the organisation is (ALL-6)."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from leadline.core import clock
from leadline.core.conditions import Context
from leadline.core.organisation import organisation
from leadline.core.refusals import RuleBroken

USUAL_DAYS, LONGEST_DAYS = 30, 366


def moments_of(first: date, last: date) -> tuple[datetime, datetime]:
    """From the beginning of the first day until before the end of the last."""
    context = Context.of_organisation()
    return context.start_of(first), context.start_of(last + timedelta(days=1))


def period_of(first: date | None, last: date | None) -> tuple[date, date]:
    """The days given; the last thirty where none are. Raises `RuleBroken` for the wrong order or too many."""
    until = last or clock.today(organisation().time_zone)
    since = first or until - timedelta(days=USUAL_DAYS - 1)
    if since > until:
        raise RuleBroken(_("The last day is before the first."), field="last", value=until.isoformat())
    if (until - since).days >= LONGEST_DAYS:
        raise RuleBroken(_("A year at most."), field="first", value=since.isoformat())
    return since, until
