"""Rules and people for the tests of assignment."""

from types import SimpleNamespace

import pytest

from leadline.api.tests.conftest import program
from leadline.assignment import actions
from leadline.core.actions import Actor
from leadline.people.models import Role, User

__all__ = ["program"]
ALWAYS = {
    day: "00:00–24:00"
    for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
}


@pytest.fixture
def floor(cast):
    """Lena takes what no rule places; `floor.rule(...)` makes a rule that is on, `floor.rep(n)` a seller."""
    by = Actor(cast.ada)
    actions.set_overflow("lead", owner=cast.lena, by=by)
    inside = Role.objects.get(key="inside-sales")

    def rule(name="Everything", **answers):
        made = actions.add_rule(
            "lead", name=name, **({"people": [cast.rosa.pk, cast.otto.pk]} | answers), by=by
        )
        return actions.switch_rule(made, is_on=True, by=by)

    def rep(number, **fields):
        user = User.objects.create(
            email=f"rep{number}@example.com", name=f"Rep {number}", team=cast.south, hours=ALWAYS, **fields
        )
        user.roles.add(inside)
        return user

    return SimpleNamespace(rule=rule, rep=rep, by=by)
