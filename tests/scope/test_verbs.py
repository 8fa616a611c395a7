"""Every role does with customers what the table says, no more and no less (PPL-2, PPL-4)."""

from collections.abc import Callable

import pytest
from django.db import transaction

from leadline.core.actions import Actor
from leadline.core.refusals import Refusal
from leadline.customers import actions, policies
from leadline.customers.models import Customer
from leadline.people.models import Territory, User
from leadline.people.permissions import permission, registered_permissions
from leadline.people.provided_roles import provided_grants
from tests.routes.planting import holder_of
from tests.routes.table import REACHED

ROLES = sorted(provided_grants())


def allowed(role: str) -> dict[str, str]:
    """Verb → scope on customers, as the table says."""
    return provided_grants()[role].get("customer", {})


class Undone(Exception):
    """Takes back what was tried."""


def succeeds(trying: Callable[[], object]) -> bool:
    """Whether it is done; it is taken back either way."""
    try:
        with transaction.atomic():
            trying()
            raise Undone
    except Undone:
        return True
    except Refusal:
        return False


@pytest.fixture
def holder(cast) -> Callable[[str], User]:
    """Somebody of a role, so placed that the scopes can be told apart."""
    return lambda role: holder_of(role, cast)


# Who does what, in the words of the specification (01-people.md); checked against the table by hand.
SPECIFIED = {
    "inside-sales": ("own", {"edit", "export"}, {"assign", "import"}),
    "field-sales": ("territory", {"edit", "export"}, {"assign", "import"}),
    "sales-manager": ("team", {"edit", "assign"}, set()),
    "lead-manager": ("all", {"assign"}, {"edit"}),
    "support-rep": ("all", {"log"}, {"edit", "export"}),
    "auditor": ("all", set(), {"create", "edit", "log", "assign", "block", "archive", "import", "export"}),
    "product": (None, set(), {"view"}),
    "administrator": ("all", {"edit", "assign", "archive", "import", "export"}, set()),
}


@pytest.mark.parametrize("role", SPECIFIED)
def test_the_table_says_what_the_specification_says(role):
    """PPL-2: so that a slip in the table is found by something that is not the table."""
    seen, may, may_not = SPECIFIED[role]

    assert allowed(role).get("view") == seen
    assert may <= set(allowed(role))
    assert not may_not & set(allowed(role))


def test_the_table_and_the_registry_know_the_same():
    """Each cell is a permission that some app declares, with a scope it can have; each has its column."""
    given = {
        (kind, verb)
        for grants in provided_grants().values()
        for kind, verbs in grants.items()
        for verb in verbs
    }
    declared = {(each.kind, each.verb) for found in registered_permissions() for each in found.permissions}

    assert given == declared
    for grants in provided_grants().values():
        for kind, verbs in grants.items():
            assert all(scope in permission(kind, verb).scopes for verb, scope in verbs.items())


@pytest.mark.parametrize("role", ROLES)
def test_a_role_reaches_what_the_table_says(cast, make, holder, role):
    """PPL-4: each verb tried on the own customer, one of the team, one of the territory, one of others."""
    user = holder(role)
    by = Actor(user)
    customers = {
        "own": make.customer(user),
        "team's": make.customer(cast.rosa),
        "territory's": make.customer(cast.otto),
        "others'": make.customer(cast.otto),
    }
    java = Territory.objects.get(name="Java")
    Customer.objects.filter(pk=customers["territory's"].pk).update(territory=java)
    attempts: dict[str, Callable[[Customer], object]] = {
        "edit": lambda customer: actions.edit_customer(customer, city="Medan", by=by),
        "assign": lambda customer: actions.assign_customer(customer, owner=user, by=by),
        "archive": lambda customer: actions.archive_customer(customer, by=by),
        "block": lambda customer: actions.block_customer(customer, reason="Fraud", by=by),
        "log": lambda customer: actions.log_activity(customer, kind="call", title="T", by=by),
    }
    happened = {
        verb: {whose for whose, customer in customers.items() if succeeds(lambda c=customer, a=attempt: a(c))}
        for verb, attempt in attempts.items()
    }
    for verb in ("view", "export"):
        seen = set(Customer.objects.visible_to(user, verb))
        happened[verb] = {whose for whose, customer in customers.items() if customer in seen}

    assert happened == {verb: REACHED[allowed(role).get(verb)] for verb in happened}


@pytest.mark.parametrize("role", ROLES)
def test_a_role_adds_and_brings_in_what_the_table_says(holder, role):
    """CUS-3, CUS-19: adding by hand, and files."""
    user = holder(role)
    add = lambda: actions.add_customer(name="Kopi", email="a@b.example", by=Actor(user))  # noqa: E731

    assert succeeds(add) == ("create" in allowed(role))
    assert policies.may_import_customers(user) == ("import" in allowed(role))
    assert policies.may_export_customers(user) == ("export" in allowed(role))
