"""/automation-rules and /automation-runs: rules, trying them, what they did and why (PLT-6)."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import answer, answer_record, locked
from leadline.api.bodies import object_of, only, text_in, yes_in
from leadline.api.describing.operations import PAGING, fields, ref, says
from leadline.api.describing.operations import list_of as described_list
from leadline.api.listing import limit_in, listed, parameters_of, plain_page_of
from leadline.api.resources.seeing import seen
from leadline.automation import actions
from leadline.automation.models import Rule, Run
from leadline.automation.policies import may_manage_rules, may_see_rules
from leadline.automation.queries.log import Asked, Line, lines_of, place_of, runs_for
from leadline.automation.rules import read_rule, sentence_of, trouble_of
from leadline.core.actions import require
from leadline.core.ids import numeric_id
from leadline.core.lists import Count
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.leads.queries.settings import called
from leadline.people.policies import ASK_AN_ADMINISTRATOR

rules = Router(tags=["automation"])
runs = Router(tags=["automation"])
GIVES = ref("AutomationRule")
SETTABLE: dict[str, dict[str, Any]] = {
    "name": {"type": "string", "maxLength": 100},
    "start": {
        "type": "object",
        "description": 'What starts it: {"on": "platform:deposit_failed"},'
        ' {"change": "lead", "field": "stage"}, {"every": "day", "at": "09:00", "kind": "lead"} or'
        ' {"days": 3, "side": "after", "field": "registered_at", "kind": "lead"}.',
    },
    "record": {"enum": ["", "lead", "customer"]},
    "happened": {"type": "object", "description": "A condition over what happened."},
    "where": {"type": "object", "description": "A condition over the record, as `where` of lists takes it."},
    "steps": {
        "type": "array",
        "items": {"type": "object"},
        "maxItems": 10,
        "description": 'What it does: [{"step": "task", "who": "owner", "title": "Call {name}"}].',
    },
    "once_per": {"enum": ["", "hour", "day", "week", "month", "ever"]},
}
MADE: dict[str, dict[str, Any]] = {**SETTABLE, "on": {"type": "boolean", "default": False}}
TASK = {"step": "task", "who": "owner", "title": "Call {name}: {decline}", "priority": "high", "hours": 1}
EXAMPLE = {
    "name": "Large failed deposit",
    "start": {"on": "platform:deposit_failed"},
    "happened": {"field": "amount", "op": "at_least", "value": 100},
    "steps": [TASK],
}
DAYS = {"days": {"type": "integer", "minimum": 1, "maximum": 90, "default": 7}}
FILTERS = [
    {"name": name, "schema": {"type": "integer"}, "description": words}
    for name, words in (
        ("rule", "Of one rule."),
        ("lead", "About one lead."),
        ("customer", "About one customer."),
    )
]
STATES = [{"name": "state", "schema": {"enum": Run.State.values}, "description": "With this outcome."}]


@rules.get("", summary="List rules", **says(gives=described_list(GIVES), query=PAGING))
def list_rules(request: Request) -> HttpResponse:
    """All rules, archived ones too; `position` says in which order they are asked."""
    require(may_see_rules(request.user))
    found, following, count = plain_page_of(request, Rule.objects.visible_to(request.user))
    return answer(listed([_shown(rule) for rule in found], following, count))


@rules.post(
    "",
    summary="Add a rule",
    **says(
        gives=GIVES, status=201, takes=fields(MADE, "name", "start", "steps"), example=EXAMPLE, versioned=True
    ),
)
def add_rule(request: Request) -> HttpResponse:
    """Off unless `on` says otherwise. What can't be meant (an unknown field, place or person) is refused."""
    require(may_manage_rules(request.user), who_can_help=ASK_AN_ADMINISTRATOR)
    given = only(object_of(request), MADE)
    answers = {"name": "", "start": None, "steps": None, **_read(given)}
    rule = actions.add_rule(**answers, is_on=yes_in(given, "on"), by=request.actor)
    location = f"/api/v1/automation-rules/{rule.pk}"
    return answer_record(request, _shown(rule), version=rule.version, status=201, location=location)


