"""/lead-stages, /lead-reasons, /calling-hours: what an administrator sets about leads (LEA-4, LEA-5)."""

from datetime import time
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import answer
from leadline.api.bodies import object_of, only, text_in
from leadline.api.describing.operations import PAGING, fields, ref, says
from leadline.api.describing.operations import list_of as described_list
from leadline.api.listing import parameters_of, plain_list_of
from leadline.api.resources.seeing import one_of
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.leads import actions
from leadline.leads.calling import calling_hours
from leadline.leads.models import Reason, Stage

stages, reasons, hours = Router(tags=["leads"]), Router(tags=["leads"]), Router(tags=["leads"])
STAGE, REASON, HOURS = ref("LeadStage"), ref("LeadReason"), ref("CallingHours")
NAME = {"name": {"type": "string", "maxLength": 60}}
PLACED: dict[str, Any] = {**NAME, "position": {"type": "integer", "minimum": 1}}
MOST = {
    "type": ["integer", "null"],
    "minimum": 1,
    "maximum": 100_000,
    "description": "How many leads should stand in it at once; null for any number.",
}
TIME = {"type": "string", "description": "As 09:00."}


def shown(listed: Stage | Reason) -> dict[str, Any]:
    """A stage or a reason as it is told."""
    told = {name: getattr(listed, name) for name in ("id", "key", "position", "retired_at")}
    kind = {"kind": listed.kind, "most": listed.most} if isinstance(listed, Stage) else {}
    return {**told, "name": listed.label, **kind}


def _kept(router: Router, model: Any, what: str, gives: Any) -> None:
    """List, add and change, over stages and over reasons alike."""

    @router.get(
        "",
        summary=f"List {what}s of leads",
        operation_id=f"list_lead_{what}s",
        **says(gives=described_list(gives), query=PAGING),
    )
    def list_them(request: Request) -> HttpResponse:
        """All of them, retired ones too; `position` says in which order they stand."""
        return plain_list_of(request, model.objects.all(), shown)

    @router.post(
        "",
        summary=f"Add a {what}",
        operation_id=f"add_lead_{what}",
        **says(gives=gives, status=201, takes=fields(NAME, "name"), example={"name": "Warm"}),
    )
    def add(request: Request) -> HttpResponse:
        """For administrators."""
        given = only(object_of(request), ("name",))
        made = actions.add_listed(model, name=text_in(given, "name"), by=request.actor)
        return answer(shown(made), status=201, location=f"/api/v1/lead-{what}s/{made.pk}")

    limited = {"most": MOST} if model is Stage else {}

    @router.patch(
        "/{int:listed_id}",
        summary=f"Rename or move a {what}",
        operation_id=f"change_lead_{what}",
        **says(gives=gives, takes=fields({**PLACED, **limited}), example={"name": "Warm"}),
    )
    def change(request: Request, listed_id: int) -> HttpResponse:
        """For administrators. What is not given stays."""
        listed = one_of(model.objects.all(), listed_id)
        given = only(object_of(request), ("name", "position", *limited))
        if "most" in given:
            name = text_in(given, "name") or listed.label
            listed = actions.change_stage(listed, name=name, most=_most_in(given), by=request.actor)
        elif "name" in given:
            listed = actions.rename_listed(listed, name=text_in(given, "name"), by=request.actor)
        if "position" in given:
            listed = actions.move_listed(listed, to=_place_in(given), by=request.actor)
        return answer(shown(listed))


def _retired(router: Router, model: Any, what: str, gives: Any) -> None:
    """Retire and restore, over both."""
    without_answers = says(gives=gives, takes=fields({}), example={}, optional=True)

    @router.post(
        "/{int:listed_id}/retire",
        summary=f"Retire a {what}",
        operation_id=f"retire_lead_{what}",
        **without_answers,
    )
    def retire(request: Request, listed_id: int) -> HttpResponse:
        """For administrators. It is offered no more; leads that have it keep it."""
        listed = one_of(model.objects.all(), listed_id)
        only(object_of(request, optional=True), ())
        return answer(shown(actions.retire_listed(listed, by=request.actor)))

    @router.post(
        "/{int:listed_id}/restore",
        summary=f"Use a {what} again",
        operation_id=f"restore_lead_{what}",
        **without_answers,
    )
    def restore(request: Request, listed_id: int) -> HttpResponse:
        """For administrators."""
        listed = one_of(model.objects.all(), listed_id)
        only(object_of(request, optional=True), ())
        return answer(shown(actions.bring_back_listed(listed, by=request.actor)))


for _add_operations in (_kept, _retired):
    _add_operations(stages, Stage, "stage", STAGE)
    _add_operations(reasons, Reason, "reason", REASON)


@hours.get("", summary="Read the calling hours", **says(gives=HOURS))
def get_calling_hours(request: Request) -> HttpResponse:
    """When people may be called, by their own clocks; days are 1 (Monday) to 7."""
    parameters_of(request, ())
    return answer(_told())


@hours.put(
    "",
    summary="Set the calling hours",
    **says(
        gives=HOURS,
        takes=fields(
            {
                "begins": TIME,
                "ends": TIME,
                "days": {"type": "array", "items": {"type": "integer", "minimum": 1, "maximum": 7}},
            },
            "begins",
            "ends",
            "days",
        ),
        example={"begins": "09:00", "ends": "20:00", "days": [1, 2, 3, 4, 5]},
    ),
)
def set_calling_hours(request: Request) -> HttpResponse:
    """For administrators."""
    given = only(object_of(request), ("begins", "ends", "days"))
    days = given.get("days")
    if not isinstance(days, list) or not all(type(day) is int and 1 <= day <= 7 for day in days):
        raise RuleBroken(_("Days are numbers from 1 (Monday) to 7."), field="days", value=days)
    actions.set_calling_hours(
        begins=_time_in(given, "begins"), ends=_time_in(given, "ends"), days=days, by=request.actor
    )
    return answer(_told())


def _told() -> dict[str, Any]:
    now = calling_hours()
    return {"begins": f"{now.begins:%H:%M}", "ends": f"{now.ends:%H:%M}", "days": sorted(now.days)}


def _time_in(given: dict[str, Any], name: str) -> time:
    try:
        found = time.fromisoformat(text_in(given, name))
    except ValueError as error:
        raise RuleBroken(_("A time as 09:00."), field=name, value=given.get(name)) from error
    return found.replace(tzinfo=None)


def _most_in(given: dict[str, Any]) -> int | None:
    most = given["most"]
    if most is not None and (type(most) is not int or not 1 <= most <= 100_000):
        raise RuleBroken(_("A whole number from 1, or null."), field="most", value=most)
    return most


def _place_in(given: dict[str, Any]) -> int:
    place = given["position"]
    if type(place) is not int or not 1 <= place <= 10_000:
        raise RuleBroken(_("A whole number from 1."), field="position", value=place)
    return place
