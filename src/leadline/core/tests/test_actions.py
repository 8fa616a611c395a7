"""Every write is whole or not at all, alone or as part of another (ALL-1)."""

import pytest
from django.db import transaction

from leadline.core.actions import Actor, action
from leadline.core.reading import read_record
from leadline.core.refusals import RuleBroken


@pytest.fixture
def build(boat):
    """An action that builds a boat; `then` is refused after it stands."""

    @action
    def build_boat(name: str, *, by: Actor) -> None:
        boat.objects.create(name=name)
        if name == "Leaky":
            raise RuleBroken("It leaks.")

    return build_boat


@pytest.fixture
def names(boat):
    """The boats that stand."""
    return lambda: set(boat.objects.values_list("name", flat=True))


def test_a_refusal_within_takes_all_back(build, names, by_rosa):
    @action
    def build_two(*, by: Actor) -> None:
        build("Swift", by=by)
        build("Leaky", by=by)

    with pytest.raises(RuleBroken, match="leaks"):
        build_two(by=by_rosa)

    assert names() == set()


def test_what_is_tried_in_a_transaction_of_its_own_takes_back_only_itself(build, names, by_rosa):
    @action
    def build_what_holds(*wanted: str, by: Actor) -> None:
        for name in wanted:
            try:
                with transaction.atomic():
                    build(name, by=by)
            except RuleBroken:
                continue

    build_what_holds("Swift", "Leaky", "Steady", by=by_rosa)

    assert names() == {"Swift", "Steady"}


def test_a_refusal_that_is_passed_over_writes_nothing_more(build, by_rosa):
    @action
    def build_on(*, by: Actor) -> None:
        try:
            build("Leaky", by=by)
        except RuleBroken:
            build("Swift", by=by)

    with pytest.raises(transaction.TransactionManagementError):
        build_on(by=by_rosa)


def test_a_record_is_read_as_its_model_reads_it(boat, by_rosa):
    made = boat.objects.create(name="Swift", details={"colour": "red"}, sails=["main"])

    read = read_record(boat, made.pk)

    assert (read.details, read.sails, read.price) == ({"colour": "red"}, ["main"], None)
    with pytest.raises(boat.DoesNotExist):
        read_record(boat, made.pk + 1)
