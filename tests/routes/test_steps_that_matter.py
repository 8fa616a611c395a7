"""“Confirm it is you” is asked before each step that matters, and none was forgotten (PPL-6)."""

import re

import pytest

from leadline.people.signing.confirming import steps_that_matter
from tests.routes.addresses import MISSING, NAMED_BY, Asked, every_operation, every_page
from tests.routes.walking import happened

SOUNDS_SENSITIVE = re.compile(
    "export|report|token|secret|password|passkey|codes|factor|email|role|provider|invit|eras|retention|view-as|webhook"
)
# What sounds as if it mattered, and why nobody is asked.
NOT_ASKED = {
    "POST me/tokens/<int:pk>/revoke": "takes away, quickly",
    "POST me/codes": "follows a step that asked",
    "POST me/password": "asks for the present password itself",
    "POST sign-in/passkey": "signs in",
    "POST sign-in/second-step/passkey": "signs in",
    "POST confirm/passkey": "answers the question",
    "POST second-factor": "leads to a step that asks",
    "POST new-email/<str:secret>": "for whoever holds the link",
    "POST api/v1/me/email": "asks for the present password itself",
    "POST api/v1/me/email/confirm": "for whoever holds the link",
    "POST invitation/<str:secret>": "for whoever holds the link",
    "POST recover/<str:secret>": "for whoever holds the link",
    "POST people/invitations/<int:pk>/withdraw": "takes away, quickly",
    "POST view-as/end": "back to oneself",
    "POST roles/<slug:key>/effect": "changes nothing",
    "POST privacy/erasures/<int:pk>/withdraw": "removes nothing",
    "POST privacy/retention/<int:pk>/remove": "removes less from now on",
    "POST webhooks/<int:pk>/pause": "sends less",
    "POST webhooks/<int:pk>/resume": "to where it led",
    "POST webhooks/<int:pk>/remove": "sends less",
    "POST webhooks/<int:pk>/test": "to where it led",
    "POST webhooks/<int:pk>/deliveries/<int:delivery_pk>/replay": "to where it led",
    "POST api/v1/me/tokens/{token_id}/revoke": "takes away, quickly",
    "POST api/v1/invitations/{invitation_id}/withdraw": "takes away, quickly",
    "POST api/v1/roles/{key}/effect": "changes nothing",
    "POST api/v1/privacy/erasures/{erasure_id}/withdraw": "removes nothing",
    "POST api/v1/retention-rules/{rule_id}/remove": "removes less from now on",
    "POST api/v1/webhooks/{webhook_id}/pause": "sends less",
    "POST api/v1/webhooks/{webhook_id}/resume": "to where it led",
    "POST api/v1/webhooks/{webhook_id}/remove": "sends less",
    "POST api/v1/webhooks/{webhook_id}/test": "to where it led",
    "POST api/v1/webhooks/{webhook_id}/deliveries/{delivery_id}/replay": "to where it led",
}
STEPS = [pytest.param(step, id=f"{step.method} {step.route}") for step in steps_that_matter().values()]


def as_in_the_table(route: str) -> str:
    """The API's description writes `{key}` where the address says `<slug:key>`."""
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route) if route.startswith("api/") else route


LISTED = {(method, as_in_the_table(route)) for method, route in steps_that_matter()}
KNOWN = {(asked.method, asked.route) for asked in (*every_page(), *every_operation())}


def test_each_line_names_an_address_that_is_there():
    assert set() == LISTED - KNOWN


def test_what_sounds_as_if_it_mattered_is_in_the_list_or_has_a_reason():
    sensitive = {(m, r) for m, r in KNOWN if m in ("POST", "PATCH", "PUT") and SOUNDS_SENSITIVE.search(r)}
    reasons = {tuple(name.split()) for name in NOT_ASKED}

    assert sensitive - LISTED - reasons == set(), "Add to config/steps_that_matter.py, or say here why not."
    assert reasons - KNOWN == set()
    assert reasons & LISTED == set()


@pytest.mark.parametrize("step", STEPS)
def test_a_session_that_was_not_confirmed_lately_is_asked_and_does_nothing(unconfirmed, step):
    """Also not for an administrator, whatever is sent."""
    walker, records = unconfirmed
    asked = Asked(step.method, as_in_the_table(step.route))
    key = next(iter(records.of(asked.names).values())) if asked.names in NAMED_BY.values() else MISSING
    before = happened()

    if asked.route.startswith("api/"):
        answer = walker.browser_asks_the_api(asked, key)
        assert answer.status == 403
        assert b"Confirm it is you first" in answer.body
    else:
        answer = walker.ask(asked, key, dict(step.when))
        assert (answer.status, answer.leads_to.partition("?")[0]) == (302, "/confirm")
    assert happened() == before
