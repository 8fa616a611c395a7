"""Counts while customers change hands, are called and counts follow, all at the same moment (SIG-6)."""

import pytest
from django.db import connection, transaction

from leadline.core.metrics.rollups.declaring import rollup_of
from leadline.core.metrics.rollups.keeping import build, compact, differences
from leadline.core.metrics.rollups.moving import move
from leadline.customers import actions as customers
from leadline.customers.models import Customer
from tests.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
ACTIVITIES = rollup_of("activity")


def test_nothing_is_counted_under_the_wrong_owner(cast, make, by):
    build(ACTIVITIES)
    keys = [make.customer(cast.rosa).pk for _ in range(4)]

    def hand(owner):
        customers.assign_customers(keys, owner=owner, by=by(cast.ada))

    def call(key):
        customer = Customer.objects.get(pk=key)
        customers.log_activity(customer, kind="call", title="Call", outcome="positive", by=by(cast.ada))

    for owner in (cast.otto, cast.mira, cast.rosa, cast.otto, cast.rosa):
        outcomes = at_once(
            lambda to=owner: hand(to), move, move, compact, *(lambda key=key: call(key) for key in keys)
        )
        assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
        assert differences(ACTIVITIES) == 0

    move()
    compact()
    assert differences(ACTIVITIES) == 0
    assert waiting() == 0


def test_what_somebody_changes_just_now_is_left_for_the_next_time(cast, make, by):
    build(ACTIVITIES)
    first, second = make.customer(cast.rosa), make.customer(cast.rosa)
    customers.assign_customers([first.pk, second.pk], owner=cast.otto, by=by(cast.ada))
    with transaction.atomic():
        customers.edit_customer(first, city="Oslo", by=by(cast.ada))

        assert at_once(move) == [1]

    assert (move(), move()) == (1, 0)
    assert differences(ACTIVITIES) == 0


def waiting():
    """How many records' counts have yet to follow."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM core_figure_moved")
        return cursor.fetchone()[0]
