"""/capabilities: what customers can be allowed, with its limit without a plan (PLN-2)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import answer_record, locked
from leadline.api.bodies import object_of, only, text_in
from leadline.api.describing.operations import PAGING, fields, ref, says
from leadline.api.describing.operations import list_of as described_list
from leadline.api.listing import plain_list_of
from leadline.api.records import plain_number
from leadline.api.resources.seeing import seen
from leadline.core.actions import require
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.people.policies import ASK_AN_ADMINISTRATOR
from leadline.plans import actions
from leadline.plans.keys import LONGEST
from leadline.plans.models import Capability
from leadline.plans.policies import may_manage_capabilities

router = Router(tags=["capabilities"])
CAPABILITY = ref("Capability")
SETTABLE: dict[str, Any] = {
    "name": {"type": "string", "maxLength": LONGEST},
    "kind": {"enum": list(Capability.Kind.values)},
    "default_limit": {
        "type": ["string", "number", "null"],
        "description": "What holds without a plan; null for no limit, of a switch 0 or 1.",
    },
    "description": {"type": "string", "maxLength": 300},
}
NEW = {**SETTABLE, "key": {"type": "string", "maxLength": LONGEST, "description": "As events name it."}}
BARE: dict[str, Any] = {"takes": fields({}), "example": {}, "optional": True}


@router.get("", summary="List capabilities", **says(gives=described_list(CAPABILITY), query=PAGING))
def list_capabilities(request: Request) -> HttpResponse:
    """All of them, the retired too; those with `found_at` appeared by themselves, from events."""
    return plain_list_of(request, Capability.objects.visible_to(request.user), _shown)


@router.post(
    "",
    summary="Add a capability",
    **says(
        gives=CAPABILITY,
        status=201,
        takes=fields(NEW, "name", "kind"),
        example={"name": "Video tours", "kind": "metered", "default_limit": "2"},
        versioned=True,
    ),
)
def add_a_capability(request: Request) -> HttpResponse:
    """For administrators. Without a key it is made of the name."""
    given = _given(request, NEW)
    made = actions.add_capability(**{"name": "", "kind": "", **given}, by=request.actor)
    return _answered(request, made, status=201, location=f"/api/v1/capabilities/{made.pk}")


@router.get("/{int:capability_id}", summary="Read a capability", **says(gives=CAPABILITY, versioned=True))
def get_capability(request: Request, capability_id: int) -> HttpResponse:
    """Its kind, and the limit that holds without a plan."""
    return _answered(request, seen(Capability.objects, request, capability_id))


@router.patch(
    "/{int:capability_id}",
    summary="Change a capability",
    **says(gives=CAPABILITY, takes=fields(SETTABLE), example={"default_limit": "10"}, versioned=True),
)
def change_a_capability(request: Request, capability_id: int) -> HttpResponse:
    """For administrators. What is not given stays; usage is counted by it soon after."""
    _require(request)
    capability = seen(Capability.objects, request, capability_id)
    given = _given(request, SETTABLE)
    capability = locked(request, capability)
    return _answered(request, actions.change_capability(capability, **given, by=request.actor))


@router.post(
    "/{int:capability_id}/retire",
    summary="Retire a capability",
    **says(gives=CAPABILITY, **BARE, versioned=True),
)
def retire_a_capability(request: Request, capability_id: int) -> HttpResponse:
    """For administrators. It is shown no more; what was counted stays."""
    _require(request)
    capability = seen(Capability.objects, request, capability_id)
    only(object_of(request, optional=True), ())
    return _answered(request, actions.retire_capability(capability, by=request.actor))


@router.post(
    "/{int:capability_id}/restore",
    summary="Use a capability again",
    **says(gives=CAPABILITY, **BARE, versioned=True),
)
def restore_a_capability(request: Request, capability_id: int) -> HttpResponse:
    """For administrators."""
    _require(request)
    capability = seen(Capability.objects, request, capability_id)
    only(object_of(request, optional=True), ())
    return _answered(request, actions.bring_back_capability(capability, by=request.actor))


def _given(request: Request, accepted: dict[str, Any]) -> dict[str, Any]:
    given = only(object_of(request), accepted)
    read: dict[str, Any] = {name: text_in(given, name) for name in given if name != "default_limit"}
    if "default_limit" in given:
        read["default_limit"] = _limit(given["default_limit"])
    return read


def _limit(value: Any) -> Decimal | None:
    """An amount as text or number; ninety digits or NaN are refused by the action's own words."""
    if value is None:
        return None
    text = str(value) if isinstance(value, str | int | Decimal) and not isinstance(value, bool) else ""
    try:
        limit = Decimal(text.strip()) if len(text) < 30 else Decimal("NaN")
    except ArithmeticError:
        limit = Decimal("NaN")
    if not limit.is_finite():
        message = _("A limit is 0 or more; leave it empty for no limit.")
        raise RuleBroken(message, field="default_limit", value=str(value)[:60])
    return limit


def _require(request: Request) -> None:
    require(may_manage_capabilities(request.user), who_can_help=ASK_AN_ADMINISTRATOR)


def _answered(
    request: Request, capability: Capability, status: int = 200, location: str = ""
) -> HttpResponse:
    told = _shown(capability)
    return answer_record(request, told, version=capability.version, status=status, location=location)


def _shown(capability: Capability) -> dict[str, Any]:
    columns = ("id", "key", "kind", "description", "found_at", "retired_at", "version")
    return {
        **{name: getattr(capability, name) for name in columns},
        "name": capability.label,
        "default_limit": plain_number(capability.default_limit),
    }
