"""Where a lead is and what time it is there: whether one may call, and until when (LEA-5, ALL-6)."""

from dataclasses import dataclass
from datetime import datetime

from leadline.core.clock import now, zone_of
from leadline.customers.queries.place import country_name
from leadline.leads.calling import Hours, judged_by, may_be_called, next_good_time
from leadline.leads.models import Lead


@dataclass(frozen=True)
class Place:
    """The country in words, the time there, and the hours in which one calls.

    `local_time` is none where no zone is known; then the house's own clock decides. `until` and `proposed`
    are on the clock there. `proposed` is the next good time to try again.
    """

    country: str
    zone: str
    local_time: datetime | None
    callable_now: bool
    until: datetime
    proposed: datetime
    callback: datetime | None


def place_of(lead: Lead, hours: Hours) -> Place:
    """Where a lead is, as of now."""
    moment = now()
    there = zone_of(judged_by(lead.zone))
    local = moment.astimezone(there)
    return Place(
        country=country_name(lead.country),
        zone=lead.zone,
        local_time=local if lead.zone else None,
        callable_now=may_be_called(lead.zone, hours, moment),
        until=local.replace(hour=hours.ends.hour, minute=hours.ends.minute, second=0, microsecond=0),
        proposed=next_good_time(lead.zone, hours, moment).astimezone(there),
        callback=lead.callback_at.astimezone(there) if lead.callback_at else None,
    )
