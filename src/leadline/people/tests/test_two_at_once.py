"""Two administrators at the same moment (PPL-2)."""

import pytest

from leadline.core.actions import Actor
from leadline.core.refusals import RuleBroken
from leadline.people.actions import add_user, change_user
from leadline.people.models import User
from tests.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_administrators_who_remove_each_other_leave_one(cast):
    """PPL-2: somebody must be left who can let others in."""
    other = add_user(
        email="second@example.com", name="Second", roles=["administrator"], password=cast.password,
        by=Actor(cast.ada),
    )  # fmt: skip

    def demote(user, by):
        return change_user(user, name=user.name, roles=["auditor"], team=None, by=Actor(by))

    outcomes = at_once(lambda: demote(other, cast.ada), lambda: demote(cast.ada, other))

    assert User.objects.active().filter(roles__key="administrator").count() == 1
    assert [type(outcome) for outcome in outcomes if isinstance(outcome, Exception)] == [RuleBroken]
