"""“Why?”: who can't do or find something learns why, and who can help; nothing more (PPL-5)."""

import pytest
from playwright.sync_api import expect

from leadline.core.actions import Actor
from leadline.customers import actions
from tests.journeys.test_screens import PHONE, fits
from tests.journeys.watching import calm


@pytest.fixture
def optics(cast, make):
    """Otto's customer, which Rosa does not see and Sam only reads."""
    return make.customer(cast.otto, name="Otto's Optics", city="Solo")


def test_a_seller_at_a_colleagues_customer_learns_what_the_role_shows(cast, optics, visit):
    page = visit(cast.rosa, f"/customers/{optics.pk}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing here")
    page.get_by_role("link", name="Why?").press("Enter")
    why = page.get_by_role("dialog", name="What you can't find")
    expect(why).to_contain_text("Your role (Inside Sales) lets you see customers: those you own.")
    expect(why.get_by_role("link", name="Mira Okafor", exact=True)).to_be_visible()
    expect(why).not_to_contain_text("Otto")
    calm(page)
    told = why.inner_text()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Why?")).to_be_focused()

    page.goto(f"{page.url.split('/customers/')[0]}/customers/987654321/")
    page.get_by_role("link", name="Why?").click()
    expect(why).to_be_visible()
    assert why.inner_text() == told

    page.get_by_role("link", name="What my role allows").click()
    expect(page.get_by_role("dialog", name="What your role allows")).to_contain_text("You can’t")
    calm(page)


def test_who_searches_in_vain_learns_what_the_role_shows(cast, make, optics, visit):
    make.customer(cast.rosa, name="Rosa's Roasters")
    page = visit(cast.rosa)
    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name="Search or go to").fill("optics")
    option = page.get_by_role("option", name="Not finding somebody?")
    expect(option).to_be_visible()
    calm(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("those you own")
    calm(page)

    page.go_back()
    page.get_by_role("link", name="Not finding somebody?").click()
    expect(page.get_by_role("dialog", name="What your role allows")).to_contain_text("Ada Santoso")


def test_a_reader_who_wants_to_edit_learns_who_can(cast, optics, visit):
    page = visit(cast.sam, f"/customers/{optics.pk}/")
    page.locator("#customer-head").get_by_role("link", name="Why can’t I edit this?").click()
    why = page.get_by_role("dialog", name="Otto's Optics")
    expect(why).to_contain_text("Your role (Support Rep) does not let you edit customers.")
    expect(why.get_by_role("listitem").first).to_contain_text("Otto Brandt")
    expect(why.get_by_role("link", name="Write to Otto Brandt")).to_have_attribute(
        "href", "mailto:otto@example.com"
    )
    calm(page)
    why.get_by_role("link", name="Everything I can do here").click()
    expect(why).to_contain_text("Log and note")
    calm(page)
    why.get_by_role("link", name="Block").click()
    expect(why).to_contain_text("Fina Rossi")
    why.get_by_role("button", name="Close").click()
    expect(why).to_be_hidden()

    page.goto(f"{page.url}edit")
    expect(page.get_by_role("heading", level=1)).to_have_text("You may not do this")
    calm(page)
    page.get_by_role("link", name="Why?").click()
    expect(why).to_contain_text("Ada Santoso")


def test_an_archived_customer_says_how_it_comes_back(cast, make, visit):
    customer = make.customer(cast.rosa, name="Old Oaks")
    actions.archive_customer(customer, by=Actor(cast.rosa))

    page = visit(cast.rosa, f"/customers/{customer.pk}/", **PHONE)
    page.locator("#customer-head").get_by_role("link", name="Why can’t I edit this?").tap()
    why = page.get_by_role("dialog", name="Old Oaks")
    expect(why).to_contain_text("It is archived; restore it first. You can do that yourself: Restore.")
    fits(page)
    calm(page)


def test_a_blocked_customer_says_what_that_stops(cast, make, visit):
    customer = make.customer(cast.rosa, name="Bad Payers")
    page = visit(cast.rosa, f"/customers/{customer.pk}/")
    page.get_by_role("button", name="More actions").click()
    actions.block_customer(customer, reason="Unpaid invoices", by=Actor(cast.ada))
    page.get_by_role("link", name="What can I do here").click()
    why = page.get_by_role("dialog", name="Bad Payers")
    expect(why).to_contain_text("Blocked: Unpaid invoices. Nothing is sent to this customer")
    expect(why).to_contain_text("Unblock")
    calm(page)


def test_a_refusal_in_passing_can_be_asked_why(cast, make, visit):
    """Rosa's customer is archived by somebody else while she looks at it; what she does then is refused."""
    customer = make.customer(cast.rosa, name="Old Oaks")
    page = visit(cast.rosa, f"/customers/{customer.pk}/")
    page.get_by_role("button", name="More actions").click()
    actions.archive_customer(customer, by=Actor(cast.ada))
    page.get_by_role("button", name="Archive").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Archive").click()
    toast = page.get_by_role("status").filter(has_text="It is archived")
    toast.get_by_role("link", name="Why?").click()
    expect(page.get_by_role("dialog", name="Old Oaks")).to_contain_text("You can do that yourself: Restore.")
