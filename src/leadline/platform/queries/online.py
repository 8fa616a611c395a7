"""Who is on the platform now (PLT-4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from leadline.core.clock import now
from leadline.core.planned import planned
from leadline.customers.queries.place import country_name, time_at
from leadline.people.scope import Reach, reach
from leadline.platform.models import platform_rules

if TYPE_CHECKING:
    from leadline.people.models import User

SHOWN = 50
MINE, TEAM, ALL, UNKNOWN = "mine", "team", "all", "unknown"

_COLUMNS = """
SELECT u.id, u.external_id, u.name, u.email, pulse.page, pulse.device, pulse.online_since, pulse.last_seen_at,
       c.id, c.name, coalesce(c.time_zone, ''), coalesce(nullif(u.phone, ''), c.phone, ''),
       coalesce(nullif(u.country, ''), c.country, ''), owner.id, owner.name
"""
_THERE = "pulse.online_since IS NOT NULL AND pulse.last_seen_at > %s"
_JOINS = """
  LEFT JOIN platform_platformuser u ON u.id = pulse.user_id
  LEFT JOIN customers_customer c ON c.id = u.customer_id
"""
# Of all, the latest are read in their order. Of some, first who is there at all: hardly anybody is, but the
# database would begin with the customers.
_OF_ALL = f"  FROM (SELECT * FROM platform_platformpulse pulse WHERE {_THERE}) pulse {_JOINS}"
_OF_SOME = f"  FROM (SELECT * FROM platform_platformpulse pulse WHERE {_THERE} OFFSET 0) pulse {_JOINS}"
_OWNER = "  LEFT JOIN people_user owner ON owner.id = c.owner_id"
_ORDER = " ORDER BY pulse.online_since DESC, u.id DESC LIMIT %s"


@dataclass(frozen=True)
class Here:
    """Somebody who is there, as the page shows it. `local_time` is theirs, where something tells the zone."""

    id: int
    external_id: str
    name: str
    email: str
    page: str
    device: str
    since: datetime
    seen_at: datetime
    customer_id: int | None
    customer: str
    time_zone: str
    phone: str
    country_code: str
    owner_id: int | None
    owner: str

    @property
    def called(self) -> str:
        """By what the platform knows them best."""
        return self.name or self.email or self.external_id

    @property
    def country(self) -> str:
        """The country in the reader's language."""
        return country_name(self.country_code)

    @property
    def local_time(self) -> datetime | None:
        """What time it is there."""
        return time_at(self.time_zone, self.phone, self.country_code)


_FIELDS = [each.name for each in fields(Here)]


@dataclass(frozen=True)
class Online:
    """Who is there now within a person's reach, the latest to come first; `count` says how many in all."""

    people: Sequence[Here]
    count: int
    whose: str

    @property
    def fingerprint(self) -> str:
        """What is shown, in a word: it changes with whatever a person would see change, and each minute."""
        shown = [(h.id, h.page, h.device, h.since, h.customer_id, h.owner_id, h.called) for h in self.people]
        told = repr((self.count, self.whose, shown, f"{now():%H:%M}"))
        return blake2b(told.encode(), digest_size=8).hexdigest()


def online_after() -> datetime:
    """Whoever was seen after this moment counts as online."""
    return now() - platform_rules().online_for


def views_for(user: User) -> list[str]:
    """Which parts a person may choose between; a single one is no choice."""
    within = reach(user, "platform_user", "view")
    if within.everything:
        return [ALL, MINE, *([TEAM] if user.grants.managed_teams else []), UNKNOWN]
    return [ALL, MINE] if within.team_ids or within.territory_ids else [MINE]


def online_for(user: User, *, whose: str = "", country: str = "") -> Online:
    """Who is on the platform, as far as this person sees them; at most fifty are shown.

    `whose` narrows to the own customers, those of the own teams, or users who belong to no customer.
    """
    views = views_for(user)
    whose = whose if whose in views else views[0]
    among, narrowed, params = _narrowed(user, whose)
    if country:
        narrowed += " AND coalesce(nullif(u.country, ''), c.country) = %s"
        params = [*params, country]
    given = [online_after(), *params]
    with planned() as cursor:
        cursor.execute(f"{_COLUMNS}{among}{_OWNER} WHERE {narrowed}{_ORDER}", [*given, SHOWN + 1])
        people = [_here(row) for row in cursor.fetchall()]
    count = len(people) if len(people) <= SHOWN else _count(among, narrowed, given)
    return Online(people[:SHOWN], count, whose)


def _narrowed(user: User, whose: str) -> tuple[str, str, Sequence[Any]]:
    """From where to read, which condition holds there, and its values."""
    within = reach(user, "platform_user", "view")
    if whose == MINE and not within.nothing:
        within = Reach(owner_id=user.pk)
    elif whose == TEAM:
        within = Reach(owner_id=user.pk, team_ids=user.grants.managed_teams)
    test, params = within.sql("c")
    if whose == UNKNOWN:
        test += " AND u.customer_id IS NULL"
    return _OF_ALL if within.everything else _OF_SOME, test, params


def _count(among: str, narrowed: str, given: list[Any]) -> int:
    with planned() as cursor:
        cursor.execute(f"SELECT count(*){among} WHERE {narrowed}", given)
        return int(cursor.fetchone()[0])


def _here(row: Sequence[Any]) -> Here:
    found = dict(zip(_FIELDS, row, strict=True))
    return Here(**found | {"customer": found["customer"] or "", "owner": found["owner"] or ""})
