"""To whom each record goes, and why: pure rules over facts, so that preview and job say the same (SIG-5)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _


class Why(models.TextChoices):
    """The reason for which a record went to its new owner."""

    CHOSEN = "chosen", _("chosen")
    EVEN = "even", _("equal shares")
    LOAD = "load", _("had least")
    TERRITORY = "territory", _("works in the territory")
    LANGUAGE = "language", _("speaks the language")
    SKILLS = "skills", _("has the skills")
    OVERFLOW = "overflow", _("no rule fits, takes the rest")


@dataclass(frozen=True)
class Candidate:
    """Somebody who may become the owner: the present `load`, and at most how much (`capacity`, or None).

    `skills` are folded names; languages that somebody knows are among them.
    """

    id: int
    load: int = 0
    capacity: int | None = None
    territories: frozenset[int] = frozenset()
    languages: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()

    def knows(self, record: "Facts") -> int:
        """How many of the skills that a record asks for somebody has."""
        return sum(not names.isdisjoint(self.skills) for names in record.skills)


@dataclass(frozen=True)
class Facts:
    """As much of a record as the rules ask for; `refused` says why it can't be moved at all.

    `skills` are what its owner should know, each by all the folded names that it may have.
    """

    id: int
    owner_id: int | None = None
    territory_id: int | None = None
    language: str = ""
    refused: str = ""
    skills: tuple[frozenset[str], ...] = ()


class Share(NamedTuple):
    """Who gets a record, and why."""

    owner_id: int
    why: str


@dataclass
class Spreading:
    """Gives records to candidates one by one, knowing what it gave before (`given`).

    Nothing stays without an owner: what no rule places, and what is beyond everybody's capacity, goes to
    `overflow`. Between equals the lower id decides, so the same question has the same answer.
    """

    way: str
    overflow: int
    candidates: list[Candidate]
    given: Counter[int] = field(default_factory=Counter)

    @classmethod
    def of(
        cls,
        way: str,
        candidates: Iterable[Candidate],
        *,
        overflow: int,
        given: Mapping[int, int] | None = None,
    ) -> "Spreading":
        """With the candidates in the order of their ids."""
        ordered = sorted(candidates, key=lambda candidate: candidate.id)
        return cls(way, overflow, ordered, Counter(given or {}))

    def share_of(self, record: Facts) -> Share:
        """To whom this record goes; counted as given."""
        fitting, why = self._fitting(record)
        free = [each for each in fitting if self._has_room(each)]
        share = Share(min(free, key=self._burden).id, why) if free else self._rest()
        self.given[share.owner_id] += 1
        return share

    def _fitting(self, record: Facts) -> tuple[list[Candidate], str]:
        if self.way == "territory":
            members = [each for each in self.candidates if record.territory_id in each.territories]
            return members, Why.TERRITORY.value
        if self.way == "language":
            speakers = [
                each for each in self.candidates if record.language and record.language in each.languages
            ]
            return speakers, Why.LANGUAGE.value
        if self.way == "skills":
            most = max((each.knows(record) for each in self.candidates), default=0)
            return [each for each in self.candidates if most and each.knows(record) == most], Why.SKILLS.value
        if self.way == "one":
            return [], Why.CHOSEN.value
        return self.candidates, self.way

    def _rest(self) -> Share:
        return Share(self.overflow, Why.CHOSEN.value if self.way == "one" else Why.OVERFLOW.value)

    def _has_room(self, candidate: Candidate) -> bool:
        if candidate.capacity is None or self.way == "even":
            return True
        return candidate.load + self.given[candidate.id] < candidate.capacity

    def _burden(self, candidate: Candidate) -> int:
        before = 0 if self.way == "even" else candidate.load
        return before + self.given[candidate.id]
