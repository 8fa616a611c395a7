"""The list of rules, one with its log, the log of all, and what rules did for one record."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from leadline.automation.models import Rule, Run
from leadline.automation.policies import may_manage_rules
from leadline.automation.queries.log import Asked, figures_of, runs_for
from leadline.automation.rules import sentence_of, trouble_of
from leadline.automation.steps.webhooks import secret_of
from leadline.automation.verbs import RULE_VERBS
from leadline.automation.views.fetching import require_seeing, rule_of
from leadline.core.history import history_about
from leadline.core.ids import numeric_id
from leadline.core.requests import Request
from leadline.core.subjects import visible_subjects
from leadline.leads.queries.settings import called

TONES = {
    "done": "good",
    "partly": "warn",
    "failed": "bad",
    "retry": "warn",
    "not_fit": "neutral",
    "skipped": "neutral",
    "stopped": "bad",
}


@require_safe
def rule_list(request: Request) -> HttpResponse:
    """All rules in the order in which they are asked, or the archived ones."""
    require_seeing(request)
    archived = request.GET.get("archived") == "only"
    every = Rule.objects.visible_to(request.user)
    rules = list(every.filter(archived_at__isnull=False).order_by("name") if archived else every.current())
    context = {
        "rules": [(rule, sentence_of(rule, called), trouble_of(rule) or rule.trouble) for rule in rules],
        "figures": figures_of(rules),
        "archived": archived,
        "may": may_manage_rules(request.user),
        "tabs": _tabs("archived" if archived else "rules"),
    }
    return render(request, "automation/list.html", context)


@require_safe
def page(request: Request, pk: int) -> HttpResponse:
    """One rule as a sentence, how it did, and its log."""
    rule = rule_of(request, pk)
    asked = Asked(
        rule_id=pk, state=request.GET.get("state", ""), before=numeric_id(request.GET.get("before", ""))
    )
    lines, following = runs_for(request.user, asked)
    return render(
        request,
        "automation/page.html",
        {
            **frame_of(request, rule, "log"),
            **_log(asked, lines, following),
            "here": reverse("automation:page", args=[pk]),
        },
    )


@require_safe
def history(request: Request, pk: int) -> HttpResponse:
    """Every change of the rule, in plain words (ALL-4)."""
    rule = rule_of(request, pk)
    portion = history_about("automation_rule", pk, viewer=request.user)
    return render(
        request, "automation/history.html", {**frame_of(request, rule, "history"), "portion": portion}
    )


@require_safe
def log(request: Request) -> HttpResponse:
    """What all rules did, as far as the records are within reach."""
    require_seeing(request)
    words = request.GET
    asked = Asked(
        rule_id=numeric_id(words.get("rule", "")),
        state=words.get("state", ""),
        before=numeric_id(words.get("before", "")),
    )
    lines, following = runs_for(request.user, asked)
    rules = Rule.objects.visible_to(request.user).order_by("position", "pk")
    context = {"rules": rules, "tabs": _tabs("log"), "here": reverse("automation:log")}
    return render(request, "automation/log.html", {**context, **_log(asked, lines, following)})


@require_GET
def of_record(request: Request, kind: str, record: int) -> HttpResponse:
    """What rules did for one lead or customer: a part of its page, for whoever sees the record."""
    if kind not in ("lead", "customer"):
        raise Http404
    if not visible_subjects(kind, request.user).filter(pk=record).exists():
        raise Http404
    asked = Asked(lead_id=record) if kind == "lead" else Asked(customer_id=record)
    lines, _following = runs_for(request.user, asked, limit=10)
    shown = [line for line in lines if line.run.state != Run.State.NOT_FIT]
    context = {"lines": shown, "kind": kind, "record": record, "tones": TONES}
    return render(request, "automation/_of_record.html", context)


def frame_of(request: Request, rule: Rule, tab: str) -> dict[str, Any]:
    """What every page of a rule shows."""
    user = request.user
    calls = any(step.get("step") == "webhook" for step in rule.steps)
    manages = may_manage_rules(user)
    return {
        "rule": rule,
        "sentence": sentence_of(rule, called),
        "trouble": trouble_of(rule) or rule.trouble,
        "figures": figures_of([rule])[rule.pk],
        "may": {verb: RULE_VERBS[verb].allows(user, rule) for verb in RULE_VERBS},
        "secret": secret_of(rule.pk) if calls and manages else "",
        "tabs": _tabs_of(rule, tab, manages),
    }


def _log(asked: Asked, lines: Any, following: int | None) -> dict[str, Any]:
    return {
        "asked": asked,
        "lines": lines,
        "following": following,
        "states": list(Run.State.choices),
        "tones": TONES,
    }


def _tabs(active: str) -> list[dict[str, Any]]:
    here = reverse("automation:list")
    return [
        {"key": "rules", "label": _("Rules"), "url": here, "active": active == "rules"},
        {"key": "log", "label": _("Log"), "url": reverse("automation:log"), "active": active == "log"},
        {
            "key": "archived",
            "label": _("Archived"),
            "url": f"{here}?archived=only",
            "active": active == "archived",
        },
    ]


def _tabs_of(rule: Rule, active: str, manages: bool) -> list[dict[str, Any]]:
    tabs = [("log", _("Log"), "automation:page"), ("history", _("History"), "automation:history")]
    if manages:
        tabs.insert(1, ("try", _("Try it"), "automation:try"))
    return [
        {"key": key, "label": label, "url": reverse(view, args=[rule.pk]), "active": key == active}
        for key, label, view in tabs
    ]
