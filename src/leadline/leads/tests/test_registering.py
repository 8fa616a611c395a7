"""A registration on the platform makes a lead, once, and never of a customer (LEA-2, PLT-3)."""

import pytest

from leadline.leads.actions import add_lead
from leadline.leads.actions.registering import take_registrations
from leadline.leads.models import Lead
from leadline.platform.models import PlatformUser
from leadline.platform.tests.conftest import event, told

__all__ = ["told"]
pytestmark = pytest.mark.django_db


def registered(user, **person):
    """The platform tells of a registration, with what it knows of the person."""
    told = event("registered", user)
    return {**told, "user": {**told["user"], **person}}


def test_whoever_registers_becomes_a_lead(told, settle):
    told(
        registered("u-1", email="sari@example.com", name="Sari Wijaya", country="ID", phone="0812 3456 7890"),
        event("logged_in", "u-2", email="seen@example.com"),
    )
    settle()

    lead = Lead.objects.get()
    assert (lead.name, lead.email, lead.phone) == ("Sari Wijaya", "sari@example.com", "+6281234567890")
    assert (lead.source, lead.zone, lead.stage.key) == ("Platform", "Asia/Jakarta", "new")
    assert lead.registered_at == PlatformUser.objects.get(external_id="u-1").registered_at


def test_the_same_person_again_is_the_same_lead(told, settle, cast, by):
    known = add_lead(name="Sari", email="sari@example.com", by=by(cast.lena))
    told(registered("u-1", email="sari@example.com", name="Sari Wijaya"), registered("u-3"))
    settle()
    told(registered("u-9", email="sari@example.com"))
    settle()
    take_registrations(PlatformUser.objects.values_list("pk", flat=True), by=by(cast.house))

    assert Lead.objects.get().pk == known.pk


def test_a_customer_becomes_no_lead(told, settle, make, cast):
    make.customer(cast.rosa, email="halo@kopi.example")
    told(registered("u-1", email="halo@kopi.example"))
    settle()

    assert not Lead.objects.exists()


def test_what_is_not_understood_is_left_out(told, settle, cast, by):
    told(registered("u-1", email="sari@example.com", name="S", phone="ask at the desk"))
    settle()
    Lead.objects.all().delete()
    PlatformUser.objects.update(country="??")

    made = take_registrations(PlatformUser.objects.values_list("pk", flat=True), by=by(cast.house))

    lead = Lead.objects.get(pk=made[0])
    assert (lead.email, lead.country, lead.unclear) == ("sari@example.com", "", ["phone"])
