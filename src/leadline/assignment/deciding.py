"""Who gets each record by the rules: pure, so that running, rehearsing, explaining agree (SIG-5)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from leadline.assignment.turns import Able, Turn, Turns

# Why somebody could not get a record; the words are in `explaining`.
NOT_IN_POOL, AWAY, OFF, LEFT, NO_SHARE = "pool", "away", "hours", "left", "no_share"
TERRITORY, LANGUAGE, SKILL, FULL = "territory", "language", "skill", "full"
# Why a rule that fits was passed over.
NOBODY, NO_OWNER = "nobody", "no_owner"
IN_TURN = frozenset({"fair", "load", "even"})


class Person(NamedTuple):
    """Somebody who may own such records, as the person was when it was decided; kept with the run.

    `state` is empty, or "away", "hours" (not at work), "left". `languages` are folded names.
    """

    id: int
    load: int = 0
    capacity: int | None = None
    weight: int = 100
    team: int | None = None
    territories: Sequence[int] = ()
    skills: Sequence[int] = ()
    languages: Sequence[str] = ()
    state: str = ""


class Facts(NamedTuple):
    """As much of a record as the rules ask for besides their conditions.

    `languages` are the folded names of its language, `at` the moment for which is decided.
    """

    id: int
    owner_id: int | None = None
    territory_id: int | None = None
    language: str = ""
    languages: frozenset[str] = frozenset()
    at: datetime | None = None


@dataclass(frozen=True)
class Spec:
    """A rule as it stood. `teams` are the team and those below; what is empty asks nothing."""

    id: int
    name: str
    way: str
    where: Any = None
    team: int | None = None
    teams: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()
    skills: frozenset[int] = frozenset()
    in_territory: bool = False
    speaks: bool = False
    at_work: bool = False
    field: str = ""
    overflow: int | None = None

    def why_not(self, person: Person, territory_id: int | None, languages: frozenset[str]) -> str:
        """Why somebody is no candidate for such a record; empty for one who is. Room is asked elsewhere."""
        if not self.may_be(person, territory_id):
            return NOT_IN_POOL
        if person.state in (AWAY, LEFT):
            return person.state
        if self.at_work and person.state == OFF:
            return OFF
        if self.in_territory and territory_id not in person.territories:
            return TERRITORY
        if self.speaks and languages.isdisjoint(person.languages):
            return LANGUAGE
        if not self.skills <= set(person.skills):
            return SKILL
        return "" if person.weight else NO_SHARE

    def may_be(self, person: Person, territory_id: int | None) -> bool:
        """Whether somebody is among those the rule names: its people, its teams, else the territory's."""
        if self.people or self.teams:
            return person.id in self.people or person.team in self.teams
        return not self.in_territory or territory_id in person.territories


class Decision(NamedTuple):
    """Who gets a record (None: nobody is left), by which rule, how, and how close the others were."""

    id: int
    owner_id: int | None
    how: str
    rule_id: int | None
    group: int
    turn: Turn | None


Named = Callable[[Spec, int], int | None]
Passed = Sequence[tuple[int, str]]
States = Callable[[datetime | None], Mapping[int, Person]]


