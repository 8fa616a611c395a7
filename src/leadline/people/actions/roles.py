"""Roles (PPL-2)."""

from leadline.core.actions import Actor, action, require
from leadline.people import policies
from leadline.people.models import Role
from leadline.people.provided_roles import provided_roles


@action
def provide_roles(*, by: Actor) -> None:
    """Bring the provided roles that are not there yet; altered ones stay as they are (ALL-11)."""
    require(policies.may_manage_people(by.user))
    known = set(Role.objects.values_list("key", flat=True))
    Role.objects.bulk_create(Role(**role) for role in provided_roles() if role["key"] not in known)
