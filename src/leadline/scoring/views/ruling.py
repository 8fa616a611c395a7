"""Making and changing a rule: its condition by the builder that segments have too (LEA-12)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from leadline.core.actions import require
from leadline.core.answers import refuse
from leadline.core.fields import catalogue
from leadline.core.lists.questions import Asker
from leadline.core.requests import Request
from leadline.leads.listing import LEADS
from leadline.scoring import actions, policies
from leadline.scoring.forms import RuleForm
from leadline.scoring.models import ScoreRule
from leadline.scoring.rules import condition_of
from leadline.segments.building import GroupNode, after_step, finished, root_of, saves

PART = "segments/_rule.html"


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request) -> HttpResponse:
    """Make a rule; `where` starts its condition from a filtered list of leads."""
    _require(request)
    form, root = RuleForm(_sent(request)), _root(request, request.GET.get("where", ""))
    add_rule = _without_version(actions.add_rule)
    if _finished(request, form, root) and form.run(add_rule, where=root.part(), by=request.actor):
        return redirect("scoring:page")
    return _show(request, form, root, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Change a rule."""
    _require(request)
    rule = get_object_or_404(ScoreRule.objects.in_use(), pk=pk)
    start = {"name": rule.name, "points": rule.points, "version": rule.version}
    form, root = RuleForm(_sent(request), initial=start), _root(request, rule.where)
    given = {"where": root.part(), "by": request.actor}
    if _finished(request, form, root) and form.run(actions.change_rule, rule, **given):
        return redirect("scoring:page")
    return _show(request, form, root, rule)


@require_POST
def retire(request: Request, pk: int) -> HttpResponse:
    """Out of use."""
    _require(request)
    actions.retire_rule(get_object_or_404(ScoreRule, pk=pk), by=request.actor)
    return redirect("scoring:page")


@require_POST
def build(request: Request) -> HttpResponse:
    """The builder after one step (`do`), or with another field chosen; nothing is kept."""
    _require(request)
    root = after_step(request, _asker(request))
    return render(request, PART, {"root": root, **_beside()})


def _asker(request: Request) -> Asker:
    return Asker(catalogue("lead"), request.user, LEADS.naming, LEADS.options, LEADS.sources)


def _root(request: Request, where: Any) -> GroupNode:
    user = request.user
    return root_of(request, _asker(request), lambda: condition_of(where, user=user).given if where else None)


def _sent(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


def _finished(request: Request, form: RuleForm, root: GroupNode) -> bool:
    """Whether it is to be saved and all of the condition can be meant; else the form says what is missing."""
    if not saves(request):
        return False
    finished(root, form)
    return not form.errors


def _without_version(action: Any) -> Any:
    def run(*, version: int | None, **given: Any) -> Any:
        return action(**given)

    return run


def _show(request: Request, form: RuleForm, root: GroupNode, rule: ScoreRule | None) -> HttpResponse:
    """The whole page; a step of the builder is not a refusal."""
    is_saved = saves(request)
    if request.method == "POST" and not is_saved:
        form.errors.clear()
    context = {"form": form, "root": root, "rule": rule, "saves": is_saved, **_beside()}
    return (refuse if is_saved else render)(request, "scoring/rule.html", context)


def _beside() -> dict[str, Any]:
    """What the builder of segments shows otherwise: where its steps go, and that nothing is counted here."""
    return {"build_address": reverse("scoring:build"), "counts": False}


def _require(request: Request) -> None:
    require(policies.may_manage_scoring(request.user), str(policies.NOT_YOURS))
