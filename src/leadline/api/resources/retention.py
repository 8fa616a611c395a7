"""/retention-rules: how long things are kept (PPL-8)."""

from typing import Any

from django.http import HttpResponse
from ninja import Router

from leadline.api.answering import answer
from leadline.api.bodies import object_of, only
from leadline.api.describing.operations import PAGING, fields, ref, says
from leadline.api.describing.operations import list_of as described_list
from leadline.api.listing import plain_list_of
from leadline.api.resources.jobs import job_started
from leadline.api.resources.seeing import seen
from leadline.core.actions import require
from leadline.core.requests import Request
from leadline.governance import actions
from leadline.governance.models import RetentionRule
from leadline.governance.policies import WHO_SETS_RETENTION, may_set_retention
from leadline.governance.retention import count_due

router = Router(tags=["privacy"])
SETTABLE: dict[str, dict[str, Any]] = {
    "name": {"type": "string", "maxLength": 100},
    "kind": {"enum": ["customer", "contact"]},
    "where": {"type": "object"},
    "days": {"type": "integer", "minimum": 30, "maximum": 36500},
    "since": {"enum": RetentionRule.Since.values},
    "deed": {"enum": RetentionRule.Deed.values},
    "is_active": {"type": "boolean"},
}
EXAMPLE = {"name": "Old prospects", "kind": "customer", "days": 730, "deed": "archive"}


@router.get(
    "", summary="List rules of retention", **says(gives=described_list(ref("RetentionRule")), query=PAGING)
)
def list_retention_rules(request: Request) -> HttpResponse:
    """Each with the number of records that are due now."""
    require(may_set_retention(request.user), who_can_help=WHO_SETS_RETENTION)
    return plain_list_of(request, RetentionRule.objects.visible_to(request.user), _shown)


@router.post(
    "",
    summary="Add a rule of retention",
    **says(
        gives=ref("RetentionRule"),
        status=201,
        takes=fields(SETTABLE, "name", "kind", "days", "deed"),
        example=EXAMPLE,
    ),
)
def add_retention_rule(request: Request) -> HttpResponse:
    """It does nothing until `is_active`; `due` in the answer says how many it would touch."""
    given = only(object_of(request), SETTABLE)
    rule = actions.set_retention_rule(None, **given, by=request.actor)
    return answer(_shown(rule), status=201, location=f"/api/v1/retention-rules/{rule.pk}")


@router.patch(
    "/{int:rule_id}",
    summary="Change a rule of retention",
    **says(gives=ref("RetentionRule"), takes=fields(SETTABLE), example={"is_active": True}),
)
def change_retention_rule(request: Request, rule_id: int) -> HttpResponse:
    """What is not given stays."""
    rule = seen(RetentionRule.objects.all(), request, rule_id)
    given = only(object_of(request), SETTABLE)
    return answer(_shown(actions.set_retention_rule(rule, **given, by=request.actor)))


@router.post(
    "/{int:rule_id}/run",
    summary="Run a rule of retention",
    **says(gives=ref("Job"), status=202, takes=fields({}), example={}, optional=True),
)
def run_retention_rule(request: Request, rule_id: int) -> HttpResponse:
    """Now, as a job."""
    rule = seen(RetentionRule.objects.all(), request, rule_id)
    only(object_of(request, optional=True), ())
    return job_started(actions.carry_out(rule, by=request.actor))


@router.post(
    "/{int:rule_id}/remove",
    summary="Remove a rule of retention",
    **says(gives=ref("RetentionRule"), takes=fields({}), example={}, optional=True),
)
def remove_retention_rule(request: Request, rule_id: int) -> HttpResponse:
    """What it did stays. The answer is the rule as it was."""
    rule = seen(RetentionRule.objects.all(), request, rule_id)
    only(object_of(request, optional=True), ())
    shown = _shown(rule)
    actions.remove_retention_rule(rule, by=request.actor)
    return answer(shown)


def _shown(rule: RetentionRule) -> dict[str, Any]:
    names = ("name", "kind", "where", "days", "since", "deed", "is_active", "ran_at", "last_done")
    return {"id": rule.pk, **{name: getattr(rule, name) for name in names}, "due": count_due(rule)}
