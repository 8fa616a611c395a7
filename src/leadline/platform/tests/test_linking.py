"""Whom an event is about: by platform id, then by e-mail; who is unknown waits (PLT-3)."""

import pytest

from leadline.core.changesets import ChangeSet, change_set, undo_change_set
from leadline.core.events import EventRecord
from leadline.customers import actions as customers
from leadline.platform.models import Payment, PlatformUser
from leadline.platform.reaching import payments_reached
from leadline.platform.tests.conftest import event


def customer_of(user="u-1"):
    return PlatformUser.objects.get(external_id=user).customer_id


def test_by_the_address_of_a_customer_or_of_a_contact(told, make):
    customer, company = make.customer(email="ana@example.com"), make.customer()
    make.contact(company, email="bo@example.com")

    told(event(email="ANA@example.com"), event(user="u-2", email="bo@example.com"))

    assert (customer_of(), customer_of("u-2")) == (customer.pk, company.pk)
    assert PlatformUser.objects.get(external_id="u-1").linked_by == "email"


def test_by_the_platform_id_before_the_address(told, make, by, cast):
    other, right = make.customer(email="ana@example.com"), make.customer()
    customers.set_external_ids(right, system="Platform", values=["u-1"], by=by(cast.ada))

    told(event(email="ana@example.com"))

    assert customer_of() == right.pk != other.pk


def test_who_fits_two_waits_until_they_are_one(told, make, by, cast, settle):
    first, second = (make.customer(email="ana@example.com") for _ in range(2))
    told(event(email="ana@example.com"))
    assert customer_of() is None

    customers.merge_customers(first, others=[second.pk], by=by(cast.ada))
    settle()

    assert customer_of() == first.pk


def test_who_waits_is_linked_when_the_person_appears(told, make, settle):
    told(event(email="ana@example.com"), event(user="u-2", email="bo@example.com"))
    assert customer_of() is None

    customer = make.customer(email="ana@example.com")
    make.contact(customer, email="bo@example.com")
    settle()

    assert (customer_of(), customer_of("u-2")) == (customer.pk, customer.pk)
    assert EventRecord.objects.filter(name="platform.PlatformUsersLinked").count() == 1


def test_who_waits_is_linked_when_an_address_or_an_id_is_corrected(told, make, by, cast, settle):
    told(event(email="ana@example.com"), event(user="u-2"))
    customer = make.customer()
    settle()

    customers.edit_customer(customer, email="ana@example.com", by=by(cast.ada))
    customers.set_external_ids(customer, system="platform", values=["u-2"], by=by(cast.ada))
    settle()

    assert (customer_of(), customer_of("u-2")) == (customer.pk, customer.pk)


def test_a_link_stays_when_the_address_changes(told, make):
    customer, other = make.customer(email="ana@example.com"), make.customer(email="ann@example.com")
    told(event(email="ana@example.com", ago=1))

    told(event(email="ann@example.com"))

    assert customer_of() == customer.pk != other.pk


def test_a_new_address_links_who_still_waits(told, make):
    customer = make.customer(email="ana@example.com")
    told(event(ago=1))
    assert customer_of() is None

    told(event(email="ana@example.com"))

    assert customer_of() == customer.pk


def test_an_archived_customer_is_nobody(told, make, by, cast):
    customers.archive_customers([make.customer(email="ana@example.com").pk], by=by(cast.ada))

    told(event(email="ana@example.com"))

    assert customer_of() is None


def test_who_sees_whom(told, make, cast):
    make.customer(cast.rosa, email="r@example.com"), make.customer(cast.otto, email="o@example.com")
    told(event(email="r@example.com"), event(user="u-2", email="o@example.com"), event(user="u-3"))

    def seen(user):
        return set(PlatformUser.objects.visible_to(user).values_list("external_id", flat=True))

    assert seen(cast.rosa) == seen(cast.mira) == {"u-1"}
    assert seen(cast.otto) == {"u-2"}
    assert seen(cast.prue) == set()
    for somebody in (cast.lena, cast.fina, cast.aud, cast.ada, cast.sam):
        assert seen(somebody) == {"u-1", "u-2", "u-3"}


@pytest.mark.parametrize("way", ["merge", "undo"])
def test_users_go_along_when_customers_become_one(told, make, by, cast, way, settle):
    first, second = make.customer(), make.customer(email="ana@example.com")
    told(event(email="ana@example.com"))

    with change_set("customers.merge", "Merge", by(cast.ada)) as ada:
        customers.merge_customers(first, others=[second.pk], by=ada)
    assert customer_of() == first.pk
    if way == "undo":
        undo_change_set(ChangeSet.objects.get(), by=by(cast.ada))
        settle()
        assert customer_of() == second.pk


def test_lists_reach_what_the_records_say(told, make, cast, by):
    """PPL-4: what a list reaches through the pulse is what `visible_to` says, also of archived customers."""
    paid = {"amount": "1", "currency": "EUR", "method": "card"}
    told(event("deposit", **paid), event("deposit", "u-2", **paid), event("deposit", "u-3", **paid))
    mine = make.customer(cast.rosa), make.customer(cast.otto)
    for number, customer in enumerate(mine, 1):
        PlatformUser.objects.filter(external_id=f"u-{number}").update(customer=customer, linked_by="id")
    customers.archive_customers([mine[0].pk], by=by(cast.ada))

    for somebody in (cast.rosa, cast.mira, cast.otto, cast.fina, cast.prue):
        test, params = payments_reached(somebody).sql("platform_payment")
        reached = set(Payment.objects.extra(where=[test], params=params).values_list("pk", flat=True))
        assert reached == set(Payment.objects.visible_to(somebody).values_list("pk", flat=True))