@rules.post(
    "/try",
    summary="Try a rule that is not kept",
    **says(
        gives=ref("AutomationTried"),
        takes=fields({**SETTABLE, **DAYS}, "start", "steps"),
        example={**{name: EXAMPLE[name] for name in ("start", "steps")}, "days": 7},
    ),
)
def try_draft(request: Request) -> HttpResponse:
    """What it would have done in the last days; nothing is written."""
    require(may_manage_rules(request.user), who_can_help=ASK_AN_ADMINISTRATOR)
    given = only(object_of(request), {**SETTABLE, **DAYS})
    answers = {"start": None, "steps": None, **_read(given)}
    meant = {name: value for name, value in answers.items() if name not in ("name", "once_per")}
    tried = actions.rehearse_rule(
        read_rule(**meant, user=request.user),
        once_per=answers.get("once_per", ""),
        days=_days(given),
        by=request.actor,
    )
    return answer(_tried(tried, request))


@rules.get("/{int:rule_id}", summary="Read a rule", **says(gives=GIVES, versioned=True))
def get_rule(request: Request, rule_id: int) -> HttpResponse:
    """One rule with its sentence, archived or not, with its ETag."""
    parameters_of(request, ())
    rule = _seen(request, rule_id)
    return answer_record(request, _shown(rule), version=rule.version)


@rules.patch(
    "/{int:rule_id}",
    summary="Change a rule",
    **says(gives=GIVES, takes=fields(SETTABLE), example={"once_per": "day"}, versioned=True),
)
def change_rule(request: Request, rule_id: int) -> HttpResponse:
    """What is not given stays. Send If-Match to overwrite nobody."""
    rule = _managed(request, rule_id)
    given = only(object_of(request), SETTABLE)
    rule = locked(request, rule)
    return _answered(request, actions.change_rule(rule, **_read(given), by=request.actor))


@rules.post(
    "/{int:rule_id}/switch",
    summary="Switch a rule on or off",
    **says(gives=GIVES, takes=fields({"on": {"type": "boolean"}}, "on"), example={"on": True}),
)
def switch_rule(request: Request, rule_id: int) -> HttpResponse:
    """One that names something that is gone is not switched on: the reason is told."""
    rule = _managed(request, rule_id)
    given = only(object_of(request), ("on",))
    if "on" not in given:
        raise RuleBroken(_("Say whether it is on."), field="on")
    return _answered(request, actions.switch_rule(rule, is_on=yes_in(given, "on"), by=request.actor))


@rules.post(
    "/{int:rule_id}/move",
    summary="Let a rule be asked earlier or later",
    **says(gives=GIVES, takes=fields({"places": {"type": "integer"}}, "places"), example={"places": -1}),
)
def move_rule(request: Request, rule_id: int) -> HttpResponse:
    """By so many places; below zero is earlier."""
    rule = _managed(request, rule_id)
    places = only(object_of(request), ("places",)).get("places")
    if type(places) is not int or not -1000 <= places <= 1000:
        raise RuleBroken(_("A whole number of places."), field="places", value=str(places)[:40])
    return _answered(request, actions.move_rule(rule, places=places, by=request.actor))


@rules.post(
    "/{int:rule_id}/try",
    summary="Try a rule",
    **says(gives=ref("AutomationTried"), takes=fields(DAYS), example={"days": 7}, optional=True),
)
def try_rule(request: Request, rule_id: int) -> HttpResponse:
    """What it would have done in the last days; nothing is written."""
    rule = _managed(request, rule_id)
    given = only(object_of(request, optional=True), DAYS)
    meant = read_rule(
        start=rule.start, record=rule.record, happened=rule.happened, where=rule.where, steps=rule.steps
    )
    return answer(
        _tried(actions.rehearse_rule(meant, rule=rule, days=_days(given), by=request.actor), request)
    )


@rules.post(
    "/{int:rule_id}/archive",
    summary="Archive a rule",
    **says(gives=GIVES, takes=fields({}), example={}, optional=True),
)
def archive_rule(request: Request, rule_id: int) -> HttpResponse:
    """Out of use; its log stays."""
    rule = _managed(request, rule_id)
    only(object_of(request, optional=True), ())
    return _answered(request, actions.archive_rule(rule, by=request.actor))


