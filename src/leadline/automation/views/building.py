"""Making and changing a rule: when, if, then, drawn anew after each step (PLT-6)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leadline.automation import actions
from leadline.automation.building import Draft, asker, draft_of, read_draft, start_values
from leadline.automation.models import Rule
from leadline.automation.occasions import Start, groups_of_occasions
from leadline.automation.occasions.happening import RECORDS
from leadline.automation.occasions.starts import EVERY, dated_fields, watched_fields
from leadline.automation.places import places_of
from leadline.automation.policies import may_manage_rules
from leadline.automation.rules import in_words
from leadline.automation.views.fetching import rule_of
from leadline.core.actions import require
from leadline.core.answers import go_to, refuse
from leadline.core.fields import catalogue
from leadline.core.localities import time_zones
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.leads.queries.settings import called
from leadline.people.policies import ASK_AN_ADMINISTRATOR


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request) -> HttpResponse:
    """Make a rule; it is off until it was tried and switched on."""
    require(may_manage_rules(request.user), who_can_help=ASK_AN_ADMINISTRATOR)
    draft = _draft(request, None)
    if _saves(request) and (made := _saved(request, draft, None)):
        return go_to(request, reverse("automation:try", args=[made.pk]))
    return _show(request, draft, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Change a rule."""
    rule = rule_of(request, pk)
    require(may_manage_rules(request.user), who_can_help=ASK_AN_ADMINISTRATOR)
    draft = _draft(request, rule)
    if _saves(request) and _saved(request, draft, rule):
        return go_to(request, reverse("automation:page", args=[pk]))
    return _show(request, draft, rule)


@require_POST
def build(request: Request) -> HttpResponse:
    """The builder after one step; nothing is kept."""
    require(may_manage_rules(request.user), who_can_help=ASK_AN_ADMINISTRATOR)
    draft = read_draft(request.POST, request.user)
    return render(request, "automation/_builder.html", _context(draft))


def _draft(request: Request, rule: Rule | None) -> Draft:
    if request.method == "POST":
        return read_draft(request.POST, request.user)
    return draft_of(rule, request.user)


def _saves(request: Request) -> bool:
    return request.method == "POST" and "do" not in request.POST


def _saved(request: Request, draft: Draft, rule: Rule | None) -> Rule | None:
    """The rule that was kept; None where something was refused, which the draft then says."""
    try:
        draft.understood()
        answers = {"name": draft.name, "once_per": draft.once_per, **draft.answers()}
        if rule is None:
            return actions.add_rule(**answers, by=request.actor)
        version = request.POST.get("version", "")
        seen = int(version) if version.isdecimal() else None
        return actions.change_rule(rule, version=seen, **answers, by=request.actor)
    except RuleBroken as refusal:
        draft.refused[refusal.field or "rule"] = refusal.message
        return None


def _show(request: Request, draft: Draft, rule: Rule | None) -> HttpResponse:
    context = {**_context(draft), "rule": rule, "saves": _saves(request)}
    return (refuse if _saves(request) else render)(request, "automation/edit.html", context)


def _context(draft: Draft) -> dict[str, Any]:
    start = draft.begun
    given = draft.start.get("change") or draft.start.get("kind")
    kind = given if given in RECORDS else "lead"
    return {
        "draft": draft,
        "begun": start,
        "given": start_values(draft),
        "occasions": groups_of_occasions(),
        "watched": [(each.name, each.label) for each in watched_fields(kind, draft.user)],
        "dated": [(each.name, each.label) for each in dated_fields(kind, draft.user)],
        "every": EVERY,
        "zones": time_zones(),
        "limits": Rule.OncePer.choices,
        "values": _values(draft, start),
        "places": list(places_of(start).items()) if start else [],
        **_in_words(draft),
    }


def _values(draft: Draft, start: Start | None) -> list[tuple[Any, Any]]:
    """What the field that changes can hold, where there are few values to choose from."""
    if start is None or start.way != "change" or start.field is None:
        return []
    options = asker(catalogue(start.kind), draft.user).options.get(start.field.kind.key)
    return list(options()) if options else list(start.field.choices)


def _in_words(draft: Draft) -> dict[str, Any]:
    """The rule as a sentence when it can be meant, else what is missing."""
    try:
        words = in_words(draft.understood(), draft.once_per, called)
    except RuleBroken as refusal:
        return {"sentence": "", "missing": refusal.message}
    except ValueError:
        return {"sentence": "", "missing": _("This limit is not known.")}
    return {"sentence": words, "missing": ""}
