"""Roles: changed, copied, retired, and as they come along (PPL-2)."""

from typing import Any

from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock, require
from leadline.core.clock import now
from leadline.core.events import publish
from leadline.core.history import changes_since
from leadline.core.refusals import EditConflict, RuleBroken
from leadline.people import policies
from leadline.people.actions.granting import cleaned_grants, differing
from leadline.people.actions.rules import ADMINISTRATION, alone, given, require_an_administrator
from leadline.people.events import RoleBroughtBack, RoleChanged, RoleCloned, RoleRetired
from leadline.people.models import Role
from leadline.people.provided_roles import Grants, provided_roles

LONGEST_KEY = 50


@action
def edit_role(
    role: Role, *, name: str, purpose: str, grants: Grants, version: int | None = None, by: Actor
) -> Role:
    """Change a role's name, purpose and permissions; holds for all its people on their next request.

    Raises `EditConflict` when `version` is not the present one, `RuleBroken` for a permission or scope that
    is not known, and where nobody would be left who may manage people (PPL-2).
    """
    role = _alone_with(role, by)
    if version is not None and version != role.version:
        raise EditConflict(changes_since("role", role.pk, version), role.version)
    name = given(name)
    _require_name_of_its_own(name, role)
    content = {"name": name, "purpose": purpose.strip(), "grants": cleaned_grants(grants, role.grants)}
    return _changed(role, content, by)


@action
def reset_role(role: Role, *, by: Actor) -> Role:
    """Give a role that came along the name, purpose and permissions that this version provides."""
    role = _alone_with(role, by)
    if role.provided is None:
        raise RuleBroken(_("This role was made here; there is nothing to go back to."))
    _require_name_of_its_own(role.provided["name"], role)
    return _changed(role, role.provided, by)


@action
def clone_role(role: Role, *, name: str, purpose: str = "", by: Actor) -> Role:
    """Make a role that allows what another does, to be altered then; nobody holds it yet."""
    role = _alone_with(role, by)
    name = given(name)
    _require_name_of_its_own(name)
    last = Role.objects.aggregate(last=Max("position"))["last"] or 0
    content = {"name": name, "purpose": purpose.strip() or role.purpose, "grants": role.grants}
    made = Role.objects.create(
        key=_free_key(name),
        position=last + 1,
        second_factor_required=role.second_factor_required,
        **content,
    )
    publish(RoleCloned(of_role_id=role.pk), by=by, about=[made, role])
    return made


@action
def retire_role(role: Role, *, by: Actor) -> Role:
    """Take a role out of use: nobody is given it, and those who hold it lose at once what it allowed.

    They go on holding it, so that bringing it back gives them everything again.
    """
    role = _alone_with(role, by)
    if role.is_retired:
        return role
    role.retired_at = now()
    _save(role, "retired_at")
    require_an_administrator()
    publish(RoleRetired(), by=by, about=[role])
    return role


@action
def bring_back_role(role: Role, *, by: Actor) -> Role:
    """Let a retired role count again."""
    role = _alone_with(role, by)
    if not role.is_retired:
        return role
    _require_name_of_its_own(role.name, role)
    role.retired_at = None
    _save(role, "retired_at")
    publish(RoleBroughtBack(), by=by, about=[role])
    return role


@action
def provide_roles(*, by: Actor) -> None:
    """Bring the roles that come along: new ones, and new permissions of those that nobody altered (ALL-11).

    An altered role stays as it is, and knows what it would be by now, to be reset to.
    """
    require(policies.may_manage_people(by.user))
    alone(ADMINISTRATION)
    known = Role.objects.in_bulk(field_name="key")
    for provided in provided_roles():
        content = {name: provided[name] for name in ("name", "purpose", "grants")}
        role = known.get(provided["key"])
        if role is None:
            Role.objects.create(provided=content, **provided)
        elif role.provided is not None and role.provided != content:
            _provide_anew(role, content, by)


def _provide_anew(role: Role, content: dict[str, Any], by: Actor) -> None:
    altered = role.is_altered
    role.provided = content
    role.save(update_fields=["provided"])
    if not altered:
        _changed(role, content, by)


def _alone_with(role: Role, by: Actor) -> Role:
    """The role, locked, while nobody else changes who may what."""
    require(policies.may_manage_people(by.user), who_can_help=policies.ASK_AN_ADMINISTRATOR)
    alone(ADMINISTRATION)
    return lock(role)


def _changed(role: Role, content: dict[str, Any], by: Actor) -> Role:
    """The role with this content; nothing is written or told where that is what it has."""
    if content == role.content:
        return role
    permissions = differing(role.grants, content["grants"])
    for name, value in content.items():
        setattr(role, name, value)
    _save(role, *content)
    require_an_administrator()
    publish(RoleChanged(permissions=permissions), by=by, about=[role])
    return role


def _save(role: Role, *fields: str) -> None:
    role.version += 1
    role.save(update_fields=[*fields, "version"])


def _require_name_of_its_own(name: str, role: Role | None = None) -> None:
    others = Role.objects.filter(retired_at=None, name__iexact=name)
    if (others.exclude(pk=role.pk) if role else others).exists():
        raise RuleBroken(_("There is a role of this name."), field="name", value=name)


def _free_key(name: str) -> str:
    """A key for a new role: its name in kebab-case, with a number where that is taken."""
    start = slugify(name)[: LONGEST_KEY - 4] or "role"
    taken = set(Role.objects.filter(key__startswith=start).values_list("key", flat=True))
    numbered = (f"{start}-{number}" for number in range(2, len(taken) + 3))
    return start if start not in taken else next(key for key in numbered if key not in taken)
