"""When and for whom a condition is asked."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from functools import cached_property

from babel import Locale

from leadline.core import clock
from leadline.core.conditions.gathering import Gathering
from leadline.core.organisation import organisation


@dataclass(frozen=True)
class Context:
    """`is_me` is `user_id`, "today" the day of `now` in `zone`; weeks start on `week_starts` (0 = Monday).

    Where all records are asked at once, figures of linked objects go to a `gathering`, whose joins the
    statement adds; the answers are the same. So they are while `counting` so many of all records, in no
    order: what is in a set is then read until there are enough, rather than each record looked up.
    """

    user_id: int | None = None
    now: datetime = field(default_factory=clock.now)
    zone: str = "UTC"
    week_starts: int = 0
    gathering: Gathering | None = field(default=None, compare=False)
    counting: bool = False

    @classmethod
    def of_organisation(cls, user_id: int | None = None) -> "Context":
        """Now, in the organisation's zone and with its weeks (ALL-6)."""
        house = organisation()
        try:
            week_starts = Locale.parse(f"{house.language}_{house.country}", sep="_").first_week_day
        except ValueError:
            week_starts = 0
        return cls(user_id=user_id, zone=house.time_zone, week_starts=week_starts)

    def looking_up(self) -> "Context":
        """The same for a part that does not hold by itself: an opposite, one of several that may hold."""
        return replace(self, counting=False) if self.counting else self

    @cached_property
    def today(self) -> date:
        """The day it is in the zone."""
        return self.now.astimezone(clock.zone_of(self.zone)).date()

    def start_of(self, day: date) -> datetime:
        """The first moment of a day in the zone, in UTC."""
        return datetime.combine(day, time(), tzinfo=clock.zone_of(self.zone)).astimezone(UTC)
