"""/score-rules, /scoring and a lead's score: the rules, what was learnt, what scores come from (LEA-12)."""

from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import answer, answer_record, locked
from leadline.api.bodies import object_of, only, text_in, yes_in
from leadline.api.describing.operations import PAGING, fields, ref, says
from leadline.api.describing.operations import list_of as described_list
from leadline.api.describing.scoring import BASIS_SETTABLE, RULE_SETTABLE
from leadline.api.listing import parameters_of, plain_list_of
from leadline.api.resources.jobs import job_started
from leadline.api.resources.seeing import one_of
from leadline.core.actions import require
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.leads.actions.scoring import set_score_bands
from leadline.leads.models import ScoreBands, score_bands
from leadline.leads.queries.seeing import lead_seen_by
from leadline.scoring import actions, policies
from leadline.scoring.models import Basis, LearntModel, ScoreRule
from leadline.scoring.queries import basis, explained
from leadline.scoring.rules import sentence_of, understood

rules, router, of_lead = Router(tags=["leads"]), Router(tags=["leads"]), Router(tags=["leads"])
RULE, BASIS, MODEL, SCORE = ref("ScoreRule"), ref("ScoreBasis"), ref("LearntModel"), ref("LeadScore")
FAIR = {"field": "source", "op": "equals", "value": "Fair"}
BARE: dict[str, Any] = {"takes": fields({}), "example": {}, "optional": True}


@rules.get("", summary="List rules of scoring", **says(gives=described_list(RULE), query=PAGING))
def list_score_rules(request: Request) -> HttpResponse:
    """All, retired ones too. For administrators."""
    _require(request)
    return plain_list_of(request, ScoreRule.objects.all(), _rule)


@rules.post(
    "",
    summary="Add a rule of scoring",
    **says(
        gives=RULE,
        status=201,
        takes=fields(RULE_SETTABLE, "name", "where", "points"),
        example={"name": "Met at a fair", "where": FAIR, "points": 20},
        versioned=True,
    ),
)
def add_score_rule(request: Request) -> HttpResponse:
    """Leads for which the condition holds get the points; all leads are scored again soon after."""
    given = _given(request)
    made = actions.add_rule(**{"name": "", "where": None, "points": None, **given}, by=request.actor)
    return _answered(request, made, status=201)


@rules.patch(
    "/{int:rule_id}",
    summary="Change a rule of scoring",
    **says(gives=RULE, takes=fields(RULE_SETTABLE), example={"points": 30}, versioned=True),
)
def change_score_rule(request: Request, rule_id: int) -> HttpResponse:
    """What is not given stays. Send If-Match to overwrite nobody."""
    _require(request)
    rule = one_of(ScoreRule.objects.all(), rule_id)
    given = _given(request)
    rule = locked(request, rule)
    return _answered(request, actions.change_rule(rule, **given, by=request.actor))


@rules.post(
    "/{int:rule_id}/retire", summary="Retire a rule of scoring", **says(gives=RULE, **BARE, versioned=True)
)
def retire_score_rule(request: Request, rule_id: int) -> HttpResponse:
    """It gives no points any more."""
    _require(request)
    rule = one_of(ScoreRule.objects.all(), rule_id)
    only(object_of(request, optional=True), ())
    return _answered(request, actions.retire_rule(rule, by=request.actor))


@router.get("", summary="Read what scores come from", **says(gives=BASIS))
def get_scoring(request: Request) -> HttpResponse:
    """The model in use, or none where the rules count."""
    parameters_of(request, ())
    _require(request)
    return answer(_basis())


@router.patch(
    "",
    summary="Change how learning goes",
    **says(gives=BASIS, takes=fields(BASIS_SETTABLE), example={"is_automatic": False}),
)
def change_scoring(request: Request) -> HttpResponse:
    """Whether a better model is used by itself, when an open lead is not converted, where bands begin."""
    given = only(object_of(request), BASIS_SETTABLE)
    now, bands = basis(), score_bands()
    _change(given, now, bands, request)
    return answer(_basis())


