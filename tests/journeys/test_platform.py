"""What the platform tells stands on open pages within seconds, without reloading (PLT-4, PLT-5)."""

from playwright.sync_api import expect

from leadline.platform.actions import ingest_events
from leadline.platform.tests.conftest import event
from tests.journeys.watching import calm

PAID = {"amount": "250.00", "currency": "EUR", "method": "card"}


def test_who_comes_and_who_fails_to_pay_is_seen_while_the_pages_are_open(cast, make, visit, by):
    make.customer(cast.rosa, name="Ana Lines", email="ana@example.com", country="ID")
    ada = by(cast.ada, via="api")
    online = visit(cast.lena, "/platform/online")
    expect(online.get_by_text("Nobody is online")).to_be_visible()
    calm(online)
    payments = visit(cast.fina, "/platform/payments/")
    expect(payments.get_by_text("No payments here")).to_be_visible()

    here = event("page", "u-1", email="ana@example.com", page="/boats/7", device="iPhone")
    failed = event("deposit_failed", "u-1", **PAID, reason="insufficient_funds")
    assert ingest_events([here, failed], by=ada).accepted == 2

    row = online.get_by_role("row").filter(has_text="/boats/7")
    expect(row).to_contain_text("Rosa Ibarra")
    expect(row).to_contain_text("Indonesia")
    calm(online)
    expect(payments.get_by_role("row").filter(has_text="ana@example.com")).to_contain_text(
        "Not enough money on the card or account"
    )
    calm(payments)
    ingest_events([event("logged_out", "u-1")], by=ada)
    expect(online.get_by_text("Nobody is online")).to_be_visible()

    payments.get_by_role("link", name="Card", exact=True).click()
    expect(payments.locator(".filter-chip").filter(has_text="Method")).to_be_visible()
    calm(payments)
    phone = visit(
        cast.rosa, "/platform/payments/", viewport={"width": 390, "height": 844}, color_scheme="dark"
    )
    expect(phone.get_by_text("250.00").first).to_be_visible()
    calm(phone)
    settings = visit(cast.ada, "/platform/settings")
    calm(settings)
    settings.get_by_role("link", name="Make a key").click()
    settings.get_by_role("dialog").get_by_label("Name").fill("Shop")
    settings.get_by_role("dialog").get_by_role("button", name="Make a key").click()
    expect(settings.get_by_label("The secret")).to_be_visible()
    calm(settings)
