"""Changes of fields start rules: the history is followed, entry by entry, each once (PLT-6)."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from leadline.automation.actions.running import run_rule
from leadline.automation.actions.telling import as_meant
from leadline.automation.models import Followed, Rule
from leadline.automation.occasions import Happening, Start
from leadline.automation.running.guarding import depths_of
from leadline.core.actions import Actor, action
from leadline.core.history import HistoryEntry

PORTION = 2_000


@action
def follow_changes(*, settled: int, by: Actor) -> int | None:
    """Run the rules that wait for changes among the next entries of the history, up to the settled one.

    Returns how many entries were followed; None where another worker follows, or nothing is new. The first
    time, and where the history was counted anew, following begins at the present.
    """
    place = _place()
    if place is None:
        return None
    rules = [(rule, meant) for rule in _waiting() if (meant := as_meant(rule, by=by))]
    if not place.history_id or place.history_id > settled or not rules:
        return _move(place, settled, 0)
    entries = _entries(place.history_id, settled, {meant.start.kind for _rule, meant in rules})
    depths = depths_of({entry.pk: entry.trace for entry in entries})
    for rule, meant in rules:
        happenings = [
            happening_of(entry, depths.get(entry.pk, 1)) for entry in entries if is_such(meant.start, entry)
        ]
        for at_once in _apart(happenings):
            run_rule(rule, meant, at_once, by=by)
    whole = len(entries) < PORTION
    return _move(place, settled if whole else entries[-1].pk, len(entries))


def is_such(start: Start, entry: Any) -> bool:
    """Whether an entry tells of the change that a rule waits for."""
    if entry.kind != start.kind or start.column not in (entry.changes or {}):
        return False
    old, new = entry.changes[start.column]
    return _fits(start.old, old) and _fits(start.new, new)


def _fits(wanted: Any, value: Any) -> bool:
    return wanted is None or str(wanted) == str(value)


def _waiting() -> list[Rule]:
    return list(Rule.objects.in_force().filter(start__has_key="change").select_for_update(of=("self",)))


def _entries(after: int, settled: int, kinds: set[str]) -> list[HistoryEntry]:
    rows = HistoryEntry.objects.filter(pk__gt=after, pk__lte=settled, kind__in=kinds, verb="changed")
    return list(rows.order_by("pk")[:PORTION])


def happening_of(entry: HistoryEntry, depth: int = 1) -> Happening:
    """That a record was changed."""
    lead, customer = (entry.record_id if entry.kind == each else None for each in ("lead", "customer"))
    return Happening(entry.kind, entry.record_id, f"history:{entry.pk}", entry.at, lead, customer, depth)


def _apart(happenings: Sequence[Happening]) -> list[list[Happening]]:
    """In sets in which each record stands once: what is done for one change may matter for the next."""
    sets: list[list[Happening]] = []
    seen: dict[int, int] = defaultdict(int)
    for happening in happenings:
        turn = seen[happening.id]
        seen[happening.id] += 1
        if turn == len(sets):
            sets.append([])
        sets[turn].append(happening)
    return sets


def _place() -> Followed | None:
    Followed.objects.get_or_create(pk=1)
    return Followed.objects.select_for_update(skip_locked=True).filter(pk=1).first()


def _move(place: Followed, to: int, entries: int) -> int | None:
    moved = place.history_id != to
    place.history_id = to
    if moved:
        place.save(update_fields=["history_id"])
    return entries if entries else None
