"""An account manager sees a customer near a limit; customer success finds who else is (PLT-7, PLN-2)."""

from playwright.sync_api import expect

from leadline.platform.actions import ingest_events
from leadline.platform.tests.conftest import event
from leadline.platform.usage import bring_up_to_date
from tests.journeys.watching import calm

PHONE = {"width": 390, "height": 844}


def test_who_is_near_a_limit_is_found_from_both_sides(cast, make, visit, by):
    ana = make.customer(cast.rosa, name="Ana Lines", email="ana@example.com")
    its = {"email": "ana@example.com"}
    rows = [
        event("logged_in", ago=4, **its),
        event("search", ago=1, **its),
        event("feature_used", capability="Active listings", amount="4", **its),
        event("feature_used", capability="boosts", **its),
        event("logged_in", ago=60 * 24 * 40, **its),
    ]
    ingest_events(rows, by=by(cast.ada, via="api"))
    bring_up_to_date(by=by(cast.house, via="job"))

    page = visit(cast.rosa, f"/customers/{ana.pk}/")
    part = page.locator("#customer-usage")
    expect(part.get_by_text("Near the limit")).to_be_visible()
    expect(part.get_by_text("4 of 5")).to_be_visible()
    part.get_by_role("link", name="90 days").click()
    expect(part.locator("li").filter(has_text="Logins").locator(".figure")).to_have_text("2")
    calm(page)
    part.get_by_role("link", name="All about the usage").click()
    expect(page.get_by_role("heading", name="Usage", exact=True)).to_be_visible()
    page.get_by_role("link", name="Logins").click()
    page.locator("summary").filter(has_text="Table").click()
    expect(page.get_by_role("row").filter(has_text="In all")).to_contain_text("2")
    calm(page)

    page.goto(page.url.split("/customers")[0] + "/platform/features")
    line = page.get_by_role("row").filter(has_text="Active listings")
    calm(page)
    line.get_by_role("link", name="1", exact=True).last.click()
    expect(page.get_by_role("row").filter(has_text="Ana Lines")).to_contain_text("Near the limit")
    calm(page)

    settings = visit(cast.ada, "/capabilities/")
    expect(settings.get_by_role("row").filter(has_text="boosts")).to_contain_text("found in events")
    settings.get_by_role("link", name="boosts").click()
    dialog = settings.get_by_role("dialog")
    dialog.get_by_label("Limit without a plan").fill("3")
    dialog.get_by_role("button", name="Save").click()
    expect(settings.get_by_role("row").filter(has_text="boosts")).to_contain_text("3")
    calm(settings)
    for address in ("/platform/features", f"/customers/{ana.pk}/usage", "/platform/usage/"):
        phone = visit(cast.rosa, address, viewport=PHONE, color_scheme="dark")
        expect(phone.locator("main")).to_contain_text("Active listings")
        calm(phone)
