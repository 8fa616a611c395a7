"""What the log of payments adds up to: of whom one sees, as they come, opening what is behind (PLT-5)."""

import html
import re

import pytest

from leadline.customers.actions import assign_customer
from leadline.platform.tests.conftest import event

LOG, STATE = "/platform/payments/", "/platform/payments/state"
PAID = {"amount": "25.00", "currency": "EUR", "method": "card"}
TRICKY = 'Bänk "5%" & Co, {\\}'


@pytest.fixture
def boats(make, cast, told):
    """A customer of Rosa and one of Otto who paid, and a stranger."""
    make.customer(cast.rosa, email="ana@example.com")
    ottos = make.customer(cast.otto, email="bo@example.com")
    told(
        event("deposit", email="ana@example.com", **PAID),
        event("deposit_failed", email="ana@example.com", **PAID, reason="card_expired"),
        event("deposit", "u-2", email="bo@example.com", **PAID),
        event("deposit", "u-3", **PAID),
    )
    return ottos


def sums(browser, **given):
    """The figures of the log: deposits, those that failed, withdrawals."""
    shown = browser.get(STATE, given).content.decode()
    found = dict(re.findall(r"(Deposits|Failed|Withdrawals)</span><span class=\"figure\">([\d,]+)<", shown))
    return tuple(int(found[name]) for name in ("Deposits", "Failed", "Withdrawals"))


@pytest.mark.parametrize("few", [0, 1_000])
def test_they_are_of_those_in_reach_however_many_these_are(as_, cast, boats, few, monkeypatch):
    monkeypatch.setattr("leadline.platform.reaching.FEW", few)

    assert sums(as_(cast.rosa)) == (1, 1, 0)
    assert sums(as_(cast.otto)) == (1, 0, 0)
    assert sums(as_(cast.fina)) == (3, 1, 0)
    assert as_(cast.rosa).get(STATE).content.decode().count('<tr id="payment-') == 2


@pytest.mark.parametrize("who", ["rosa", "fina"])
def test_what_comes_is_added(as_, cast, boats, told, who):
    browser = as_(getattr(cast, who))
    deposits, failed, withdrawals = sums(browser)

    told(event("deposit", email="ana@example.com", **PAID), event("withdrawal", "u-1", **PAID))
    assert sums(browser) == (deposits + 1, failed, withdrawals + 1)
    told(event("deposit_failed", email="ana@example.com", **PAID))
    assert sums(browser) == (deposits + 1, failed + 1, withdrawals + 1)
    assert sums(browser) == (deposits + 1, failed + 1, withdrawals + 1)


def test_with_a_customer_come_all_of_its_payments(as_, cast, boats, by):
    rosa = as_(cast.rosa)
    assert sums(rosa) == (1, 1, 0)

    assign_customer(boats, owner=cast.rosa, by=by(cast.ada))

    assert sums(rosa) == (2, 1, 0)


def test_each_opens_the_payments_behind_it(as_, cast, boats, told):
    told(*[event("deposit", "u-7", **{**PAID, "method": TRICKY}) for _ in range(3)])
    fina = as_(cast.fina)
    shown = fina.get(LOG).content.decode()
    (address,) = [
        html.unescape(found)
        for found, words in re.findall(r'<th scope="row"><a href="([^"]+)"[^>]*>([^<]+)</a>', shown)
        if html.unescape(words) == TRICKY
    ]

    behind = fina.get(address)

    assert behind.content.decode().count('<tr id="payment-') == 3
