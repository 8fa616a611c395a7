"""Online now, the log of payments and the part of a customer's page: live, within reach (PLT-4, PLT-5)."""

import io
import re
from datetime import timedelta

import pytest

from leadline.core.clock import at, now
from leadline.core.lists.export.running import start_export, write_export
from leadline.core.lists.selection import Selection
from leadline.core.refusals import Refusal
from leadline.platform.models import IngestKey, platform_rules
from leadline.platform.queries.online import online_for
from leadline.platform.queries.payments import Failing, failing_for
from leadline.platform.tests.conftest import event

PAID = {"amount": "25.00", "currency": "EUR", "method": "card"}
ONLINE, STATE = "/platform/online", "/platform/online/state"
PAYMENTS, PAYMENTS_STATE = "/platform/payments/", "/platform/payments/state"


@pytest.fixture
def people(told, make, cast):
    """A customer of Rosa and one of Otto, both there, and somebody whom nobody knows."""
    rosas = make.customer(cast.rosa, name="Ana Lines", email="ana@example.com", country="ID")
    ottos = make.customer(cast.otto, name="Bo Boats", email="bo@example.com")
    told(
        event("page", email="ana@example.com", page="/boats/7", device="iPhone", ago=2),
        event("seen", "u-2", email="bo@example.com", ago=1),
        event("seen", "u-3"),
    )
    return rosas, ottos


def seen_in(response):
    return re.search(r"seen=(\w+)", response.content.decode())[1]


def test_who_is_there_is_shown_within_reach(as_, cast, people):
    page = as_(cast.rosa).get(ONLINE).content.decode()

    assert "Ana Lines" in page
    assert "/boats/7" in page
    assert "iPhone" in page
    assert "Indonesia" in page
    assert "Bo Boats" not in page
    assert "u-3" not in page
    everybody = as_(cast.lena).get(ONLINE).content.decode()
    assert "Bo Boats" in everybody
    assert "Unknown" in everybody
    assert as_(cast.prue).get(ONLINE).status_code == 403


@pytest.mark.parametrize(
    ("who", "whose", "found"),
    [
        ("rosa", "", {"u-1"}),
        ("rosa", "all", {"u-1"}),
        ("mira", "all", {"u-1"}),
        ("mira", "mine", set()),
        ("lena", "", {"u-1", "u-2", "u-3"}),
        ("lena", "mine", set()),
        ("lena", "unknown", {"u-3"}),
        ("lena", "nonsense", {"u-1", "u-2", "u-3"}),
    ],
)
def test_whose_are_shown(cast, people, who, whose, found):
    online = online_for(getattr(cast, who), whose=whose)

    assert {here.external_id for here in online.people} == found
    assert online.count == len(found)


def test_by_country(cast, people):
    assert [here.external_id for here in online_for(cast.lena, country="ID").people] == ["u-1"]


def test_the_state_is_asked_for_and_comes_when_it_changed(as_, cast, people, told):
    lena = as_(cast.lena, htmx=True)
    seen = seen_in(lena.get(ONLINE))
    assert lena.get(STATE, {"whose": "all", "seen": seen}).status_code == 204

    told(event("page", "u-3", page="/pay"))
    part = lena.get(STATE, {"whose": "all", "seen": seen})

    assert part.status_code == 200
    assert "/pay" in part.content.decode()
    assert part.content.decode().strip().startswith("<section")
    told(event("logged_out", "u-3"))
    assert "u-3" not in lena.get(STATE, {"whose": "all"}).content.decode()


def test_nobody_is_there_for_longer_than_set(as_, cast, people):
    with at(now() + timedelta(minutes=6)):
        assert online_for(cast.lena).count == 0
        assert "Nobody is online" in as_(cast.lena).get(ONLINE).content.decode()


def test_a_look_at_the_state_is_two_questions(as_, cast, people, django_assert_max_num_queries):
    lena = as_(cast.lena, htmx=True)
    lena.get(STATE)
    with django_assert_max_num_queries(2):
        lena.get(STATE)


@pytest.fixture
def paid(people, told):
    told(
        event("deposit", email="ana@example.com", **PAID),
        event("deposit_failed", email="ana@example.com", **PAID, reason="card_expired"),
        event("deposit_failed", "u-2", **{**PAID, "method": "bank_transfer"}, reason="E-4711"),
        event("withdrawal", "u-3", amount=7, currency="USD"),
    )


def test_payments_are_told_in_plain_words_within_reach(as_, cast, paid):
    page = as_(cast.rosa).get(PAYMENTS).content.decode()

    assert "The card has expired" in page
    assert "€25" in page
    assert "E-4711" not in page
    everybody = as_(cast.fina).get(PAYMENTS).content.decode()
    assert "E-4711" in everybody
    assert "Bank transfer" in everybody
    assert as_(cast.prue).get(PAYMENTS).status_code == 403
    assert as_(cast.sam).get(PAYMENTS).status_code == 403


def test_sums_are_those_of_the_list(as_, cast, paid):
    page = as_(cast.fina).get(PAYMENTS, {"where": '{"field":"method","op":"equals","value":"card"}'})

    shown = page.content.decode()
    assert "E-4711" not in shown
    assert re.search(r'Failed</span><span class="figure">1<', shown)
    assert "50%" in shown


