"""Many at once: chosen, previewed, done as a job, undone; and exported (CUS-7, CUS-8, SIG-3)."""

import csv

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.watching import calm


@pytest.fixture
def customers(cast, make):
    """Fifty-five customers of Rosa: more than a page."""
    return [make.customer(cast.rosa, name=f"Customer {number:02}", city="Bandung") for number in range(1, 56)]


def in_the_bar(page: Page, verb: str) -> None:
    page.get_by_role("region", name="Selection").get_by_role("button", name=verb, exact=True).click()


def test_all_that_match_are_assigned_and_it_is_undone(cast, customers, visit):
    page = visit(cast.lena)
    page.get_by_label("Select all on this page").check()
    expect(page.get_by_role("region", name="Selection")).to_contain_text("50 selected")
    page.get_by_role("button", name="Select all 55 that match").click()
    expect(page.get_by_role("region", name="Selection")).to_contain_text("55 selected")
    calm(page)
    in_the_bar(page, "Assign")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox").fill("otto")
    page.get_by_role("option", name="Otto Brandt").click()
    dialog.get_by_role("button", name="Preview").click()
    expect(dialog).to_contain_text("Assign to Otto Brandt")
    expect(dialog).to_contain_text("55")
    calm(page)
    dialog.get_by_role("button", name="Change 55").click()

    expect(page.locator("#list-job")).to_contain_text("Done")
    expect(page.locator("tbody tr").first).to_contain_text("Otto Brandt")
    calm(page)
    page.get_by_role("link", name="What was changed, and undo").click()
    expect(page.get_by_role("region", name="What undoing would do")).to_be_visible()
    calm(page)
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Undo").click()
    page.wait_for_url("**/jobs/*")
    expect(page.get_by_text("Done", exact=True).first).to_be_visible()

    rosas = visit(cast.rosa)
    expect(rosas.get_by_text("55 in the list")).to_be_visible()


def test_a_few_are_tagged_by_keyboard_and_mouse_and_the_rest_stay(cast, customers, visit):
    page = visit(cast.rosa)
    page.get_by_label("Select Customer 02").check()
    page.get_by_label("Select Customer 04").click(modifiers=["Shift"])
    expect(page.get_by_role("region", name="Selection")).to_contain_text("3 selected")
    in_the_bar(page, "Tag")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Tags to put on").fill("fair 2026, vip")
    dialog.get_by_role("button", name="Preview").click()
    expect(dialog).to_contain_text("fair 2026")
    dialog.get_by_role("button", name="Change 3").click()
    expect(page.locator("#list-job")).to_contain_text("Done")

    page.get_by_role("link", name="Customer 03").click()
    expect(page.locator("#customer-head")).to_contain_text("fair 2026")
    page.goto("/customers/")
    page.get_by_role("link", name="Customer 05").click()
    expect(page.locator("#customer-head")).not_to_contain_text("fair 2026")


def test_what_the_filters_show_is_exported_with_the_columns_that_were_chosen(cast, make, visit):
    make.customer(cast.mira, name='=HYPERLINK("https://evil.example")', email="eve@example.com", city="Bogor")
    make.customer(cast.rosa, name="Café Müller", email="info@mueller.example", city="Bogor")
    make.customer(cast.rosa, name="Teh Puncak", email="teh@puncak.example", city="Bandung")
    page = visit(cast.mira, "/customers/")
    page.get_by_role("button", name="More", exact=True).first.click()
    page.get_by_role("link", name="Export all that match").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Export 3 rows")
    for column in ("E-mail", "City"):
        dialog.get_by_label(column, exact=True).check()
    calm(page)
    dialog.get_by_role("button", name="Export").click()
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Download").click()

    with downloading.value.path().open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["email"]: row["city"] for row in rows} == {
        "eve@example.com": "Bogor",
        "info@mueller.example": "Bogor",
        "teh@puncak.example": "Bandung",
    }
    names = [row["name"] for row in rows]
    assert "Café Müller" in names
    assert '\'=HYPERLINK("https://evil.example")' in names, "a formula is defused"
