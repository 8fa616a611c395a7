"""What came of a merge, and what is refused before anything is locked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.merging import Merge, attached_to
from leadline.core.refusals import RuleBroken

MOST = 10


@dataclass
class Merged:
    """What came of a merge: how many rows of each moved, what was combined, and what a person is told.

    A merge of many rows goes on as a job.
    """

    kind: str
    survivor: int
    merged: tuple[int, ...]
    counts: dict[str, int] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    combined: list[tuple[int, ...]] = field(default_factory=list)
    change_set: int | None = None
    job: int | None = None

    def add(self, merge: Merge, told: list[str]) -> None:
        """Take over what moved."""
        for key, count in merge.counts.items():
            self.counts[key] = self.counts.get(key, 0) + count
        self.told += told

    @property
    def moved(self) -> list[str]:
        """What moves, in words: “3 notes”."""
        entries = {entry.key: entry for entry in attached_to(self.kind)}
        words = [entries[key].in_words(count) for key, count in self.counts.items() if key in entries]
        return [word for word in words if word]


def merged_ids(survivor: int, others: Iterable[int]) -> tuple[int, ...]:
    """Those to be merged into a record, in the order of their keys; refuses what can't be meant."""
    wanted = tuple(sorted(set(others)))
    if not wanted:
        raise RuleBroken(_("Name at least one other record to merge."), field="others")
    if survivor in wanted:
        raise RuleBroken(_("A record can't be merged with itself."), field="others", value=survivor)
    if len(wanted) >= MOST:
        message = _("At most %(most)s records are merged at once.") % {"most": MOST}
        raise RuleBroken(message, field="others", value=len(wanted) + 1)
    return wanted


def chosen(choose: Mapping[str, Any] | None, known: Iterable[str], ids: Iterable[int]) -> dict[str, int]:
    """Field → record whose value is taken; refuses unknown fields and records that are not merged."""
    names, keys = set(known), set(ids)
    for name, key in (choose or {}).items():
        if name not in names:
            accepted = ", ".join(sorted(names))
            message = _("“%(name)s” can't be chosen. Known are: %(known)s.")
            raise RuleBroken(
                message % {"name": str(name)[:60], "known": accepted}, field="choose", value=str(name)[:60]
            )
        if not isinstance(key, int) or key not in keys:
            message = _("The value of “%(name)s” is taken from one of the records that are merged.")
            raise RuleBroken(message % {"name": name}, field="choose", value=str(key)[:60])
    return dict(choose or {})
