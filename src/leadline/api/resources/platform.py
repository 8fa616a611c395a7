"""/platform: keys that sign events, and what holds for the platform (PLT-2, PLT-4)."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import answer
from leadline.api.bodies import object_of, only, text_in
from leadline.api.describing.operations import PAGING, fields, ref, says
from leadline.api.describing.operations import list_of as described_list
from leadline.api.describing.shapes import Schema
from leadline.api.listing import parameters_of, plain_list_of
from leadline.api.resources.seeing import seen
from leadline.core.actions import require
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.people.policies import ASK_AN_ADMINISTRATOR
from leadline.platform import actions
from leadline.platform.models import IngestKey, PlatformRules, platform_rules
from leadline.platform.models.rules import LEAST_KEPT, MOST_KEPT
from leadline.platform.policies import may_manage_platform

router = Router(tags=["platform"])
RULES: dict[str, Schema] = {
    "online_minutes": {"type": "integer", "minimum": 1, "maximum": 120},
    "system": {"type": "string", "maxLength": 100, "description": "Under which name external ids are its."},
    "months_kept": {
        "type": ["integer", "null"],
        "minimum": LEAST_KEPT,
        "maximum": MOST_KEPT,
        "description": "Older months of events go into files; null keeps all.",
    },
}
VERB = says(gives=ref("IngestKey"), takes=fields({}), example={}, optional=True)


@router.get("/keys", summary="List keys", **says(gives=described_list(ref("IngestKey")), query=PAGING))
def list_ingest_keys(request: Request) -> HttpResponse:
    """The keys that sign events, without their secrets, the revoked ones too."""
    _require(request)
    return plain_list_of(request, IngestKey.objects.visible_to(request.user), _shown)


@router.post(
    "/keys",
    summary="Make a key",
    **says(
        gives=ref("IngestKey"),
        status=201,
        takes=fields({"name": {"type": "string", "maxLength": 100}}, "name"),
        example={"name": "Shop"},
    ),
)
def make_a_key(request: Request) -> HttpResponse:
    """The answer holds its secret, this once."""
    given = only(object_of(request), ("name",))
    key = actions.make_ingest_key(name=text_in(given, "name"), by=request.actor)
    return answer({**_shown(key), "secret": key.secret}, status=201)


@router.post("/keys/{int:key_id}/renew", summary="Renew a key", **VERB)
def renew_a_key(request: Request, key_id: int) -> HttpResponse:
    """The answer holds the new secret, this once; for a day the old one holds too."""
    key = seen(IngestKey.objects, request, key_id)
    only(object_of(request, optional=True), ())
    key = actions.renew_ingest_key(key, by=request.actor)
    return answer({**_shown(key), "secret": key.secret})


@router.post("/keys/{int:key_id}/revoke", summary="Revoke a key", **VERB)
def revoke_a_key(request: Request, key_id: int) -> HttpResponse:
    """Nothing more is taken that is signed with it."""
    key = seen(IngestKey.objects, request, key_id)
    only(object_of(request, optional=True), ())
    return answer(_shown(actions.revoke_ingest_key(key, by=request.actor)))


@router.get("/rules", summary="Read what holds", **says(gives=fields(RULES)))
def get_platform_rules(request: Request) -> HttpResponse:
    """How long somebody counts as online, and what the platform is called."""
    _require(request)
    parameters_of(request, ())
    return answer(_rules(platform_rules()))


@router.patch(
    "/rules",
    summary="Change what holds",
    **says(gives=fields(RULES), takes=fields(RULES), example={"online_minutes": 5}),
)
def change_rules_of_platform(request: Request) -> HttpResponse:
    """What is not given stays."""
    _require(request)
    given = only(object_of(request), RULES)
    now = platform_rules()
    minutes = given.get("online_minutes", now.online_minutes)
    if isinstance(minutes, bool) or not isinstance(minutes, int):
        raise RuleBroken(_("Give 1 to 120 minutes."), field="online_minutes", value=minutes)
    rules = actions.change_platform_rules(
        online_minutes=minutes, system=text_in(given, "system", now.system), by=request.actor
    )
    if "months_kept" in given:
        rules = actions.keep_events_for(months=_months_in(given), by=request.actor)
    return answer(_rules(rules))


def _months_in(given: dict[str, Any]) -> int | None:
    months = given["months_kept"]
    if months is not None and (isinstance(months, bool) or not isinstance(months, int)):
        message = _("Give 3 to 120 months, or nothing to keep all.")
        raise RuleBroken(message, field="months_kept", value=months)
    return months


def _require(request: Request) -> None:
    require(may_manage_platform(request.user), who_can_help=ASK_AN_ADMINISTRATOR)


def _rules(rules: PlatformRules) -> dict[str, Any]:
    return {
        "online_minutes": rules.online_minutes,
        "system": rules.system,
        "months_kept": rules.months_kept,
    }


def _shown(key: IngestKey) -> dict[str, Any]:
    return {
        "id": key.pk,
        "name": key.name,
        "created_at": key.created_at,
        "renewed_at": key.renewed_at,
        "revoked_at": key.revoked_at,
        "last_used_at": key.last_used_at,
    }
