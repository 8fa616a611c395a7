"""A webhook is added, tried, and its log read (INT-3)."""

import re

from playwright.sync_api import expect

from tests.journeys.watching import calm


def test_an_administrator_connects_another_system(cast, make, visit, receiver):
    make.customer(cast.rosa)
    page = visit(cast.ada, "/webhooks")
    calm(page)
    page.get_by_role("link", name="Add webhook").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Warehouse")
    dialog.get_by_label("Address", exact=True).fill("warehouse")
    dialog.get_by_role("button", name="Add webhook").click()
    expect(dialog.get_by_text("An address like https://example.com/hook is accepted")).to_be_visible()
    calm(page)
    dialog.get_by_label("Address", exact=True).fill(receiver.address)
    dialog.get_by_label("customers.CustomersAdded").check()
    dialog.get_by_role("button", name="Add webhook").click()

    expect(page.get_by_label("The secret")).to_have_value(re.compile("^whsec_"))
    calm(page)
    page.get_by_role("button", name="Send a test").click()
    expect(page.get_by_text("Delivered")).to_be_visible()
    assert len(receiver.heard) == 1
    make.customer(cast.rosa)
    expect(page.get_by_text("Delivered")).to_have_count(2)
    calm(page)
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("Paused", exact=True)).to_be_visible()

    phone = visit(cast.ada, page.url, viewport={"width": 390, "height": 844}, color_scheme="dark")
    calm(phone)
