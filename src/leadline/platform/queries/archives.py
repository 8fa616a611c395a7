"""How long events are kept: which months stand here, which are in files, what is due (PLT-2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection

from leadline.core.clock import now
from leadline.core.partitions import (
    Rest,
    StandingMonth,
    bounds_of,
    month_after,
    month_of,
    months_in_rest,
    months_of,
    rest_of,
)
from leadline.platform.models import ArchivedMonth, PlatformRules, ReplacedArchive, platform_rules
from leadline.platform.models.rules import LEAST_KEPT

if TYPE_CHECKING:
    from leadline.people.models import User

TABLE = "platform_platformevent"
# The same as `archiving/child.py` asks a file, so that both can be compared.
_TALLY = f"""
SELECT count(*), coalesce(sum(('x' || substr(md5(concat_ws('|', id, {{at}}, user_id, kind, event_id,
       details::text, {{received_at}})), 1, 15))::bit(60)::bigint::numeric), 0)::text
  FROM {TABLE} WHERE at >= %s AND at < %s
""".format(
    at="(extract(epoch FROM at) * 1000000)::bigint",
    received_at="(extract(epoch FROM received_at) * 1000000)::bigint",
)


class Tally(NamedTuple):
    """How many rows, and the sum of their digests: the same for the same rows, in whichever order."""

    rows: int
    checksum: str


@dataclass(frozen=True)
class Keeping:
    """What is kept where: months in the database, months in files, and how many months are to stay.

    Months in the database stand by themselves, or (events that were loaded later) share the `rest`.

    `replaced` files have another in their place and go when no backup runs.
    """

    standing: Sequence[StandingMonth]
    archived: Sequence[ArchivedMonth]
    months_kept: int | None
    replaced: int
    rest: Rest

    @property
    def rows(self) -> int:
        """Events in the database, as it counted them last; in the rest at least so many."""
        return sum(month.rows for month in self.standing) + sum(month.rows for month in self.rest.months)

    @property
    def size(self) -> int:
        """Bytes that they take there, with indexes."""
        return sum(month.size for month in self.standing) + self.rest.size

    @property
    def archived_size(self) -> int:
        """Bytes of all files."""
        return sum(archive.size for archive in self.archived)


def keeping_for(user: User) -> Keeping:
    """What is kept where, for whoever sets up the platform."""
    begun = month_of(now().date())
    standing = [month for month in months_of(TABLE) if month.month <= begun]
    archived = ArchivedMonth.objects.visible_to(user).order_by("-month")
    replaced = ReplacedArchive.objects.count()
    return Keeping(standing[::-1], list(archived), platform_rules().months_kept, replaced, rest_of(TABLE))


def months_due() -> list[date]:
    """The months that are older than what is kept and not in a file alone, the oldest first.

    One that was brought back stays for thirty days. Events that came late for one that is in a file make it
    due too.
    """
    oldest = oldest_kept()
    if oldest is None:
        return []
    archives = {archive.month: archive for archive in ArchivedMonth.objects.all()}
    there = {standing.month for standing in months_of(TABLE)} | set(months_in_rest(TABLE))
    return [
        month
        for month in sorted(there)
        if month < oldest and _may_go(archives.get(month)) and tally_exists(month)
    ]


def may_be_archived(month: date) -> bool:
    """Whether a month is old enough to go; pages tell of the last three."""
    return month < month_after(month_of(now().date()), -LEAST_KEPT)


def oldest_kept() -> date | None:
    """The first month that stays; None where all do."""
    rules = PlatformRules.objects.filter(pk=1).first()
    if rules is None or rules.months_kept is None:
        return None
    return month_after(month_of(now().date()), -rules.months_kept)


def tally_of(month: date) -> Tally:
    """Rows and checksum of a month in the database."""
    with connection.cursor() as cursor:
        cursor.execute(_TALLY, bounds_of(month))
        return Tally(*cursor.fetchone())


def tally_exists(month: date) -> bool:
    """Whether the database has any event of a month."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS (SELECT FROM {TABLE} WHERE at >= %s AND at < %s)", bounds_of(month))
        return bool(cursor.fetchone()[0])


def _may_go(archive: ArchivedMonth | None) -> bool:
    return archive is None or archive.is_away or archive.is_due_again
