"""What tests of rules share: events of the platform, and a rule made in a line."""

import pytest

from leadline.automation import actions
from leadline.platform.tests.conftest import event, told

__all__ = ["event", "told"]

PAID = {"amount": "250.00", "currency": "EUR", "method": "card"}
TASK = {"step": "task", "who": "owner", "title": "Call {name}", "hours": 1}


@pytest.fixture
def rule(cast, by):
    """`rule(start, *steps)`: a rule that is on, made by the administrator."""

    def made(start, *steps, name="A rule", **more):
        start = {"on": start} if isinstance(start, str) else start
        return actions.add_rule(
            name=name, start=start, steps=list(steps), is_on=True, by=by(cast.ada), **more
        )

    return made
