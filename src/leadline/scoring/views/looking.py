"""The page of scoring, what was learnt, and a lead's reasons."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from leadline.core.actions import require
from leadline.core.answers import refuse
from leadline.core.requests import Request
from leadline.leads.actions.scoring import set_score_bands
from leadline.leads.models import score_bands
from leadline.leads.queries.seeing import lead_seen_by
from leadline.scoring import actions, policies
from leadline.scoring.forms import BandsForm, LearningForm
from leadline.scoring.models import LearntModel
from leadline.scoring.queries import basis, explained, is_pass_due, models_learnt, rule_lines
from leadline.scoring.wording import (
    gain_in_words,
    key_in_words,
    label_of,
    leak_in_words,
    thin_in_words,
)


@require_safe
def page(request: Request) -> HttpResponse:
    """What scores come from, the rules, what was learnt last."""
    _require(request)
    return render(request, "scoring/page.html", _scene())


@require_POST
def settings(request: Request) -> HttpResponse:
    """How learning goes by itself."""
    _require(request)
    form = LearningForm(request.POST)
    if form.run(actions.set_automatic, by=request.actor):
        return redirect("scoring:page")
    return refuse(request, "scoring/page.html", {**_scene(), "form": form})


@require_POST
def bands(request: Request) -> HttpResponse:
    """From which score on leads are hot, and warm."""
    _require(request)
    form = BandsForm(request.POST)
    if form.run(set_score_bands, by=request.actor):
        return redirect("scoring:page")
    return refuse(request, "scoring/page.html", {**_scene(), "bands_form": form})


@require_POST
def learn(request: Request) -> HttpResponse:
    """Learn now, as a job."""
    job = actions.ask_to_learn(by=request.actor)
    return redirect(reverse("work:job", args=[job.pk]))


@require_POST
def use_rules(request: Request) -> HttpResponse:
    """Score by the rules."""
    actions.use_rules(by=request.actor)
    return redirect("scoring:page")


@require_POST
def use(request: Request, pk: int) -> HttpResponse:
    """Score by this model."""
    _require(request)
    actions.use_model(get_object_or_404(LearntModel, pk=pk), by=request.actor)
    return redirect("scoring:page")


@require_safe
def model(request: Request, pk: int) -> HttpResponse:
    """What was learnt once, and what was measured."""
    _require(request)
    found = get_object_or_404(LearntModel, pk=pk)
    context = {"found": found, "told": told_of(found), "basis": basis()}
    return render(request, "scoring/model.html", context)


@require_safe
def of_lead(request: Request, pk: int) -> HttpResponse:
    """Why a lead has its score: a part of its page."""
    lead = lead_seen_by(request.user, pk)
    if lead is None:
        raise Http404
    told = explained(lead)
    context = {
        "lead": lead,
        "explained": told,
        "band": score_bands().band_of(told.score),
        "may_manage": policies.may_manage_scoring(request.user),
    }
    return render(request, "scoring/_of_lead.html", context)


def told_of(found: LearntModel) -> dict[str, Any]:
    """The card of a model in words."""
    card = found.card
    return {
        "card": card,
        "thin": thin_in_words(card.get("thin", [])),
        "gain": gain_in_words(card) if "auc" in card else [],
        "left_out": [(label_of(leak["field"]), leak_in_words(leak)) for leak in card.get("left_out", [])],
        "weights": [(key_in_words(key), weight) for key, weight in card.get("weights", [])],
    }


def _scene() -> dict[str, Any]:
    now, learnt, of_score = basis(), models_learnt(), score_bands()
    return {
        "basis": now,
        "lines": rule_lines(),
        "learnt": learnt,
        "told": told_of(learnt[0]) if learnt else None,
        "in_use": told_of(now.model) if now.model else None,
        "due": is_pass_due(),
        "bands_form": BandsForm(initial={"hot_from": of_score.hot_from, "warm_from": of_score.warm_from}),
        "form": LearningForm(initial={"is_automatic": now.is_automatic, "horizon_days": now.horizon_days}),
    }


def _require(request: Request) -> None:
    require(policies.may_manage_scoring(request.user), str(policies.NOT_YOURS))
