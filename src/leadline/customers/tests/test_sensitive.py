"""Tax id, bank details, identity documents: encrypted, masked, shown to few, and told (PPL-8)."""

import pytest
from django.db import connection

from leadline.core.events.models import EventRecord
from leadline.core.refusals import NotAllowed, RuleBroken
from leadline.customers import actions
from leadline.governance.models import Sensitive

TAX = "01.234.567.8-901.777"


@pytest.fixture
def customer(cast, make, by):
    customer = make.customer(cast.rosa)
    actions.set_sensitive_of(customer, {"tax_id": TAX, "bank_details": "123"}, by=by(cast.rosa))
    return customer


def reads():
    return EventRecord.objects.filter(name="governance.SensitiveRead").count()


def test_the_database_holds_no_value_anywhere(customer):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT count(*) FROM {table} whole WHERE whole::text LIKE %s", [f"%{TAX}%"])
            assert cursor.fetchone() == (0,), table
    assert [row.masked for row in Sensitive.objects.order_by("name")] == ["••••", "••••.777"]


def test_each_showing_is_told_and_only_some_are_shown(customer, cast, by):
    with pytest.raises(NotAllowed):
        actions.reveal_sensitive_of(customer, by=by(cast.rosa))
    assert reads() == 0
    assert actions.reveal_sensitive_of(customer, by=by(cast.fina)) == {"tax_id": TAX, "bank_details": "123"}
    assert reads() == 1


def test_setting_tells_that_and_not_what(customer, cast, by):
    before = EventRecord.objects.filter(name="governance.SensitiveChanged").count()
    assert before == 1
    assert actions.set_sensitive_of(customer, {"tax_id": TAX}, by=by(cast.rosa)) == []
    assert actions.set_sensitive_of(customer, {"tax_id": ""}, by=by(cast.rosa)) == ["tax_id"]
    assert not Sensitive.objects.filter(name="tax_id").exists()
    with pytest.raises(RuleBroken):
        actions.set_sensitive_of(customer, {"owner": "x"}, by=by(cast.rosa))
    with pytest.raises(NotAllowed):
        actions.set_sensitive_of(customer, {"tax_id": "x"}, by=by(cast.sam))


def test_on_the_pages(customer, cast, as_):
    address = f"/sensitive/customer/{customer.pk}"
    masked = as_(cast.fina, htmx=True).get(address).content.decode()
    assert TAX not in masked
    assert "••••.777" in masked
    assert TAX not in as_(cast.rosa, htmx=True).get(address).content.decode()

    shown = as_(cast.fina, htmx=True).post(f"{address}/reveal")
    assert TAX in shown.content.decode()
    assert shown["Cache-Control"] == "no-store"
    assert as_(cast.fina).get(f"{address}/reveal").status_code == 405
    assert as_(cast.rosa).post(f"{address}/reveal").status_code == 403
    assert as_(cast.otto).get(address).status_code == 404
    assert as_(cast.rosa).get("/sensitive/user/1").status_code == 404
    as_(cast.rosa, htmx=True).post(address, {"tax_id": "", "bank_details": "9", "remove": ["tax_id"]})
    assert [row.name for row in Sensitive.objects.all()] == ["bank_details"]


def test_by_programs(customer, cast, make, program):
    contact = make.contact(customer)
    rosa, fina = program(cast.rosa), program(cast.fina)
    set_ = rosa.patch(f"contacts/{contact.pk}/sensitive", {"identity_document": "P 1234 5678"})

    assert (set_.status_code, set_.json()["identity_document"]) == (200, "••••5678")
    assert rosa.get(f"customers/{customer.pk}/sensitive").json()["tax_id"] == "••••.777"
    assert rosa.post(f"customers/{customer.pk}/sensitive/reveal").status_code == 403
    assert fina.post(f"customers/{customer.pk}/sensitive/reveal").json()["tax_id"] == TAX
    assert rosa.patch(f"customers/{customer.pk}/sensitive", {"tax_id": 5}).status_code == 422
    assert program(cast.otto).get(f"customers/{customer.pk}/sensitive").status_code == 404
