"""/assignment-rules, /assignment: rules, shares, rehearsal, fairness (LEA-7, SIG-5)."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import answer
from leadline.api.bodies import day_in, id_in, object_of, only, text_in, yes_in
from leadline.api.describing.operations import PAGING, fields, ref, says
from leadline.api.describing.operations import list_of as described_list
from leadline.api.listing import parameters_of, plain_list_of
from leadline.api.resources.seeing import one_of, seen
from leadline.assignment import actions, policies
from leadline.assignment.models import Rule, Ruleset
from leadline.assignment.periods import period_of
from leadline.assignment.queries.fairness import fairness_of
from leadline.assignment.queries.people import people_of
from leadline.assignment.queries.rehearsing import rehearse
from leadline.assignment.reading import specs_of
from leadline.assignment.registry import assignable
from leadline.assignment.wording import Names, sentence
from leadline.core.actions import require
from leadline.core.lists.door import door_of
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.people.models import Team, User

rules, assignment = Router(tags=["assignment"]), Router(tags=["assignment"])
GIVES = ref("AssignmentRule")
KIND = {"enum": ["lead"], "default": "lead"}
IDS: dict[str, Any] = {"type": "array", "items": {"type": "integer"}}
ID_OR_NULL: dict[str, Any] = {"type": ["integer", "null"]}
YES: dict[str, Any] = {"type": "boolean"}
DAY: dict[str, Any] = {"type": ["string", "null"], "format": "date"}
TAKES: dict[str, Any] = {
    "name": {"type": "string", "maxLength": 80},
    "where": {"type": ["object", "null"], "description": "A condition over the records; null is for all."},
    "way": {"enum": Rule.Way.values},
    "team": ID_OR_NULL,
    "people": IDS,
    "skills": IDS,
    "in_territory": YES,
    "speaks": YES,
    "at_work": YES,
    "field": {"type": "string", "description": "For the way “person”: a field that names a person."},
    "overflow": ID_OR_NULL,
}
WITHOUT_ANSWERS = says(gives=GIVES, takes=fields({}), example={}, optional=True)
KIND_ASKED = {"name": "kind", "in": "query", "schema": KIND}
DAYS_ASKED = [
    {"name": name, "in": "query", "schema": {"type": "string", "format": "date"}}
    for name in ("first", "last")
]


@rules.get("", summary="List rules of assignment", **says(gives=described_list(GIVES), query=PAGING))
def list_assignment_rules(request: Request) -> HttpResponse:
    """All rules, retired ones too; the first by `position` that fits and finds somebody decides."""
    _require_reader(request)
    return plain_list_of(request, Rule.objects.all(), shown)


@rules.get("/{int:rule_id}", summary="Read a rule of assignment", **says(gives=GIVES))
def get_assignment_rule(request: Request, rule_id: int) -> HttpResponse:
    """One rule, also in words."""
    parameters_of(request, ())
    return answer(shown(_rule(request, rule_id)))


@rules.post(
    "",
    summary="Add a rule of assignment",
    **says(
        gives=GIVES,
        status=201,
        takes=fields({**TAKES, "kind": KIND}, "name"),
        example={"name": "Inquiries by territory", "way": "fair", "in_territory": True},
    ),
)
def add_assignment_rule(request: Request) -> HttpResponse:
    """The last in order and a draft: rehearse it, then switch it on."""
    given = only(object_of(request), [*TAKES, "kind"])
    kind = text_in(given, "kind", "lead")
    made = actions.add_rule(kind, **{"name": "", **_answers(given)}, by=request.actor)
    return answer(shown(made), status=201, location=f"/api/v1/assignment-rules/{made.pk}")


@rules.patch(
    "/{int:rule_id}",
    summary="Change a rule of assignment",
    **says(
        gives=GIVES,
        takes=fields({**TAKES, "position": {"type": "integer", "minimum": 1}, "is_on": YES}),
        example={"speaks": True},
    ),
)
def change_assignment_rule(request: Request, rule_id: int) -> HttpResponse:
    """What is not given stays; `position` moves it, `is_on` switches it."""
    rule = _rule(request, rule_id)
    given = only(object_of(request), [*TAKES, "position", "is_on"])
    answers = _answers(given)
    if answers or not given:
        rule = actions.change_rule(rule, **answers, by=request.actor)
    if "position" in given:
        rule = actions.move_rule(rule, to=id_in(given, "position"), by=request.actor)
    if "is_on" in given:
        rule = actions.switch_rule(rule, is_on=yes_in(given, "is_on"), by=request.actor)
    return answer(shown(rule))


@rules.post("/{int:rule_id}/retire", summary="Retire a rule of assignment", **WITHOUT_ANSWERS)
def retire_assignment_rule(request: Request, rule_id: int) -> HttpResponse:
    """It decides nothing any more; what it decided stays explained."""
    return _simple(request, rule_id, actions.retire_rule)


@rules.post("/{int:rule_id}/restore", summary="Use a rule of assignment again", **WITHOUT_ANSWERS)
def restore_assignment_rule(request: Request, rule_id: int) -> HttpResponse:
    """As a draft."""
    return _simple(request, rule_id, actions.bring_back_rule)


@assignment.get(
    "", summary="Read how assignment runs", **says(gives=ref("AssignmentSettings"), query=[KIND_ASKED])
)
def get_assignment(request: Request) -> HttpResponse:
    """The overflow owner, and whether rules run by themselves for what comes in."""
    _require_reader(request)
    return answer(_settings(_kind(parameters_of(request, ("kind",)))))


@assignment.patch(
    "",
    summary="Change how assignment runs",
    **says(
        gives=ref("AssignmentSettings"),
        takes=fields({"kind": KIND, "overflow": ID_OR_NULL, "is_on": YES}),
        example={"overflow": 1, "is_on": False},
    ),
)
def change_assignment(request: Request) -> HttpResponse:
    """Nothing runs without an overflow owner: nothing may stay unassigned."""
    require(policies.may_manage_rules(request.user), who_can_help=policies.ASK)
    given = only(object_of(request), ("kind", "overflow", "is_on"))
    kind = _kind(given)
    if "overflow" in given:
        actions.set_overflow(kind, owner=_user_in(given, "overflow"), by=request.actor)
    if "is_on" in given:
        actions.switch_rules(kind, is_on=yes_in(given, "is_on"), by=request.actor)
    _require_reader(request)
    return answer(_settings(kind))


@assignment.get(
    "/shares",
    summary="List who takes how much",
    **says(gives=described_list(ref("AssignmentShare")), query=[KIND_ASKED]),
)
def list_assignment_shares(request: Request) -> HttpResponse:
    """Whoever may own such records and is within your reach, with load and bound."""
    _require_reader(request)
    lines = people_of(_kind(parameters_of(request, ("kind",))), request.user)
    rows = [
        {
            "user": _person(line.user),
            "weight": line.person.weight,
            "capacity": line.person.capacity,
            "open": line.person.load,
            "at_work": line.at_work,
            "skills": line.skills,
            "territories": line.territories,
        }
        for line in lines
    ]
    return answer({"data": rows, "next": None, "count": {"value": len(rows), "exact": True}})


@assignment.put(
    "/shares/{int:user_id}",
    summary="Say how much somebody takes",
    **says(
        gives=ref("AssignmentShare"),
        takes=fields({"kind": KIND, "weight": {"type": "integer"}, "capacity": ID_OR_NULL}, "weight"),
        example={"weight": 50, "capacity": 80},
    ),
)
def set_assignment_share(request: Request, user_id: int) -> HttpResponse:
    """A share in percent of a full one, and at most how many open at once (null: no bound)."""
    person = one_of(User.objects.visible_to(request.user), user_id)
    given = only(object_of(request), ("kind", "weight", "capacity"))
    share = actions.set_share(
        _kind(given),
        person=person,
        weight=_whole_in(given, "weight") or 0,
        capacity=_whole_in(given, "capacity"),
        by=request.actor,
    )
    return answer({"user": _person(person), "weight": share.weight, "capacity": share.capacity})


@assignment.post(
    "/rehearse",
    summary="Rehearse rules on what came in",
    **says(
        gives=ref("AssignmentRehearsal"),
        takes=fields({"kind": KIND, "rules": IDS, "first": DAY, "last": DAY}),
        example={"first": "2030-01-01", "last": "2030-01-31"},
    ),
)
def rehearse_assignment(request: Request) -> HttpResponse:
    """Drafts too; without `rules` those that are on, without days the last thirty. Nothing is written."""
    require(policies.may_manage_rules(request.user), who_can_help=policies.ASK)
    given = only(object_of(request, optional=True), ("kind", "rules", "first", "last"))
    kind = _kind(given)
    wanted = Rule.objects.in_use().filter(kind=kind)
    keys = _ids_in(given, "rules") if "rules" in given else None
    chosen = list(wanted.filter(is_on=True) if keys is None else wanted.filter(pk__in=keys))
    first, last = period_of(day_in(given, "first"), day_in(given, "last"))
    found = rehearse(kind, chosen, first=first, last=last, viewer=request.user)
    told = {
        name: getattr(found, name) for name in ("total", "cut", "same", "overflow", "unplaced", "had_nobody")
    }
    told["people"] = [
        {"user": _person(each.user), "would": each.would, "has": each.has} for each in found.lines
    ]
    told["by_rule"] = [{"rule": name, "count": count} for name, count in found.by_rule]
    told["samples"] = [
        {
            "id": each.id,
            "owner": _person(each.owner),
            "now": _person(each.before),
            "rule": each.rule,
            "able": each.able,
            "passed": [{"rule": rule, "why": why} for rule, why in each.passed],
            "lost": [{"why": why, "count": count} for why, count in each.lost],
        }
        for each in found.samples
    ]
    return answer(told)


@assignment.get(
    "/fairness",
    summary="Read how fair assignment was",
    **says(gives=ref("AssignmentFairness"), query=[KIND_ASKED, *DAYS_ASKED]),
)
def get_assignment_fairness(request: Request) -> HttpResponse:
    """What each of the people within your reach got in a period, by rule, and how good it was."""
    _require_reader(request)
    given = parameters_of(request, ("kind", "first", "last"))
    first, last = period_of(day_in(given, "first"), day_in(given, "last"))
    found = fairness_of(_kind(given), request.user, first=first, last=last)
    told = {name: getattr(found, name) for name in ("total", "least", "middle", "most")}
    names = dict(found.rules)
    people = [
        {
            "user": _person(line.user),
            "assigned": line.given,
            "weight": line.weight,
            "per_share": line.per_share,
            "won": line.won,
            "overflow": line.overflow,
            "by_hand": line.by_hand,
            "by_rule": {names.get(key, str(key)): count for key, count in line.by_rule.items()},
            "quality": line.quality,
            "top": {name: dict(values) for name, values in line.top.items()},
            "owed": line.owed,
        }
        for line in found.lines
    ]
    return answer({**told, "people": people})


def shown(rule: Rule) -> dict[str, Any]:
    """A rule as it is told."""
    names = ("id", "kind", "name", "position", "is_on", "where", "way", "people", "skills", "in_territory")
    more = ("speaks", "at_work", "field", "retired_at", "version")
    [spec] = specs_of([rule])
    about = assignable(rule.kind)
    return {
        **{name: getattr(rule, name) for name in (*names, *more)},
        "team": rule.team_id,
        "overflow": rule.overflow_id,
        "in_words": sentence(spec, about, Names(), door_of(rule.kind).naming),
    }


def _simple(request: Request, key: int, verb: Callable[..., Rule]) -> HttpResponse:
    rule = _rule(request, key)
    only(object_of(request, optional=True), ())
    return answer(shown(verb(rule, by=request.actor)))


def _rule(request: Request, key: int) -> Rule:
    found: Rule = seen(Rule.objects.all(), request, key)
    return found


def _require_reader(request: Request) -> None:
    require(
        policies.may_see_rules(request.user),
        _("Your role does not show the rules of assignment."),
        who_can_help=policies.ASK,
    )


def _kind(given: dict[str, Any]) -> str:
    return assignable(text_in(given, "kind", "lead")).kind


def _settings(kind: str) -> dict[str, Any]:
    ruleset = Ruleset.objects.filter(kind=kind).select_related("overflow").first()
    overflow = _person(ruleset.overflow) if ruleset else None
    return {"kind": kind, "overflow": overflow, "is_on": bool(ruleset and ruleset.is_on)}


def _person(user: User | None) -> dict[str, Any] | None:
    return {"id": user.pk, "email": user.email, "name": user.name} if user else None


def _answers(given: dict[str, Any]) -> dict[str, Any]:
    """The answers as the action takes them; each has the type that the page's form would give."""
    read: dict[str, Any] = {}
    for name in given:
        if name in ("name", "way", "field"):
            read[name] = text_in(given, name)
        elif name in ("in_territory", "speaks", "at_work"):
            read[name] = yes_in(given, name)
        elif name in ("people", "skills"):
            read[name] = _ids_in(given, name)
        elif name == "where":
            read[name] = given[name] or {}
        elif name == "overflow":
            read[name] = _user_in(given, name)
        elif name == "team":
            read[name] = _team_in(given)
    return read


def _user_in(given: dict[str, Any], name: str) -> User | None:
    if given.get(name) is None:
        return None
    found = User.objects.active().filter(pk=id_in(given, name)).first()
    if found is None:
        raise RuleBroken(_("Choose somebody who works here."), field=name, value=given[name])
    return found


def _team_in(given: dict[str, Any]) -> Team | None:
    if given.get("team") is None:
        return None
    found = Team.objects.in_use().filter(pk=id_in(given, "team")).first()
    if found is None:
        raise RuleBroken(_("Choose a team in use."), field="team", value=given["team"])
    return found


def _ids_in(given: dict[str, Any], name: str) -> list[int]:
    value = given[name]
    if not isinstance(value, list) or not all(type(key) is int and 0 < key < 2**63 for key in value):
        raise RuleBroken(_("“%(name)s” is a list of ids.") % {"name": name}, field=name, value=value)
    return value


def _whole_in(given: dict[str, Any], name: str) -> int | None:
    value = given.get(name)
    if value is not None and (type(value) is not int or not 0 <= value < 2**31):
        raise RuleBroken(_("Give a whole number."), field=name, value=value)
    return value
