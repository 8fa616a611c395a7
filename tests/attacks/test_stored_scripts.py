"""Against pages that show what others named or answered: scripts stay text (stored XSS)."""

import pytest

from leadline.api.actions import send_test
from leadline.api.actions.webhooks import add_webhook
from leadline.api.models import Attempt
from leadline.people.actions import add_team, clone_role
from leadline.people.models import Role
from leadline.people.working.actions import add_skill
from tests.attacks.conftest import routes
from tests.attacks.test_pages import Inline
from tests.receiver import receiver  # noqa: F401

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg onload=alert(3)>"


def runs(page):
    """What a browser would run in a page."""
    reader = Inline()
    reader.feed(page)
    return reader.found


@pytest.fixture
def named(cast, by):
    """A role, a team and a skill whose names are scripts, the role held by somebody."""
    ada = by(cast.ada)
    role = clone_role(Role.objects.get(key="product"), name=SCRIPT[:100], purpose=SCRIPT, by=ada)
    cast.prue.roles.add(role)
    add_team(name=SCRIPT[:100], parent=None, manager=None, by=ada)
    add_skill(name=SCRIPT[:60], by=ada)
    return role


def test_names_of_roles_teams_and_skills_are_shown_as_text(cast, ada, named):
    """On every page that an administrator sees, by the key of the role or of who has it."""
    shown = 0
    for route in routes():
        answer = ada.get(route.address(named.key if "slug:key" in route.pattern else cast.prue.pk))
        if answer["Content-Type"].startswith("text/html"):
            assert not runs(answer.text), route
            shown += "&lt;script&gt;alert(1)" in answer.text

    assert shown > 5


def test_what_a_webhook_answered_is_shown_as_text(cast, by, ada, make, receiver, settle):  # noqa: F811
    receiver.says = SCRIPT.encode()
    hook = add_webhook(name=SCRIPT[:60], address=receiver.address, by=by(cast.ada))
    make.customer(cast.rosa)
    send_test(hook, by=by(cast.ada))
    settle()

    assert Attempt.objects.filter(answer__contains="<script>").exists()
    for address in (f"/webhooks/{hook.pk}", f"/webhooks/{hook.pk}/log", "/webhooks"):
        page = ada.get(address).text
        assert "&lt;script&gt;alert(1)" in page
        assert not runs(page)
