"""Trying a rule on what happened lately, kept or not (PLT-6)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from leadline.automation import actions
from leadline.automation.actions.rehearsing import MOST_DAYS, Rehearsal
from leadline.automation.building import read_draft
from leadline.automation.policies import may_manage_rules
from leadline.automation.queries.log import lines_of
from leadline.automation.rules import understood
from leadline.automation.views.fetching import rule_of
from leadline.automation.views.looking import TONES, frame_of
from leadline.core.actions import require
from leadline.core.ids import numeric_id
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.people.policies import ASK_AN_ADMINISTRATOR

DAYS = (1, 7, 30, MOST_DAYS)


@require_GET
def try_rule(request: Request, pk: int) -> HttpResponse:
    """What the rule would have done in the last days; nothing is written."""
    rule = rule_of(request, pk)
    require(may_manage_rules(request.user), who_can_help=ASK_AN_ADMINISTRATOR)
    days = min(numeric_id(request.GET.get("days", "")) or 7, MOST_DAYS)
    context: dict[str, Any] = {**frame_of(request, rule, "try"), "days": days, "choices": DAYS}
    try:
        result = actions.rehearse_rule(understood(rule), rule=rule, days=days, by=request.actor)
    except RuleBroken as refusal:
        return render(request, "automation/try.html", {**context, "refusal": refusal.message})
    return render(request, "automation/try.html", {**context, **shown(result, request)})


@require_POST
def try_draft(request: Request) -> HttpResponse:
    """The same for a rule that is being made."""
    require(may_manage_rules(request.user), who_can_help=ASK_AN_ADMINISTRATOR)
    draft = read_draft(request.POST, request.user)
    try:
        result = actions.rehearse_rule(draft.understood(), once_per=draft.once_per, days=7, by=request.actor)
    except RuleBroken as refusal:
        return render(request, "automation/_tried.html", {"refusal": refusal.message})
    return render(request, "automation/_tried.html", {"days": 7, **shown(result, request)})


def shown(result: Rehearsal, request: Request) -> dict[str, Any]:
    """What a rehearsal came to, with the names that the reader may know."""
    return {
        "result": result,
        "lines": lines_of(result.runs, request.user),
        "unfit": lines_of(result.unfit, request.user),
        "tones": TONES,
        "refusal": "",
    }
