"""/users/{id}/absences, /hours, /skills: when somebody works and is away, and what they know (PPL-1)."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import answer
from leadline.api.bodies import id_in, object_of, only, text_in
from leadline.api.describing.operations import PAGING, fields, ref, says
from leadline.api.describing.operations import list_of as described_list
from leadline.api.listing import plain_list_of
from leadline.api.resources.people import user_shown
from leadline.api.resources.seeing import one_of, seen
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.people.models import User
from leadline.people.working import actions, policies
from leadline.people.working.hours import WEEKDAYS
from leadline.people.working.models import Absence

router = Router(tags=["users"])
GIVES = ref("Absence")
NAMES = ("begins_on", "ends_on", "kind", "deputy")
TAKES: dict[str, Any] = {
    "begins_on": {"type": "string", "format": "date", "description": "The first day, in the person's zone."},
    "ends_on": {"type": "string", "format": "date", "description": "The last day."},
    "kind": {"enum": Absence.Kind.values},
    "deputy": {"type": ["integer", "null"], "description": "The id of a user who stands in."},
}
EXAMPLE = {"begins_on": "2026-12-21", "ends_on": "2026-12-31", "kind": "holiday"}
HOURS = {
    weekday: {"type": ["string", "null"], "maxLength": 120, "examples": ["09:00–12:00, 13:00–17:00"]}
    for weekday in WEEKDAYS
}
SKILLS = {
    "type": "array",
    "maxItems": 500,
    "items": fields({"id": {"type": "integer"}, "level": {"enum": [1, 2, 3]}}, "id", "level"),
}


@router.get(
    "/{int:user_id}/absences", summary="List absences", **says(gives=described_list(GIVES), query=PAGING)
)
def list_absences(request: Request, user_id: int) -> HttpResponse:
    """When a colleague is and was away; why, only for who may know."""
    person = _person(request, user_id)
    rows = Absence.objects.visible_to(request.user).filter(user=person).select_related("deputy")
    return plain_list_of(request, rows, lambda absence: _shown(absence, person, request))


@router.post(
    "/{int:user_id}/absences",
    summary="Enter an absence",
    **says(gives=GIVES, status=201, takes=fields(TAKES, "begins_on", "ends_on"), example=EXAMPLE),
)
def enter_absence(request: Request, user_id: int) -> HttpResponse:
    """For the person, the manager and administrators. Absences of one person never overlap."""
    person = _person(request, user_id)
    given = only(object_of(request), NAMES)
    values = {"begins_on": _day(given, "begins_on"), "ends_on": _day(given, "ends_on"), **_read(given)}
    absence = actions.enter_absence(person, **values, by=request.actor)
    return answer(_shown(absence, person, request), status=201)


@router.patch(
    "/{int:user_id}/absences/{int:absence_id}",
    summary="Change an absence",
    **says(gives=GIVES, takes=fields(TAKES), example={"ends_on": "2026-12-30"}),
)
def change_absence(request: Request, user_id: int, absence_id: int) -> HttpResponse:
    """What is not given stays."""
    person = _person(request, user_id)
    absence = _absence(request, person, absence_id)
    kept: dict[str, Any] = {name: getattr(absence, name) for name in NAMES}
    given = only(object_of(request), NAMES)
    days: dict[str, Any] = {name: _day(given, name) for name in ("begins_on", "ends_on") if name in given}
    changed = actions.change_absence(absence, **{**kept, **days, **_read(given)}, by=request.actor)
    return answer(_shown(changed, person, request))


@router.post(
    "/{int:user_id}/absences/{int:absence_id}/remove",
    summary="Remove an absence",
    **says(gives=GIVES, takes=fields({}), example={}, optional=True),
)
def remove_absence(request: Request, user_id: int, absence_id: int) -> HttpResponse:
    """For one that does not take place."""
    person = _person(request, user_id)
    absence = _absence(request, person, absence_id)
    only(object_of(request, optional=True), ())
    shown = _shown(absence, person, request)
    actions.remove_absence(absence, by=request.actor)
    return answer(shown)


@router.post(
    "/{int:user_id}/hours",
    summary="Say when somebody works",
    **says(gives=ref("User"), takes=fields(HOURS), example={"monday": "09:00–17:00"}),
)
def tell_hours(request: Request, user_id: int) -> HttpResponse:
    """In the zone of the person; a day not given is free, {} means the usual: Monday to Friday, 9 to 17."""
    person = _person(request, user_id)
    given = only(object_of(request), WEEKDAYS)
    changed = actions.tell_hours(person, **{day: text_in(given, day) for day in given}, by=request.actor)
    return answer(user_shown(changed, request))


@router.post(
    "/{int:user_id}/skills",
    summary="Say what somebody knows",
    **says(
        gives=ref("User"),
        takes=fields({"skills": SKILLS}, "skills"),
        example={"skills": [{"id": 1, "level": 3}]},
    ),
)
def give_skills(request: Request, user_id: int) -> HttpResponse:
    """Whole: what is not named the person no longer has."""
    person = _person(request, user_id)
    given = only(object_of(request), ("skills",)).get("skills")
    if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
        message = _("“skills” is a list like [{“id”: 1, “level”: 2}].")
        raise RuleBroken(message, field="skills", value=given)
    levels = {id_in(only(each, ("id", "level")), "id"): each.get("level") for each in given}
    changed = actions.give_skills(person, levels=levels, by=request.actor)
    return answer(user_shown(changed, request))


def _person(request: Request, key: int) -> User:
    return seen(User.objects.select_related("manager", "team"), request, key)


def _absence(request: Request, person: User, key: int) -> Absence:
    rows = Absence.objects.visible_to(request.user).select_related("user", "deputy")
    return one_of(rows.filter(user=person), key)


def _day(given: dict[str, Any], name: str) -> date:
    try:
        return date.fromisoformat(text_in(given, name))
    except ValueError:
        message = _("“%(name)s” is a day like 2026-12-31.")
        raise RuleBroken(message % {"name": name}, field=name, value=given.get(name)) from None


def _read(given: dict[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {"kind": text_in(given, "kind")} if "kind" in given else {}
    if "deputy" in given:
        values["deputy"] = None
        if given["deputy"] is not None:
            values["deputy"] = User.objects.active().filter(pk=id_in(given, "deputy")).first()
            if values["deputy"] is None:
                message = _("“%(name)s” is the id of a record.")
                raise RuleBroken(message % {"name": "deputy"}, field="deputy", value=given["deputy"])
    return values


def _shown(absence: Absence, person: User, request: Request) -> dict[str, Any]:
    deputy = absence.deputy
    return {
        "id": absence.pk,
        "begins_on": absence.begins_on,
        "ends_on": absence.ends_on,
        "kind": absence.kind if policies.may_see_why_away(request.user, person) else None,
        "deputy": {"id": deputy.pk, "email": deputy.email, "name": deputy.name} if deputy else None,
    }