@dataclass
class Dealing:
    """Decides record by record, knowing what it gave before.

    `people_at(moment)` are the people as they are then; `named(rule, record)` is the person whom a rule's way
    names. `rest` are overflow owners, the first who is there takes what no rule places.
    """

    rules: Sequence[Spec]
    people_at: States
    rest: Sequence[int]
    named: Named
    turns: dict[int, Turns] = field(default_factory=dict)
    given: dict[int, int] = field(default_factory=dict)
    groups: list[dict[str, Any]] = field(default_factory=list)
    _numbers: dict[tuple[Any, ...], int] = field(default_factory=dict)
    _able: dict[tuple[Any, ...], tuple[Able | None, Mapping[int, Person]]] = field(default_factory=dict)
    _full: set[int] = field(default_factory=set)

    def decide(self, record: Facts, fitting: Iterable[Spec]) -> Decision:
        """The first rule that fits and finds somebody decides; else the overflow owner."""
        people = self.people_at(record.at)
        passed: list[tuple[int, str]] = []
        overflow: list[int] = []
        for rule in fitting:
            found = self._by(rule, record, people)
            if isinstance(found, Decision):
                return self._counted(found, record, passed, people)
            passed.append((rule.id, found))
            overflow += [rule.overflow] if rule.overflow else []
        rest = [people[key] for key in [*overflow, *self.rest] if key in people and people[key].state != LEFT]
        owner = next((each.id for each in rest if each.state != AWAY), rest[0].id if rest else None)
        return self._counted(Decision(record.id, owner, "overflow", None, 0, None), record, passed, people)

    def _counted(
        self, found: Decision, record: Facts, passed: Passed, people: Mapping[int, Person]
    ) -> Decision:
        if (person := people.get(found.owner_id or 0)) is not None:
            self.given[person.id] = self.given.get(person.id, 0) + 1
            if not self._has_room(person) and person.id not in self._full:
                self._full.add(person.id)
                self._able.clear()
        return found._replace(group=self._group(record, found.rule_id, passed))

    def involved(self, people: Iterable[Person]) -> list[Person]:
        """Those among whom rules chose here: all that an explanation needs."""
        rules = {rule.id: rule for rule in self.rules}
        asked = {(group["rule"], group["territory"]) for group in self.groups if group["rule"] in rules}
        return [
            each
            for each in people
            if each.id in self.given or any(rules[rule].may_be(each, place) for rule, place in asked)
        ]

    def _by(self, rule: Spec, record: Facts, people: Mapping[int, Person]) -> Decision | str:
        if rule.way in IN_TURN:
            able = self._able_for(rule, record, people)
            if able is None:
                return NOBODY
            turn = self.turns.setdefault(rule.id, Turns()).next_of(able)
            return Decision(record.id, turn.owner_id, "turn", rule.id, 0, turn)
        owner = self.named(rule, record.id)
        person = people.get(owner) if owner else None
        if person is None or person.state in (AWAY, LEFT):
            return AWAY if person and person.state == AWAY else NO_OWNER
        return Decision(record.id, person.id, rule.way, rule.id, 0, None)

    def _able_for(self, rule: Spec, record: Facts, people: Mapping[int, Person]) -> Able | None:
        """Those who could get it now; asked anew only when somebody is full or the hour is another."""
        territory = record.territory_id if rule.in_territory else None
        language = record.language if rule.speaks else ""
        key = (rule.id, territory, language)
        known = self._able.get(key)
        if known is None or known[1] is not people:
            fit = [each for each in people.values() if self._fits(rule, each, record)]
            known = self._able[key] = (_able_of(rule, fit) if fit else None, people)
        return known[0]

    def _fits(self, rule: Spec, person: Person, record: Facts) -> bool:
        open_to = self._has_room(person)
        return open_to and not rule.why_not(person, record.territory_id, record.languages)

    def _has_room(self, person: Person) -> bool:
        return person.capacity is None or person.load + self.given.get(person.id, 0) < person.capacity

    def _group(self, record: Facts, rule_id: int | None, passed: Passed) -> int:
        """What records of a run have in common: kept once for all of them."""
        key = (rule_id, record.territory_id, record.language, tuple(passed))
        if key not in self._numbers:
            self._numbers[key] = len(self.groups)
            self.groups.append(
                {
                    "rule": rule_id,
                    "territory": record.territory_id,
                    "language": record.language,
                    "passed": [list(each) for each in passed],
                }
            )
        return self._numbers[key]


def _able_of(rule: Spec, people: Sequence[Person]) -> Able:
    """With weights by the rule's way: the share, the share by room, or all alike.

    By room, who has all room free is owed twice as much as who has none: more would flood a newcomer. Where
    nobody said how much somebody can carry, the most laden of them is the measure.
    """
    if rule.way == "even":
        return Able.of([each.id for each in people], dict.fromkeys([each.id for each in people], 1))
    if rule.way == "fair":
        return Able.of([each.id for each in people], {each.id: each.weight for each in people})
    most = max([each.load for each in people] + [1])
    weights = {
        each.id: max(1, each.weight * (100 + _room(each.load, each.capacity or most)) // 100)
        for each in people
    }
    return Able.of(weights, weights)


def _room(load: int, capacity: int) -> int:
    """How much of what somebody can carry is free, in percent."""
    return max(0, 100 - 100 * load // max(capacity, 1))
