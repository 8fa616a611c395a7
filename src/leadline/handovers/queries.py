"""What a hand-over would do, and what a new owner should know (PPL-1, SIG-10)."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet

from leadline.core.actions import Actor
from leadline.core.lists import Selection
from leadline.core.lists.bulk.choosing import next_ids
from leadline.handovers.counting import count_of
from leadline.handovers.models import Handover, Sheet, SheetLine
from leadline.handovers.planning import Draft, kinds_of, parts_of, require_to_whom, require_whom, spreading_of
from leadline.handovers.registry import Entry, Group, Owned, Shown, groups_of, owned_kind
from leadline.handovers.spreading import Why
from leadline.people.models import User

PORTION, LOOKED_AT = 5_000, 20_000
ON_A_PAGE = 20


@dataclass(frozen=True)
class ShareLine:
    """What one person has now and would get, and for which reasons how many."""

    person: User
    has: int
    gets: int
    whys: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Preview:
    """What would happen; `looked_at` is less than `total` when only the first were spread for the preview.

    `refused` counts what can't move, by reason; it stays where it is. `stay` says in words what of all that
    somebody owns is not even selected.
    """

    total: int
    looked_at: int
    counted: list[str]
    shares: list[ShareLine]
    refused: dict[str, int]
    stay: tuple[str, ...] = ()

    @property
    def moves(self) -> int:
        """How many of those looked at would move."""
        return sum(share.gets for share in self.shares)


@dataclass
class _Tally:
    looked_at: int = 0
    gets: Counter[int] = field(default_factory=Counter)
    has: Counter[int] = field(default_factory=Counter)
    whys: dict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    refused: Counter[str] = field(default_factory=Counter)


def preview_handover(draft: Draft, *, by: Actor) -> Preview:
    """Spread as the job would, writing nothing. Raises what the action would."""
    require_whom(draft, by)
    parts, tally, total, counted = parts_of(draft, by), _Tally(), 0, []
    totals = {kind: count_of(part, by) for kind, part in parts.items()}
    if sum(totals.values()) or draft.rest_to:
        require_to_whom(draft, by)
    for kind, part in parts.items():
        owned = owned_kind(kind)
        if owned and totals[kind]:
            _spread(draft, owned, part, tally, by)
            total += totals[kind]
            counted.append(owned.counted(totals[kind]))
    people = User.objects.in_bulk(tally.gets)
    shares = [_line(people[key], tally) for key in sorted(tally.gets, key=lambda key: people[key].name)]
    return Preview(total, tally.looked_at, counted, shares, dict(tally.refused), _staying(draft))


def _staying(draft: Draft) -> tuple[str, ...]:
    if draft.person is None or draft.selections:
        return ()
    return tuple(filter(None, (owned.stay(draft.person) for owned in kinds_of(draft))))


def _spread(draft: Draft, owned: Owned, part: Selection, tally: _Tally, by: Actor) -> None:
    spreading, after = spreading_of(draft, owned, by.user), 0
    while tally.looked_at < LOOKED_AT and (ids := next_ids(part, after, PORTION, by)):
        after = ids[-1]
        tally.looked_at += len(ids)
        for record in owned.facts(ids, by):
            if record.refused:
                tally.refused[record.refused] += 1
                continue
            share = spreading.share_of(record)
            tally.gets[share.owner_id] += 1
            tally.whys[share.owner_id][share.why] += 1
    for key, load in owned.load(tally.gets).items():
        tally.has[key] += load


def _line(person: User, tally: _Tally) -> ShareLine:
    whys = tuple((str(Why(why).label), count) for why, count in tally.whys[person.pk].most_common())
    return ShareLine(person, tally.has[person.pk], tally.gets[person.pk], whys)


@dataclass(frozen=True)
class Section:
    """One record on a sheet: what there is to know, by groups; `gone` when another owner has it by now."""

    line: SheetLine
    shown: Shown
    groups: list[tuple[Group, list[Entry]]]
    why: str
    gone: bool


@dataclass(frozen=True)
class SheetPage:
    """Some sections of a sheet; `next` is the line after which more follow."""

    sections: list[Section]
    total: int
    next: int | None


def sheet_page(sheet: Sheet, reader: User, *, after: int = 0, limit: int = ON_A_PAGE) -> SheetPage:
    """The records on a sheet as the reader sees them; a few queries for each kind, however many there are."""
    rows = sheet.lines.order_by("pk")
    lines = list(rows.filter(pk__gt=after)[: limit + 1])
    page = lines[:limit]
    sections = [
        section
        for kind in dict.fromkeys(line.kind for line in page)
        for section in _sections(sheet, kind, [line for line in page if line.kind == kind], reader)
    ]
    more = page[-1].pk if len(lines) > limit else None
    return SheetPage(sections, rows.count(), more)


def _sections(sheet: Sheet, kind: str, lines: Sequence[SheetLine], reader: User) -> list[Section]:
    owned, ids = owned_kind(kind), [line.record_id for line in lines]
    if owned is None:
        return []
    shown, owners = owned.shown(ids, reader), owned.owners(ids)
    seen = [key for key in ids if key in shown]
    told = [(group, group.entries(seen, reader)) for group in groups_of(kind)]
    return [
        Section(
            line,
            shown[line.record_id],
            [(group, found[line.record_id]) for group, found in told if found.get(line.record_id)],
            str(Why(line.why).label),
            owners.get(line.record_id) != sheet.owner_id,
        )
        for line in lines
        if line.record_id in shown
    ]


def sheets_of(handover: Handover) -> QuerySet[Sheet]:
    """The sheets of a hand-over with how many records are on each (`records`), by name."""
    rows = handover.sheets.select_related("owner", "handover").annotate(records=Count("lines"))
    return rows.order_by("owner__name", "pk")


def waiting_for(user: User) -> QuerySet[Sheet]:
    """The sheets that this person has to accept, oldest first."""
    rows = Sheet.objects.waiting().filter(owner=user).select_related("handover__from_user")
    return rows.annotate(records=Count("lines")).order_by("pk")


def outcome_of(handover: Handover) -> Mapping[str, int]:
    """How many moved, could not move, or had another owner before their turn came."""
    counts: dict[str, Any] = handover.job.counts if handover.job else {}
    moved, refused = counts.get("changed", 0), counts.get("refused", 0)
    rest = handover.total - moved - refused - counts.get("unchanged", 0)
    over = handover.job is not None and handover.job.state == "done"
    return {"moved": moved, "refused": refused, "gone": max(0, rest) if over else 0}
