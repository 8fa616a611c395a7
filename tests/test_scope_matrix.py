"""Every role does with customers what the table says, no more and no less (PPL-2, PPL-4)."""

from collections.abc import Callable

import pytest
from django.db import transaction

from leadline.core.actions import Actor
from leadline.core.refusals import Refusal
from leadline.customers import actions, policies
from leadline.customers.models import Contact, Customer
from leadline.people.models import Role, User
from leadline.people.provided_roles import PROVIDED
from tests.scope_matrix import matrix

REACHED = {None: set(), "own": {"own"}, "team": {"own", "team's"}, "all": {"own", "team's", "others'"}}
ROLES = sorted(matrix())


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
    """Somebody of a role who manages North, so that own and team scope can be told apart."""

    def made(role: str) -> User:
        user = User.objects.create(email="holder@example.com", name="Holder", team=cast.north, password="!")
        user.roles.set([Role.objects.get(key=role)])
        cast.north.manager = user
        cast.north.save()
        return User.objects.get(pk=user.pk)

    return made


def test_the_provided_roles_are_those_of_the_table():
    """ALL-11: the roles that come with an installation, as the specification gives them."""
    provided = {role["key"]: role["grants"].get("customer", {}) for role in PROVIDED}

    assert provided == matrix()


@pytest.mark.parametrize("role", ROLES)
def test_a_role_reaches_what_the_table_says(cast, make, holder, role):
    """PPL-4: each verb tried on the own customer, one of the team, and one of others."""
    user = holder(role)
    by = Actor(user)
    customers = {
        "own": make.customer(user),
        "team's": make.customer(cast.rosa),
        "others'": make.customer(cast.otto),
    }
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

    allowed = matrix()[role]
    assert happened == {verb: REACHED[allowed.get(verb)] for verb in happened}


@pytest.mark.parametrize("role", ROLES)
def test_a_role_adds_and_brings_in_what_the_table_says(holder, role):
    """CUS-3, CUS-19: adding by hand, and files."""
    user = holder(role)
    add = lambda: actions.add_customer(name="Kopi", email="a@b.example", by=Actor(user))  # noqa: E731

    assert succeeds(add) == ("create" in matrix()[role])
    assert policies.may_import_customers(user) == ("import" in matrix()[role])
    assert policies.may_export_customers(user) == ("export" in matrix()[role])


@pytest.mark.parametrize("role", ROLES)
def test_what_belongs_to_a_customer_is_seen_with_it(cast, make, holder, role):
    """PPL-4: contacts, notes and activities have no scope of their own."""
    user = holder(role)
    customers = [make.customer(user), make.customer(cast.rosa), make.customer(cast.otto)]
    for customer in customers:
        make.contact(customer)
    notes = [make.note(customer) for customer in customers]
    calls = [make.activity(customer) for customer in customers]
    seen = set(Customer.objects.visible_to(user).values_list("pk", flat=True))

    assert {contact.customer_id for contact in Contact.objects.visible_to(user)} == seen
    assert {note.customer_id for note in type(notes[0]).objects.visible_to(user)} == seen
    assert {call.customer_id for call in type(calls[0]).objects.visible_to(user)} == seen
