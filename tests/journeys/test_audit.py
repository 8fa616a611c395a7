"""The audit: an administrator finds who changed a customer's e-mail, and takes the proof out (PPL-7)."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from leadline.core.actions import Actor
from leadline.customers.actions import edit_customer
from leadline.people.actions import create_token
from tests.journeys.watching import calm


def quick_filter(page: Page, name: str, *labels: str) -> None:
    """Choose in a quick filter of the toolbar."""
    page.get_by_role("button", name=name, exact=True).click()
    menu = page.locator(f"#quick-{name.lower()}")
    for label in labels:
        menu.get_by_label(label, exact=True).check()
    menu.get_by_role("button", name="Apply").click()


def test_an_administrator_finds_who_changed_an_e_mail(cast, make, visit):
    customer = make.customer(cast.rosa, name="Harbour Ltd", email="office@harbour.example")
    edit_customer(customer, email="elsewhere@harbour.example", by=Actor(cast.rosa, via="web"))
    edit_customer(customer, phone="+62 811 1000 200", by=Actor(cast.mira, via="api"))
    create_token(cast.mira, by=Actor(cast.mira, via="web"))

    page = visit(cast.ada, "/audit/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Audit")
    calm(page)
    search = page.get_by_role("searchbox", name="Find a person or record")
    search.fill("harbour")
    search.press("Enter")
    found = page.locator("#found").get_by_role("listitem").filter(has_text="Harbour Ltd")
    calm(page)
    found.get_by_role("link", name="its changes").click()
    expect(page.get_by_text("office@harbour.example → elsewhere@harbour.example")).to_be_visible()
    calm(page)

    row = page.get_by_role("row").filter(has_text="elsewhere@harbour.example")
    expect(row).to_contain_text("Rosa Ibarra")
    row.get_by_role("link", name="Changed").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("office@harbour.example")
    expect(dialog).to_contain_text("Rosa Ibarra")
    calm(page)
    dialog.get_by_role("button", name="Close").last.click()
    expect(dialog).to_be_hidden()

    quick_filter(page, "Door", "API")
    # The change of the record, and the happening that it was changed.
    expect(page.locator("tbody tr")).to_have_text([re.compile("Mira"), re.compile("Mira")])

    page.goto("/audit/find?q=rosa")
    page.get_by_role("link", name="what they did").click()
    expect(page.get_by_role("row").filter(has_text="elsewhere@harbour.example")).to_be_visible()
    expect(page.locator("tbody")).not_to_contain_text("Mira")
    page.get_by_role("button", name="More", exact=True).first.click()
    page.get_by_role("link", name="Export all that match").click()
    calm(page)
    page.get_by_role("dialog").get_by_role("button", name="Export").click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Download").click()
    assert cast.rosa.email in Path(taken.value.path()).read_text()


def test_a_seller_is_told_who_can_help(cast, visit):
    page = visit(cast.rosa, "/customers/")
    expect(page.get_by_role("navigation").first.get_by_role("link", name="Audit")).to_have_count(0)

    answer = page.goto("/audit/")

    assert answer.status == 403
    expect(page.locator("main")).to_contain_text("administrator")
    calm(page)
