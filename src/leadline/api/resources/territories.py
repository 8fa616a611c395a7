"""/territories: which part of the market belongs to whom (PPL-3)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import answer
from leadline.api.bodies import id_in, object_of, only, text_in
from leadline.api.describing.operations import PAGING, fields, ref, says
from leadline.api.describing.operations import list_of as described_list
from leadline.api.listing import parameters_of, plain_list_of
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.customers import actions
from leadline.customers.actions.territories import Arranged
from leadline.customers.queries.territories import rules_in_words
from leadline.people.models import Territory, User

router = Router(tags=["territories"])
GIVES = ref("Territory")
NAMES = ("name", "members", "rules")
TAKES: dict[str, Any] = {
    "name": {"type": "string", "maxLength": 100},
    "members": {"type": "array", "items": {"type": "integer"}, "description": "Ids of users."},
    "rules": {
        "type": ["object", "null"],
        "description": "A condition over country, region, city, postcode, industry, employees and kind.",
    },
}
EXAMPLE = {
    "name": "West Java",
    "members": [],
    "rules": {
        "and": [
            {"field": "country", "op": "equals", "value": "ID"},
            {"field": "postcode", "op": "between", "value": ["40", "46"]},
        ]
    },
}
WITHOUT_ANSWERS = says(gives=GIVES, takes=fields({}), example={}, optional=True)


@router.get("", summary="List territories", **says(gives=described_list(GIVES), query=PAGING))
def list_territories(request: Request) -> HttpResponse:
    """All territories, the newest first; `position` is the order in which they take customers in."""
    return plain_list_of(request, Territory.objects.prefetch_related("members"), _shown)


@router.get("/{int:territory_id}", summary="Read a territory", **says(gives=GIVES))
def get_territory(request: Request, territory_id: int) -> HttpResponse:
    """One territory with its rules, also in words; `GET /customers` can be filtered by it."""
    parameters_of(request, ())
    return answer(_shown(_territory(territory_id)))


@router.post(
    "",
    summary="Add a territory",
    **says(gives=GIVES, status=201, takes=fields(TAKES, "name"), example=EXAMPLE),
)
def add_territory(request: Request) -> HttpResponse:
    """For administrators. The last in order; `job` places those who fit."""
    given = only(object_of(request), NAMES)
    values = {**_read(given), "name": text_in(given, "name")}
    arranged = actions.add_territory(**values, by=request.actor)
    location = f"/api/v1/territories/{arranged.territory.pk}"
    return answer(_arranged(arranged), status=201, location=location)


@router.patch(
    "/{int:territory_id}",
    summary="Change a territory",
    **says(
        gives=GIVES,
        takes=fields({**TAKES, "position": {"type": "integer", "minimum": 1}}),
        example={"position": 1},
    ),
)
def change_territory(request: Request, territory_id: int) -> HttpResponse:
    """For administrators. What is not given stays; other rules or another `position` place customers anew."""
    territory = _territory(territory_id)
    given = only(object_of(request), [*NAMES, "position"])
    values = _read(given)
    if "name" in given:
        values["name"] = text_in(given, "name")
    if "position" in given:
        values["position"] = id_in(given, "position")
    return answer(_arranged(actions.change_territory(territory, **values, by=request.actor)))


@router.post("/{int:territory_id}/retire", summary="Retire a territory", **WITHOUT_ANSWERS)
def retire_territory(request: Request, territory_id: int) -> HttpResponse:
    """For administrators. Its customers go where the other rules say."""
    territory = _territory(territory_id)
    only(object_of(request, optional=True), ())
    return answer(_arranged(actions.retire_territory(territory, by=request.actor)))


@router.post("/{int:territory_id}/restore", summary="Use a territory again", **WITHOUT_ANSWERS)
def restore_territory(request: Request, territory_id: int) -> HttpResponse:
    """For administrators. The last in order."""
    territory = _territory(territory_id)
    only(object_of(request, optional=True), ())
    return answer(_arranged(actions.restore_territory(territory, by=request.actor)))


def _territory(key: int) -> Territory:
    found = Territory.objects.filter(pk=key).first() if 0 < key < 2**63 else None
    if found is None:
        raise Http404
    return found


def _read(given: dict[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if "rules" in given:
        values["rules"] = given["rules"] or {}
    if "members" in given:
        values["members"] = _members(given["members"])
    return values


def _members(keys: Any) -> list[User]:
    whole = isinstance(keys, list) and all(type(key) is int and 0 < key < 2**63 for key in keys)
    found = list(User.objects.active().filter(pk__in=keys)) if whole else []
    if not whole or len(found) != len(set(keys)):
        message = _("“%(name)s” is a list of ids of people who work here.") % {"name": "members"}
        raise RuleBroken(message, field="members", value=keys)
    return found


def _arranged(arranged: Arranged) -> dict[str, Any]:
    return {**_shown(arranged.territory), "job": arranged.job.pk if arranged.job else None}


def _shown(territory: Territory) -> dict[str, Any]:
    members = sorted(territory.members.all(), key=lambda member: member.pk)
    return {
        "id": territory.pk,
        "name": territory.name,
        "position": territory.position,
        "rules": territory.rules,
        "in_words": rules_in_words(territory),
        "members": [{"id": each.pk, "email": each.email, "name": each.name} for each in members],
        "retired_at": territory.retired_at,
    }