@transaction.atomic
def _change(given: dict[str, Any], now: Basis, bands: ScoreBands, request: Request) -> None:
    """All of it or nothing."""
    if {"hot_from", "warm_from"} & given.keys():
        wanted = {name: _whole(given, name, getattr(bands, name)) for name in ("hot_from", "warm_from")}
        set_score_bands(**wanted, by=request.actor)
    actions.set_automatic(
        is_automatic=yes_in(given, "is_automatic", now.is_automatic),
        horizon_days=_whole(given, "horizon_days", None),
        by=request.actor,
    )


@router.post("/learn", summary="Learn a model", **says(gives=ref("Job"), status=202, **BARE))
def learn_scoring(request: Request) -> HttpResponse:
    """As a job; what came of it is the newest of the models."""
    only(object_of(request, optional=True), ())
    return job_started(actions.ask_to_learn(by=request.actor))


@router.post("/use-rules", summary="Score by the rules", **says(gives=BASIS, **BARE))
def use_rules(request: Request) -> HttpResponse:
    """From now on; a model learnt later is not used by itself."""
    only(object_of(request, optional=True), ())
    actions.use_rules(by=request.actor)
    return answer(_basis())


@router.get("/models", summary="List models of scoring", **says(gives=described_list(MODEL), query=PAGING))
def list_models(request: Request) -> HttpResponse:
    """What was learnt, the newest first, with its card: what was measured, left out and why."""
    _require(request)
    return plain_list_of(request, LearntModel.objects.all(), _model)


@router.get("/models/{int:model_id}", summary="Read a model of scoring", **says(gives=MODEL))
def get_model(request: Request, model_id: int) -> HttpResponse:
    """One of them."""
    parameters_of(request, ())
    _require(request)
    return answer(_model(one_of(LearntModel.objects.all(), model_id)))


@router.post("/models/{int:model_id}/use", summary="Score by a model", **says(gives=BASIS, **BARE))
def use_model(request: Request, model_id: int) -> HttpResponse:
    """Refused for one that did not beat the rules on later leads."""
    _require(request)
    model = one_of(LearntModel.objects.all(), model_id)
    only(object_of(request, optional=True), ())
    actions.use_model(model, by=request.actor)
    return answer(_basis())


@of_lead.get("/{int:lead_id}/score", summary="Read why a lead has its score", **says(gives=SCORE))
def get_lead_score(request: Request, lead_id: int) -> HttpResponse:
    """The score with its reasons, the weightiest first; null where the lead was not looked at yet."""
    parameters_of(request, ())
    lead = lead_seen_by(request.user, lead_id)
    if lead is None:
        raise Http404
    told = explained(lead)
    return answer(
        {
            "score": told.score,
            "band": score_bands().band_of(told.score),
            "by": "model" if told.model_id is not None else "rules",
            "model": told.model_id,
            "chance": told.chance,
            "reasons": [{"words": each.words, "weight": each.weight} for each in told.reasons],
        }
    )


def _given(request: Request) -> dict[str, Any]:
    given = only(object_of(request), RULE_SETTABLE)
    return {name: text_in(given, name) if name == "name" else given[name] for name in given}


def _whole(given: dict[str, Any], name: str, otherwise: int | None) -> Any:
    number = given.get(name, otherwise)
    if name in given and type(number) is not int:
        raise RuleBroken(_("A whole number."), field=name, value=number)
    return number


def _answered(request: Request, rule: ScoreRule, *, status: int = 200) -> HttpResponse:
    location = f"/api/v1/score-rules/{rule.pk}" if status == 201 else ""
    return answer_record(request, _rule(rule), version=rule.version, status=status, location=location)


def _rule(rule: ScoreRule) -> dict[str, Any]:
    meant = understood([rule])
    plain = ("name", "where", "points", "retired_at", "created_at", "updated_at")
    sentence = sentence_of(meant[0][1]) if meant else ""
    return {"id": rule.pk, **{name: getattr(rule, name) for name in plain}, "sentence": sentence}


def _basis() -> dict[str, Any]:
    now, bands = basis(), score_bands()
    return {
        "model": now.model_id,
        "is_automatic": now.is_automatic,
        "horizon_days": now.horizon_days,
        "hot_from": bands.hot_from,
        "warm_from": bands.warm_from,
    }


def _model(model: LearntModel) -> dict[str, Any]:
    return {"id": model.pk, "learnt_at": model.learnt_at, "state": model.state, "card": model.card}


def _require(request: Request) -> None:
    require(policies.may_manage_scoring(request.user), str(policies.NOT_YOURS))
