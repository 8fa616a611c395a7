"""Why a record has its owner: the rule, whom it chose among, and who lost to whom and why (SIG-5)."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count

from leadline.assignment import policies
from leadline.assignment.deciding import FULL, NOT_IN_POOL, Person, Spec
from leadline.assignment.models import Given
from leadline.assignment.registry import assignable
from leadline.assignment.turns import UNIT
from leadline.assignment.wording import PASSED, REASONS, Names, sentence
from leadline.core.clock import zone_of
from leadline.core.organisation import organisation
from leadline.people.models import Territory, User
from leadline.people.queries import name_of
from leadline.people.working.models import Skill
from leadline.people.working.naming import names_of_language


@dataclass(frozen=True)
class Line:
    """One candidate, as the person was then. `owed` is in turns, where it is known; `why` says who lost."""

    user: User
    load: int
    capacity: int | None
    weight: int
    owed: float | None
    why: str
    code: str
    got_it: bool
    zone: str
    local: datetime
    skills: str
    at_work: bool


@dataclass(frozen=True)
class Explanation:
    """Why somebody got a record. `lines` are candidates that the reader may know of, the nearest first;
    `beyond` counts the others by reason.
    """

    given: Given
    at: datetime
    by: User | None
    owner: User | None
    rule: str
    sentence: str
    passed: list[tuple[str, str]] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    lost: list[tuple[str, int]] = field(default_factory=list)
    candidates: int = 0
    able: int = 0
    beyond: int = 0
    owed: float | None = None
    next_owed: float | None = None
    territory: str = ""
    language: str = ""


def why_owner(kind: str, record_id: int, owner_id: int | None, viewer: User) -> Explanation | None:
    """Why a record that the viewer sees has its owner; None where it came in with the owner.

    Colleagues' load, turns and reasons are told to who may read the rules, of people within reach (ALL-3).
    """
    rows = Given.objects.filter(kind=kind, record_id=record_id, owner_id=owner_id)
    given = rows.select_related("run", "run__by").order_by("-pk").first()
    if given is None:
        return None
    return explained(given, viewer)


def explained(given: Given, viewer: User) -> Explanation:
    """One kept decision, in words and numbers."""
    about, run, names = assignable(given.kind), given.run, Names()
    rules = {each["id"]: _spec(each) for each in run.rules}
    group = run.groups[given.group] if given.group is not None and given.group < len(run.groups) else {}
    owner = User.objects.filter(pk=given.owner_id).first()
    rule = rules.get(given.rule_id or 0)
    base = Explanation(
        given,
        given.at,
        run.by,
        owner,
        rule.name if rule else "",
        sentence(rule, about, names, name_of) if rule else "",
        owed=given.owed / UNIT if given.owed is not None else None,
        next_owed=given.next_owed[0] / UNIT if given.next_owed else None,
        passed=[
            (rules[key].name, str(PASSED.get(code, code)))
            for key, code in group.get("passed", ())
            if key in rules
        ],
        territory=_territory(group.get("territory")),
        language=group.get("language", ""),
    )
    if rule is None or rule.way not in ("fair", "load", "even"):
        return base
    return _with_candidates(base, rule, group, [_person(row) for row in run.people], viewer)


def _with_candidates(
    base: Explanation, rule: Spec, group: dict[str, Any], people: list[Person], viewer: User
) -> Explanation:
    given = base.given
    before = dict(
        Given.objects.filter(run=given.run_id, place__lt=given.place)
        .values_list("owner_id")
        .annotate(Count("pk"))
        .order_by()
    )
    code = group.get("language", "")
    languages = names_of_language(code) if code else frozenset()
    reasons: dict[int, str] = {}
    for person in people:
        load = person.load + before.get(person.id, 0)
        why = rule.why_not(person, group.get("territory"), languages)
        if (
            not why
            and person.capacity is not None
            and load >= person.capacity
            and person.id != given.owner_id
        ):
            why = FULL
        if why != NOT_IN_POOL:
            reasons[person.id] = why
    lost = Counter(why for why in reasons.values() if why)
    shown = _shown(base, rule, people, reasons, before, viewer)
    return Explanation(
        **{
            **base.__dict__,
            "lines": shown,
            "lost": [(str(REASONS.get(why, why)), count) for why, count in lost.most_common()],
            "candidates": len(reasons),
            "able": sum(1 for why in reasons.values() if not why),
            "beyond": len(reasons) - len(shown),
        }
    )


def _shown(
    base: Explanation,
    rule: Spec,
    people: list[Person],
    reasons: dict[int, str],
    before: dict[int | None, int],
    viewer: User,
) -> list[Line]:
    if not policies.may_see_rules(viewer):
        return []
    given = base.given
    owed: dict[int | None, int | None] = dict(zip(given.next_ids, given.next_owed, strict=False))
    owed[given.owner_id] = given.owed
    known = User.objects.filter(policies.colleagues_shown(viewer, given.kind)).in_bulk(list(reasons))
    skills = dict(Skill.objects.values_list("pk", "name"))
    house = organisation().time_zone
    lines = []
    for person in people:
        user = known.get(person.id)
        if user is None:
            continue
        zone, standing = user.time_zone or house, owed.get(person.id)
        lines.append(
            Line(
                user,
                person.load + before.get(person.id, 0),
                person.capacity,
                person.weight,
                standing / UNIT if standing is not None else None,
                str(REASONS.get(reasons[person.id], "")),
                reasons[person.id],
                person.id == given.owner_id,
                zone,
                base.at.astimezone(zone_of(zone)),
                ", ".join(sorted(skills.get(key, "") for key in person.skills)),
                person.state == "",
            )
        )
    return sorted(
        lines, key=lambda line: (not line.got_it, bool(line.code), -(line.owed or -9e9), line.user.name)
    )


def _spec(kept: dict[str, Any]) -> Spec:
    sets = ("teams", "people", "skills")
    read: dict[str, Any] = {name: frozenset(value) if name in sets else value for name, value in kept.items()}
    return Spec(**read)


def _person(row: list[Any]) -> Person:
    return Person(*row[: len(Person._fields)])


def _territory(key: int | None) -> str:
    return str(Territory.objects.filter(pk=key).values_list("name", flat=True).first() or "") if key else ""
