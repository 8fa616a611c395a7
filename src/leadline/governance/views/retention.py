"""Pages of retention: the rules with what is due, one rule, running it (PPL-8)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadline.core.actions import Actor, require
from leadline.core.answers import asked_by_htmx, go_to, refuse
from leadline.core.conditions import parse
from leadline.core.fields import catalogue
from leadline.core.ids import numeric_id
from leadline.core.lists.models import SavedView
from leadline.core.requests import Request
from leadline.governance import actions
from leadline.governance.forms import RetentionForm
from leadline.governance.models import RetentionRule
from leadline.governance.policies import WHO_SETS_RETENTION, may_set_retention
from leadline.governance.queries.kept import kept_files
from leadline.governance.retention import count_due, retained_kinds


@require_safe
def rules(request: Request) -> HttpResponse:
    """All rules with how many records are due now, and when files of jobs go."""
    _require(request)
    found = RetentionRule.objects.visible_to(request.user).order_by("name", "pk")
    shown = [(rule, retained_kinds()[rule.kind], _sentence(rule), count_due(rule)) for rule in found]
    return render(request, "governance/retention.html", {"rules": shown, "kept": kept_files()})


@require_http_methods(["GET", "HEAD", "POST"])
def add_rule(request: Request) -> HttpResponse:
    """Add a rule."""
    _require(request)
    return _form(request, None, reverse("privacy:add_rule"))


@require_http_methods(["GET", "HEAD", "POST"])
def change_rule(request: Request, pk: int) -> HttpResponse:
    """Change a rule."""
    return _form(request, _seen(request, pk), reverse("privacy:change_rule", args=[pk]))


@require_POST
def remove_rule(request: Request, pk: int) -> HttpResponse:
    """Take a rule away."""
    actions.remove_retention_rule(_seen(request, pk), by=request.actor)
    return go_to(request, reverse("privacy:rules"))


@require_POST
def run_rule(request: Request, pk: int) -> HttpResponse:
    """Let a rule do its work now."""
    job = actions.carry_out(_seen(request, pk), by=request.actor)
    return go_to(request, reverse("work:job", args=[job.pk]))


def _form(request: Request, rule: RetentionRule | None, action: str) -> HttpResponse:
    views = SavedView.objects.visible_to(request.user).filter(kind__in=retained_kinds()).order_by("name")
    form = RetentionForm(request.POST if request.method == "POST" else None, rule=rule, views=list(views))
    if request.method == "POST" and form.run(_set, rule, views, by=request.actor):
        return go_to(request, reverse("privacy:rules"))
    show = refuse if request.method == "POST" else render
    part = "governance/_retention_rule.html"
    whole = part if asked_by_htmx(request) else "governance/retention_rule.html"
    title = rule.name if rule else _("Add rule")
    return show(request, whole, {"form": form, "title": title, "action": action, "part": part})


def _set(rule: RetentionRule | None, views: Any, *, view: str, by: Actor, **answers: Any) -> RetentionRule:
    chosen = views.filter(pk=numeric_id(view) or 0, kind=answers["kind"]).first()
    kept = rule.where if rule and view == "keep" else {}
    where = chosen.where if chosen else kept
    return actions.set_retention_rule(rule, where=where, **answers, by=by)


def _sentence(rule: RetentionRule) -> str:
    condition = parse(rule.where, catalogue(rule.kind))
    return "" if condition.is_everything else condition.sentence()


def _seen(request: Request, pk: int) -> RetentionRule:
    return get_object_or_404(RetentionRule.objects.visible_to(request.user), pk=pk)


def _require(request: Request) -> None:
    require(may_set_retention(request.user), who_can_help=WHO_SETS_RETENTION)
