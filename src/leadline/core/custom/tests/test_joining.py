"""A custom field is a field like others, for every door, at once (CUS-21)."""

from decimal import Decimal

import pytest

from leadline.core.actions import Actor
from leadline.core.custom.actions import archive_field, bring_back_field, make_field
from leadline.core.fields import catalogue
from leadline.core.history import history_of
from leadline.customers.actions import add_customer, edit_customer

pytestmark = pytest.mark.django_db


def test_a_field_is_there_once_it_is_made_and_gone_once_it_is_archived(cast):
    by = Actor(cast.ada)
    made = make_field("customer", label="Renewal month", kind="text", by=by)
    assert made.name == "x_renewal_month"
    assert catalogue("customer").by_name["x_renewal_month"].label == "Renewal month"

    archive_field(made, by=by)
    assert "x_renewal_month" not in catalogue("customer").by_name
    bring_back_field(made, by=by)
    assert "x_renewal_month" in catalogue("customer").by_name


def test_values_are_kept_shown_and_told_one_by_one(cast):
    by = Actor(cast.ada)
    make_field("customer", label="Seats", kind="number", by=by)
    make_field("customer", label="Colour", kind="choice", choices=["Red", "Green"], by=by)
    customer = add_customer(name="Kapal", email="a@kapal.example", x_seats="1,234.50", x_colour="red", by=by)
    assert customer.custom == {"x_seats": "1234.5", "x_colour": "red"}
    changed = edit_customer(customer, x_seats="7", by=by)
    assert changed.custom == {"x_seats": "7", "x_colour": "red"}
    assert catalogue("customer").by_name["x_seats"].value_of(changed) == Decimal(7)

    (entry, *_rest) = history_of("customer", customer.pk).entries
    assert [(each.column, each.label, each.old, each.new) for each in entry.changes] == [
        ("x_seats", "Seats", "1,234.5", "7")
    ]
