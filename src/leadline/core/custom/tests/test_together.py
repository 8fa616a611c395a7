"""Two at once, and an undoing that touches no other field (CUS-21, SIG-3)."""

from threading import Event

import pytest
from django.db import transaction

from leadline.core.actions import Actor
from leadline.core.changesets import ChangeSet, change_set, undo_change_set
from leadline.core.custom.actions import make_field, merge_choices
from leadline.core.custom.joining import forget_fields
from leadline.core.custom.models import CustomField
from leadline.core.refusals import RuleBroken, RulesBroken
from leadline.customers.actions import edit_customer
from leadline.customers.models import Customer
from tests.at_once import at_once, until_somebody_waits


@pytest.mark.django_db
def test_undoing_gives_back_one_field_and_leaves_the_others(cast, make, settle):
    by = Actor(cast.ada)
    for label in ("One", "Two"):
        make_field("customer", label=label, kind="text", by=by)
    first, second = (make.customer(cast.rosa, x_one="a", x_two="b") for _number in range(2))
    with change_set("test", "Ones", by) as within:
        edit_customer(first, x_one="A", by=within)
        edit_customer(second, x_one="", by=within)
    edit_customer(Customer.objects.get(pk=first.pk), x_two="B", by=by)
    edit_customer(Customer.objects.get(pk=second.pk), x_one="mine", by=by)
    undo_change_set(ChangeSet.objects.get(kind="test"), by=by)
    settle()
    assert Customer.objects.get(pk=first.pk).custom == {"x_one": "a", "x_two": "B"}
    assert Customer.objects.get(pk=second.pk).custom == {"x_one": "mine", "x_two": "b"}


@pytest.mark.django_db(transaction=True)
def test_two_administrators_make_one_field_of_a_label(cast):
    by = Actor(cast.ada)
    made = at_once(*[lambda: make_field("customer", label="Size", kind="number", by=by)] * 2)
    assert sum(isinstance(each, CustomField) for each in made) == 1
    assert sum(isinstance(each, RuleBroken | RulesBroken) for each in made) == 1
    assert CustomField.objects.count() == 1
    forget_fields(none=True)


@pytest.mark.django_db(transaction=True)
def test_two_who_set_different_fields_both_keep_theirs(cast, make):
    by = Actor(cast.ada)
    for label in ("One", "Two"):
        make_field("customer", label=label, kind="text", by=by)
    customer = make.customer(cast.rosa)
    at_once(
        lambda: edit_customer(customer, x_one="a", by=by), lambda: edit_customer(customer, x_two="b", by=by)
    )
    assert Customer.objects.get(pk=customer.pk).custom == {"x_one": "a", "x_two": "b"}
    forget_fields(none=True)


@pytest.mark.django_db(transaction=True)
def test_merging_choices_leaves_what_somebody_chose_meanwhile(cast, make, settle):
    by = Actor(cast.ada)
    field = make_field("customer", label="Colour", kind="choice", choices=["Red", "Green", "Blue"], by=by)
    customer = make.customer(cast.rosa, x_colour="red")
    merge_choices(field, key="red", into="green", by=by)
    edited = Event()

    def choose():
        with transaction.atomic():
            edit_customer(customer, x_colour="blue", by=by)
            edited.set()
            until_somebody_waits()

    def work():
        edited.wait(timeout=30)
        settle()

    assert at_once(choose, work) == [None, None]
    assert Customer.objects.get(pk=customer.pk).custom == {"x_colour": "blue"}
    forget_fields(none=True)
