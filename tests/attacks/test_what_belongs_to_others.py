"""Against what belongs to others: their keys in addresses, their rows in forms (IDOR, mass assignment)."""

from datetime import date, timedelta
from secrets import token_hex

import pytest
from django.db import models

from leadline.core.clock import now
from leadline.core.jobs.models import Job
from leadline.core.lists.actions import save_view
from leadline.core.lists.models import SavedView
from leadline.core.organisation import Organisation
from leadline.customers.actions import make_promise
from leadline.customers.models import Contact, Customer
from leadline.people.actions import create_token
from leadline.people.models import Role, Team, Territory, Token, User
from leadline.people.signing.models import Provider, Session, SigningRules
from leadline.people.working.models import Absence, HeldSkill
from leadline.timeline.models import Activity, Note, Promise
from tests.attacks.conftest import routes
from tests.routes.addresses import Asked

# As much of what any form asks as makes sense, so that what is refused is refused for whose it is.
ANSWERS = {
    "name": "Taken over",
    "email": "evil@example.com",
    "title": "Taken over",
    "body": "Taken over",
    "text": "Taken over",
    "reason": "Taken over",
    "kind": "call",
    "due_on": "2099-01-01",
    "status": "churned",
    "add": "evil",
    "channel": "email",
    "state": "given",
    "stated_on": "2026-01-31",
    "source": "Taken over",
    "password": "a lead line of 30 fathoms",
    "new": "a lead line of 30 fathoms",
    "begins_on": "2027-01-04",
    "ends_on": "2027-01-08",
    "monday": "09:00-17:00",
    "step": "start",
    "format": "csv",
    "tax_id": "1234567890",
    "rules": "{}",
    "version": "1",
}
# What nobody may set for themselves, whatever form it is put into.
MORE = {
    "roles": ["administrator"],
    "role": "administrator",
    "is_active": "on",
    "is_system": "true",
    "is_superuser": "true",
    "is_staff": "true",
    "capacity": "999999",
    "session_epoch": "0",
    "grants": '{"customer": {"view": "all"}}',
    "grants.customer.view": "all",
    "grants.user.manage": "all",
    "second_factor_required": "",
    "position": "1",
    "members": ["1"],
    "created_at": "1999-01-01T00:00:00Z",
    "erased_at": "1999-01-01T00:00:00Z",
    "blocked_at": "1999-01-01T00:00:00Z",
}
RIGHTS = ("email", "team_id", "manager_id", "is_active", "is_system", "capacity")
OF_THE_HOUSE = (Role, Team, Territory, Organisation, SigningRules, Provider, HeldSkill)


def kept(*querysets: models.QuerySet) -> list[list[dict]]:
    """The rows as they are."""
    return [list(rows.order_by("pk").values()) for rows in querysets]


@pytest.fixture
def belongings(make, by):
    """`belongings(cast.otto)`: something of each kind; kind → key."""

    def made(user):
        customer = make.customer(user)
        promise = make_promise(customer, text="A price list", due_on=date(2099, 1, 1), by=by(user))
        create_token(user, name="Mine", by=by(user))
        at = {"created_by": user, "created_at": customer.created_at}
        return {
            "customer": customer.pk,
            "contact": make.contact(customer).pk,
            "note": make.note(customer).pk,
            "activity": make.activity(customer).pk,
            "promise": promise.pk,
            "token": user.tokens.get().pk,
            "view": save_view("customer", name=f"View {user.pk}", by=by(user)).pk,
            "job": Job.objects.create(kind="core.export", title="Export", state=Job.State.DONE, **at).pk,
            "user": user.pk,
            "session": Session.objects.create(user=user, **_open()).pk,
        }

    return made


def _open():
    moment = now()
    moments = {"began_at": moment, "seen_at": moment, "confirmed_at": moment}
    ends = {"idle_until": moment + timedelta(days=1), "ends_at": moment + timedelta(days=1)}
    return {"digest": token_hex(32), "epoch": 1, "way": "password", **moments, **ends}


def key_in(route, kinds):
    """The key that an address asks for, of the right kind where there is one."""
    return kinds.get(Asked("POST", route.pattern).names, kinds["customer"])


def test_no_form_reaches_what_belongs_to_others(cast, fresh, belongings):
    """Every address, with Otto's keys in it: Rosa changes nothing of his, whatever she sends along."""
    ottos, own = belongings(cast.otto), belongings(cast.rosa)["customer"]
    customer = {"customer_id": ottos["customer"]}
    rows = (
        User.objects.filter(pk=cast.otto.pk),
        Customer.objects.filter(pk=ottos["customer"]),
        Contact.objects.filter(pk=ottos["contact"]),
        *(model.objects.filter(**customer) for model in (Note, Activity, Promise)),
        *(model.objects.filter(user=cast.otto) for model in (Token, Session, Absence)),
        Job.objects.filter(created_by=cast.otto),
        SavedView.objects.filter(owner=cast.otto),
    )
    before = kept(*rows)

    for route in routes():
        fresh(cast.rosa, route, key_in(route, ottos), {**ANSWERS, "owner": cast.rosa.pk, "customer": own})
        assert kept(*rows) == before, route


def test_no_form_takes_more_than_its_own_fields(cast, fresh, belongings):
    """Every address, with rights, roles and marks of the house among the answers: a seller stays a seller."""
    mine = belongings(cast.rosa)
    others = User.objects.exclude(pk=cast.rosa.pk)
    rosa = User.objects.filter(pk=cast.rosa.pk).values(*RIGHTS)
    before = kept(others, *(model.objects.all() for model in OF_THE_HOUSE)), rosa.get()

    for route in routes():
        answers = {**ANSWERS, **MORE, "owner": cast.otto.pk, "team": cast.south.pk, "manager": cast.ada.pk}
        fresh(cast.rosa, route, key_in(route, mine), answers)
        assert (kept(others, *(model.objects.all() for model in OF_THE_HOUSE)), rosa.get()) == before, route

    assert list(cast.rosa.roles.values_list("key", flat=True)) == ["inside-sales"]
    for each in Customer.objects.all():
        assert (each.owner_id, each.team_id) == (cast.rosa.pk, cast.north.pk)
        assert (each.erased_at, each.blocked_at) == (None, None)
        assert each.created_at.year > 2000
