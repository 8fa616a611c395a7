"""/users: who works here (PPL-1)."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import answer
from leadline.api.bodies import object_of, only, text_in, texts_in
from leadline.api.describing.operations import LISTING, ref, says
from leadline.api.describing.operations import list_of as described_list
from leadline.api.describing.schemas import taken
from leadline.api.listing import list_of, parameters_of
from leadline.api.records import record_of
from leadline.api.resources.seeing import seen
from leadline.api.scopes import Colleagues
from leadline.core.clock import now
from leadline.core.drafts import clean_draft, missing_fields
from leadline.core.refusals import RuleBroken, RulesBroken
from leadline.core.requests import Request
from leadline.customers.actions import cleaning_for
from leadline.people import actions
from leadline.people.fields import USER
from leadline.people.models import Team, User
from leadline.people.working.policies import load_visible_to
from leadline.people.working.queries import at_work, away_now, loads_of

users = Router(tags=["users"])
SETTABLE = [field.name for field in USER.fields if field.editable]
ROLES = {"type": "array", "items": {"type": "string"}, "description": "Keys of roles, such as inside-sales."}
PASSWORD = {"type": "string", "minLength": 10, "writeOnly": True}
EXAMPLE = {
    "name": "Rosa",
    "email": "rosa@company.example",
    "roles": ["inside-sales"],
    "password": "long and secret",
}


@users.get("", summary="List users", **says(gives=described_list(ref("User")), query=LISTING))
def list_users(request: Request) -> HttpResponse:
    """Your colleagues, by name; the roles stand on each single user."""
    return list_of(request, USER, Colleagues())


@users.get("/me", summary="Read yourself", **says(gives=ref("User")))
def get_me(request: Request) -> HttpResponse:
    """The user behind the token."""
    parameters_of(request, ())
    return answer(user_shown(request.user, request))


@users.get("/{int:user_id}", summary="Read a user", **says(gives=ref("User")))
def get_user(request: Request, user_id: int) -> HttpResponse:
    """One colleague with the keys of the roles."""
    parameters_of(request, ())
    return answer(user_shown(seen(User.objects.all(), request, user_id), request))


@users.post(
    "",
    summary="Add a user",
    **says(
        gives=ref("User"),
        status=201,
        takes=taken(USER, to_create=True, without=["is_active"], roles=ROLES, password=PASSWORD),
        example=EXAMPLE,
    ),
)
def add_user(request: Request) -> HttpResponse:
    """For administrators."""
    names = [name for name in SETTABLE if name != "is_active"]
    given = only(object_of(request), [*names, "roles", "password"])
    secret, held = text_in(given, "password"), texts_in(given, "roles")
    values = _cleaned(request, given, to_create=True)
    values["team"] = team_of(values.get("team"))
    if "manager" in values:
        values["manager"] = _user_of(values["manager"])
    user = actions.add_user(**values, roles=held, password=secret, by=request.actor)
    return answer(user_shown(user, request), status=201, location=f"/api/v1/users/{user.pk}")


@users.patch(
    "/{int:user_id}",
    summary="Change a user",
    **says(
        gives=ref("User"),
        takes=taken(USER, to_create=False, without=["email"], roles=ROLES),
        example={"roles": ["sales-manager"], "is_active": True},
    ),
)
def change_user(request: Request, user_id: int) -> HttpResponse:
    """For administrators. What is not given stays; who leaves is deactivated, never removed."""
    user = seen(User.objects.select_related("team"), request, user_id)
    given = only(object_of(request), [*(name for name in SETTABLE if name != "email"), "roles"])
    held = texts_in(given, "roles") if "roles" in given else _roles_that_count(user)
    values = _cleaned(request, given)
    team = team_of(values.pop("team")) if "team" in values else user.team
    if "manager" in values:
        values["manager"] = _user_of(values["manager"])
    kept = {name: getattr(user, name) for name in ("name", "phone", "language", "time_zone", "is_active")}
    changed = actions.change_user(user, **{**kept, **values}, team=team, roles=held, by=request.actor)
    return answer(user_shown(changed, request))


def _cleaned(request: Request, given: dict[str, Any], *, to_create: bool = False) -> dict[str, Any]:
    answers = {name: value for name, value in given.items() if name in SETTABLE}
    draft = clean_draft(USER, answers, cleaning_for(request.actor), keep_empty=not to_create)
    lacking = missing_fields(USER, draft) if to_create else ()
    if lacking:
        raise RulesBroken(lacking)
    if "is_active" in draft.values and draft.values["is_active"] is None:
        raise RuleBroken(_("“%(name)s” is true or false.") % {"name": "is_active"}, field="is_active")
    return dict(draft.values)


def team_of(key: int | None) -> Team | None:
    """The team of a key; None for none."""
    return Team.objects.filter(pk=key).first() if key else None


def _user_of(key: int | None) -> User | None:
    return User.objects.filter(pk=key).first() if key else None


def _roles_of(user: User) -> list[str]:
    return list(user.roles.order_by("position").values_list("key", flat=True))


def _roles_that_count(user: User) -> list[str]:
    return list(user.roles.filter(retired_at=None).values_list("key", flat=True))


def user_shown(user: Any, request: Request) -> dict[str, Any]:
    """A user as the API tells of one."""
    return {**record_of(USER, user.pk, request.user), "roles": _roles_of(user), **_work_of(user, request)}


def _work_of(user: User, request: Request) -> dict[str, Any]:
    own = User.objects.filter(pk=user.pk)
    away = away_now(own).get(user.pk)
    load = loads_of(own.filter(load_visible_to(request.user))).get(user.pk)
    held = user.held_skills.filter(skill__retired_at=None).select_related("skill").order_by("skill__name")
    return {
        "customers": load.has if load else None,
        "away_until": away.ends_on if away else None,
        "at_work": user.pk in at_work(own, now()),
        "skills": [{"id": each.skill_id, "name": each.skill.name, "level": each.level} for each in held],
    }