def test_a_new_payment_comes_by_itself(as_, cast, paid, told):
    fina = as_(cast.fina, htmx=True)
    seen = seen_in(fina.get(PAYMENTS))
    assert fina.get(PAYMENTS_STATE, {"seen": seen}).status_code == 204

    told(event("deposit_failed", "u-9", **PAID, reason="timeout"))
    part = fina.get(PAYMENTS_STATE, {"seen": seen})

    assert part.status_code == 200
    assert "The bank did not answer in time" in part.content.decode()
    assert "<html" not in part.content.decode()


def test_more_failures_than_usual_raise_an_alert(as_, cast, told):
    for day in range(2, 12):
        told(*[event("deposit", ago=60 * 24 * day, **PAID) for _ in range(9)])
        told(event("deposit_failed", ago=60 * 24 * day, **PAID))
    told(*[event("deposit", **PAID) for _ in range(15)])
    told(*[event("deposit_failed", **PAID, reason="timeout") for _ in range(15)])

    whole = failing_for(cast.fina)[0]
    assert (whole.failed, whole.attempts, round(whole.usual, 2)) == (15, 30, 0.1)
    page = as_(cast.fina).get(PAYMENTS).content.decode()
    assert "15 of 30 deposits failed in the last 24 hours: 50%, usually 10%." in page


@pytest.mark.parametrize(
    ("failed", "attempts", "usual", "alarming"),
    [
        (10, 19, 0.1, False),
        (10, 20, 0.1, True),
        (3, 30, 0.1, False),
        (50, 100, 0.4, False),
        (20, 20, 0.9, False),
    ],
)
def test_an_alert_needs_to_be_clear(failed, attempts, usual, alarming):
    assert Failing("", failed, attempts, usual).is_alarming == alarming


def test_payments_are_exported_by_those_who_may(as_, cast, paid, by, settle):
    file = io.BytesIO()
    rows = write_export(Selection("payment"), ["payer", "reason", "amount"], "csv", file, by=by(cast.fina))
    assert rows == 4
    assert "expired_card" in file.getvalue().decode()
    assert "Export all that match" in as_(cast.fina).get(PAYMENTS).content.decode()
    assert "Export all that match" not in as_(cast.rosa).get(PAYMENTS).content.decode()
    with pytest.raises(Refusal):
        start_export(Selection("payment"), columns=["payer"], by=by(cast.rosa))


def test_a_customer_page_has_its_part(as_, cast, paid, people):
    rosas, ottos = people
    part = as_(cast.rosa).get(f"/customers/{rosas.pk}/platform").content.decode()

    assert "Online" in part
    assert "The card has expired" in part
    assert "€25.00" in part
    assert as_(cast.rosa).get(f"/customers/{ottos.pk}/platform").status_code == 404
    assert f"/customers/{rosas.pk}/platform" in as_(cast.rosa).get(f"/customers/{rosas.pk}/").content.decode()


def test_of_who_is_not_on_the_platform_nothing_is_shown(as_, cast, make):
    customer = make.customer(cast.rosa)
    part = as_(cast.rosa).get(f"/customers/{customer.pk}/platform").content.decode()

    assert "<section" not in part


def test_the_menu_leads_there_by_role(as_, cast):
    assert "/platform/online" in as_(cast.rosa).get("/customers/").content.decode()
    assert "/platform/settings" in as_(cast.ada).get("/customers/").content.decode()
    assert "/platform/online" not in as_(cast.prue).get("/people/").content.decode()
    assert "/platform/payments" not in as_(cast.sam).get("/customers/").content.decode()


def test_an_administrator_makes_renews_and_revokes_keys(as_, cast):
    ada = as_(cast.ada)
    made = ada.post("/platform/keys/make", {"name": "Shop"})
    assert made.status_code == 302
    page = ada.get("/platform/settings").content.decode()
    assert "whsec_" in page
    assert "The card has expired" in page
    assert "deposit_failed" in page
    assert "whsec_" not in ada.get("/platform/settings").content.decode()
    key = IngestKey.objects.get()
    renewed = as_(cast.ada, htmx=True).post(f"/platform/keys/{key.pk}/renew").content.decode()
    assert "whsec_" in renewed
    assert ada.post(f"/platform/keys/{key.pk}/revoke").status_code == 302
    assert "Revoked" in ada.get("/platform/settings").content.decode()
    assert as_(cast.rosa).post(f"/platform/keys/{key.pk}/renew").status_code == 404
    assert as_(cast.rosa).get("/platform/settings").status_code == 403


def test_an_administrator_says_what_counts_as_online(as_, cast):
    ada = as_(cast.ada, htmx=True)
    wrong = ada.post("/platform/rules", {"online_minutes": "0", "system": "platform"})
    assert wrong.status_code == 422
    assert ada.post("/platform/rules", {"online_minutes": "15", "system": "Shop"}).status_code == 200
    assert (platform_rules().online_minutes, platform_rules().system) == (15, "Shop")


def test_a_refusal_leads_to_its_explanation(as_, cast):
    page = as_(cast.prue).get(ONLINE).content.decode()
    assert "/why?kind=platform_user&amp;verb=view" in page
    why = as_(cast.prue).get("/why?kind=payment&verb=view").content.decode()
    assert "see payments" in why.lower()
