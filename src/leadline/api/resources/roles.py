"""/roles and /permissions: what people may, altered by the same actions as on the pages (PPL-2)."""

from typing import Any

from django.http import Http404, HttpResponse
from ninja import Router

from leadline.api.answering import answer, answer_record, locked
from leadline.api.bodies import object_of, only, text_in, yes_in
from leadline.api.describing.operations import PAGING, fields, list_of, ref, says
from leadline.api.listing import parameters_of, plain_list_of
from leadline.core.actions import require
from leadline.core.requests import Request
from leadline.people import actions, policies
from leadline.people.effects import Effect, effects_on
from leadline.people.models import Role
from leadline.people.permissions import Permission, registered_permissions
from leadline.people.signing import actions as signing

roles, permissions = Router(tags=["users"]), Router(tags=["users"])
TEXT: dict[str, Any] = {"type": "string"}
GRANTS: dict[str, Any] = {
    "type": "object",
    "description": "Object → verb → scope; all of them, what is missing is taken away.",
    "additionalProperties": {"type": "object", "additionalProperties": TEXT},
}
CONTENT: dict[str, dict[str, Any]] = {
    "name": {**TEXT, "maxLength": 100},
    "purpose": {**TEXT, "maxLength": 300},
    "grants": GRANTS,
}
EXAMPLE = {"grants": {"customer": {"view": "team", "edit": "own"}}}
TAKES_NOTHING = says(gives=ref("Role"), takes=fields({}), example={}, optional=True, versioned=True)


@permissions.get("", summary="List permissions", **says(gives=list_of(ref("Permission"))))
def list_permissions(request: Request) -> HttpResponse:
    """Everything that a role can allow, in words, with the scopes to choose from."""
    parameters_of(request, ())
    every = [_permission_shown(each) for found in registered_permissions() for each in found.permissions]
    return answer({"data": every, "next": None, "count": {"value": len(every), "exact": True}})


@roles.get("", summary="List roles", **says(gives=list_of(ref("Role")), query=PAGING))
def list_roles(request: Request) -> HttpResponse:
    """What each role allows: for each object and verb the widest scope. Retired ones say so."""
    return plain_list_of(request, Role.objects.visible_to(request.user), shown)


@roles.get("/{slug:key}", summary="Read a role", **says(gives=ref("Role"), versioned=True))
def get_role(request: Request, key: str) -> HttpResponse:
    """One role."""
    parameters_of(request, ())
    return _answered(request, _role(request, key))


@roles.patch(
    "/{slug:key}",
    summary="Change a role",
    **says(gives=ref("Role"), takes=fields(CONTENT), example=EXAMPLE, versioned=True),
)
def change_role(request: Request, key: str) -> HttpResponse:
    """For administrators. What is not given stays; it holds for all its people on their next request."""
    role = locked(request, _role(request, key))
    return _answered(request, actions.edit_role(role, **_content(request, role), by=request.actor))


@roles.post(
    "/{slug:key}/effect",
    summary="What a change of a role would do",
    **says(gives=list_of(ref("Effect")), takes=fields(CONTENT), example=EXAMPLE),
)
def effect_of_change(request: Request, key: str) -> HttpResponse:
    """Who gains or loses what, counted exactly; nothing is changed. Takes what PATCH takes."""
    role = _role(request, key)
    require(policies.may_manage_people(request.user), who_can_help=policies.ASK_AN_ADMINISTRATOR)
    effects = effects_on(role, actions.edit_role, role, **_content(request, role), by=request.actor)
    count = {"value": len(effects), "exact": True}
    return answer({"data": [_effect_shown(each) for each in effects], "next": None, "count": count})


@roles.post(
    "/{slug:key}/clone",
    summary="Copy a role",
    **says(
        gives=ref("Role"),
        status=201,
        takes=fields({"name": CONTENT["name"], "purpose": CONTENT["purpose"]}, "name"),
        example={"name": "Junior Sales"},
    ),
)
def clone_role(request: Request, key: str) -> HttpResponse:
    """A new role that allows the same; its key is made from the name."""
    role = _role(request, key)
    given = only(object_of(request), ("name", "purpose"))
    made = actions.clone_role(
        role, name=text_in(given, "name"), purpose=text_in(given, "purpose"), by=request.actor
    )
    return answer(shown(made), status=201, location=f"/api/v1/roles/{made.key}")


@roles.post(
    "/{slug:key}/second-factor",
    summary="Require a second factor",
    **says(
        gives=ref("Role"),
        takes=fields({"required": {"type": "boolean"}}, "required"),
        example={"required": True},
        versioned=True,
    ),
)
def require_second_factor(request: Request, key: str) -> HttpResponse:
    """Whoever has the role sets one up at the next click, and their tokens rest until then."""
    role = locked(request, _role(request, key))
    require(policies.may_manage_settings(request.user), who_can_help=policies.ASK_AN_ADMINISTRATOR)
    required = yes_in({"required": None, **only(object_of(request), ("required",))}, "required")
    signing.require_second_factor([role.key], required=required, by=request.actor)
    return _answered(request, _role(request, key))


@roles.post("/{slug:key}/retire", summary="Retire a role", **TAKES_NOTHING)
def retire_role(request: Request, key: str) -> HttpResponse:
    """Given to nobody any more; those who hold it lose what it allows until it is brought back."""
    role = _without_answers(request, key)
    return _answered(request, actions.retire_role(role, by=request.actor))


@roles.post("/{slug:key}/bring-back", summary="Bring a retired role back", **TAKES_NOTHING)
def bring_back_role(request: Request, key: str) -> HttpResponse:
    """It counts again for those who still hold it."""
    role = _without_answers(request, key)
    return _answered(request, actions.bring_back_role(role, by=request.actor))


@roles.post("/{slug:key}/reset", summary="Reset a provided role", **TAKES_NOTHING)
def reset_role(request: Request, key: str) -> HttpResponse:
    """Name, purpose and permissions as this version of Leadline provides them."""
    role = _without_answers(request, key)
    return _answered(request, actions.reset_role(role, by=request.actor))


def shown(role: Role) -> dict[str, Any]:
    """A role as the API tells it."""
    return {
        "key": role.key,
        **role.content,
        "retired": role.is_retired,
        "altered": role.is_altered,
        "provided": role.provided is not None,
        "second_factor_required": role.second_factor_required,
    }


def _role(request: Request, key: str) -> Role:
    found = Role.objects.visible_to(request.user).filter(key=key).first()
    if found is None:
        raise Http404
    return found


def _content(request: Request, role: Role) -> dict[str, Any]:
    given = only(object_of(request), CONTENT)
    words = {name: text_in(given, name, role.content[name]) for name in ("name", "purpose")}
    return {**words, "grants": given.get("grants", role.grants)}


def _without_answers(request: Request, key: str) -> Role:
    only(object_of(request, optional=True), ())
    return locked(request, _role(request, key))


def _answered(request: Request, role: Role) -> HttpResponse:
    return answer_record(request, shown(role), version=role.version)


def _permission_shown(each: Permission) -> dict[str, Any]:
    return {
        "object": each.kind,
        "verb": each.verb,
        "label": str(each.label),
        "help": str(each.help),
        "scopes": list(each.scopes),
    }


def _effect_shown(effect: Effect) -> dict[str, Any]:
    return {
        "object": effect.permission.kind,
        "verb": effect.permission.verb,
        "gains": effect.gains,
        "sentence": effect.sentence,
        "records": effect.records,
        "people": [
            {"id": each.user.pk, "name": each.user.name, "email": each.user.email, "records": each.records}
            for each in effect.people
        ],
    }