@rules.post(
    "/{int:rule_id}/restore",
    summary="Restore a rule",
    **says(gives=GIVES, takes=fields({}), example={}, optional=True),
)
def restore_rule(request: Request, rule_id: int) -> HttpResponse:
    """Into use again, switched off."""
    rule = _managed(request, rule_id)
    only(object_of(request, optional=True), ())
    return _answered(request, actions.restore_rule(rule, by=request.actor))


@runs.get(
    "",
    summary="List runs of rules",
    **says(gives=described_list(ref("AutomationRun")), query=[*FILTERS, *STATES, *PAGING[:2]]),
)
def list_runs(request: Request) -> HttpResponse:
    """The newest first, about leads and customers that you see: why each ran or not, and what it did."""
    require(may_see_rules(request.user))
    given = parameters_of(request, ("rule", "state", "lead", "customer", "limit", "cursor"))
    asked = Asked(
        rule_id=numeric_id(given.get("rule", "")),
        state=given.get("state", ""),
        lead_id=numeric_id(given.get("lead", "")),
        customer_id=numeric_id(given.get("customer", "")),
        before=numeric_id(given.get("cursor", "")),
    )
    lines, following = runs_for(request.user, asked, limit=limit_in(given))
    shown = [_run(line) for line in lines]
    return answer(listed(shown, str(following) if following else None, Count(len(shown), following is None)))


def _managed(request: Request, key: int) -> Rule:
    """A rule for whoever may change it: permission comes before what was sent."""
    rule = _seen(request, key)
    require(may_manage_rules(request.user), who_can_help=ASK_AN_ADMINISTRATOR)
    return rule


def _seen(request: Request, key: int) -> Rule:
    require(may_see_rules(request.user))
    found: Rule = seen(Rule.objects.all(), request, key)
    return found


def _read(given: dict[str, Any]) -> dict[str, Any]:
    texts: dict[str, Any] = {
        name: text_in(given, name) for name in ("name", "record", "once_per") if name in given
    }
    return texts | {name: given[name] for name in ("start", "happened", "where", "steps") if name in given}


def _days(given: dict[str, Any]) -> int:
    days = given.get("days", 7)
    if type(days) is not int:
        raise RuleBroken(_("A whole number of days."), field="days", value=str(days)[:40])
    return days


def _answered(request: Request, rule: Rule) -> HttpResponse:
    return answer_record(request, _shown(rule), version=rule.version)


def _shown(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.pk,
        "name": rule.label,
        "on": rule.is_on,
        "position": rule.position,
        "start": rule.start,
        "record": rule.record,
        "happened": rule.happened,
        "where": rule.where,
        "steps": rule.steps,
        "once_per": rule.once_per,
        "sentence": sentence_of(rule, called),
        "trouble": trouble_of(rule) or rule.trouble,
        "archived_at": rule.archived_at,
        "created_at": rule.created_at,
        "updated_at": rule.updated_at,
    }


def _run(line: Line) -> dict[str, Any]:
    run, place = line.run, place_of(line.run)
    return {
        "id": run.pk,
        "rule": {"id": run.rule_id, "name": run.rule.label} if run.rule_id else None,
        "at": run.at,
        "cause": run.cause,
        "thing": {"kind": run.kind, "id": run.record_id},
        "record": {"kind": place[0], "id": place[1], "name": line.record.name}
        if place and line.record
        else None,
        "state": run.state,
        "because": run.because,
        "facts": [{"label": label, "value": value} for label, value in run.facts],
        "did": [{name: each[name] for name in ("step", "words", "ok")} for each in run.did],
    }


def _tried(result: Any, request: Request) -> dict[str, Any]:
    return {
        "looked": result.looked,
        "fitted": result.fitted,
        "records": result.records,
        "limited": result.limited,
        "whole": result.whole,
        "runs": [_run(line) for line in lines_of(result.runs, request.user)],
    }
