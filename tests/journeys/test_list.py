"""The list: filters, order, pages, columns, saved views (CUS-4, CUS-5)."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.watching import calm


@pytest.fixture
def page(cast, make, visit) -> Page:
    """Rosa at her list of four customers."""
    for name, status, industry in (
        ("Anggrek", "active", "Flowers"),
        ("Bougenville", "prospect", "Flowers"),
        ("Cempaka", "active", "Tea"),
        ("Dahlia", "churned", "Tea"),
    ):
        make.customer(cast.rosa, name=name, status=status, industry=industry)
    return visit(cast.rosa)


def shows(page: Page, *names: str) -> None:
    expect(page.locator("tbody th a")).to_have_text(list(names))


def choose_status(page: Page, *labels: str) -> None:
    """The quick filter of the toolbar."""
    page.get_by_role("button", name="Status", exact=True).click()
    menu = page.locator("#quick-status")
    for label in labels:
        menu.get_by_label(label, exact=True).check()
    menu.get_by_role("button", name="Apply").click()


def test_filters_add_up_stand_in_the_address_and_are_taken_off_one_by_one(page):
    calm(page)
    choose_status(page, "Active", "Churned")
    shows(page, "Anggrek", "Cempaka", "Dahlia")
    page.get_by_role("link", name="Add filter").click()
    calm(page)
    page.get_by_role("dialog").get_by_role("link", name="Industry").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Value").fill("tea")
    dialog.get_by_role("button", name="Show").click()
    shows(page, "Cempaka", "Dahlia")
    calm(page)

    page.reload()
    shows(page, "Cempaka", "Dahlia")
    page.get_by_role("link", name="Remove filter: Status").click()
    expect(page.get_by_role("link", name="Remove filter: Status")).to_have_count(0)
    shows(page, "Cempaka", "Dahlia")
    page.get_by_role("link", name=re.compile("Remove filter: Industry")).click()
    shows(page, "Anggrek", "Bougenville", "Cempaka", "Dahlia")
    page.go_back()
    shows(page, "Cempaka", "Dahlia")


def test_the_order_turns_with_a_click_on_the_head(page):
    page.get_by_role("columnheader", name="Customer").or_(
        page.get_by_role("columnheader", name="Name")
    ).first.get_by_role("link").click()
    shows(page, "Dahlia", "Cempaka", "Bougenville", "Anggrek")
    expect(page.locator("th[aria-sort=descending]")).to_be_visible()


def test_columns_are_chosen_and_moved(page):
    page.get_by_role("button", name="More", exact=True).first.click()
    page.get_by_role("link", name="Columns").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Industry", exact=True).check()
    dialog.get_by_role("button", name="Move Industry up").click()
    calm(page)
    dialog.get_by_role("button", name="Apply").click()

    expect(page.get_by_role("columnheader", name="Industry")).to_be_visible()
    expect(page.get_by_role("row", name="Cempaka")).to_contain_text("Tea")


def test_a_view_is_kept_opens_the_list_and_is_shared_with_the_team(cast, page, visit):
    mira = visit(cast.mira)
    choose_status(mira, "Active")
    shows(mira, "Anggrek", "Cempaka")
    mira.get_by_role("link", name="Save view").click()
    dialog = mira.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Paying now")
    dialog.get_by_label("Team", exact=False).first.check()
    dialog.get_by_label("Open the list with it").check()
    calm(mira)
    dialog.get_by_role("button", name="Save").click()
    views = mira.get_by_role("navigation", name="Saved views")
    expect(views.locator("[aria-current=page]")).to_contain_text("Paying now")
    expect(views.get_by_role("link", name="Paying now")).to_contain_text("2")
    mira.goto("/customers/")
    shows(mira, "Anggrek", "Cempaka")
    calm(mira)

    page.reload()
    shows(page, "Anggrek", "Bougenville", "Cempaka", "Dahlia")
    page.get_by_role("link", name="Paying now").click()
    shows(page, "Anggrek", "Cempaka")

    mira.get_by_role("link", name="Edit view").click()
    mira.get_by_role("button", name="Remove this view").click()
    mira.get_by_role("alertdialog").get_by_role("button", name="Yes, go on").click()
    expect(views.get_by_role("link", name="Paying now")).to_have_count(0)


def test_what_was_typed_is_kept_by_a_filter_and_by_a_view(page):
    """Around the field that somebody types in, all that names the address follows."""
    search = page.get_by_role("searchbox", name="Search this list")
    search.press_sequentially("a")
    search.press_sequentially("nggrek")
    shows(page, "Anggrek")
    expect(search).to_be_focused()
    choose_status(page, "Active")
    shows(page, "Anggrek")
    expect(search).to_have_value("anggrek")

    page.get_by_role("link", name="Save view").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Orchids")
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("navigation", name="Saved views").locator("[aria-current=page]")).to_contain_text(
        "Orchids"
    )
    shows(page, "Anggrek")
    expect(search).to_have_value("anggrek")
    search.fill("")
    shows(page, "Anggrek", "Cempaka")
    expect(page.get_by_role("link", name="Update view")).to_be_visible()
    calm(page)


def test_pages_go_on_and_back(cast, make, visit):
    for number in range(1, 56):
        make.customer(cast.rosa, name=f"Customer {number:02}")
    page = visit(cast.rosa)
    expect(page.locator("tbody tr")).to_have_count(50)
    page.get_by_role("link", name="Next").click()
    shows(page, *(f"Customer {number}" for number in range(51, 56)))
    page.get_by_role("link", name="Previous").click()
    expect(page.locator("tbody th a").first).to_have_text("Customer 01")
    page.keyboard.press("]")
    expect(page.locator("tbody tr")).to_have_count(5)


def test_a_new_customer_that_may_be_here_already_is_told_before_saving(page):
    page.get_by_role("link", name="Add customer").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Anggrek")
    dialog.get_by_label("E-mail").fill("other@anggrek.example")
    calm(page)
    dialog.get_by_role("button", name="Create customer").click()
    expect(dialog.locator("#likely")).to_contain_text("Anggrek")
    calm(page)
    dialog.get_by_role("button", name="Create anyway").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Anggrek")
    expect(page.locator("#customer-head")).to_contain_text("other@anggrek.example")
