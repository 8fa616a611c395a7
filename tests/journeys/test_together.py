"""Two people at one record: nobody overwrites unseen what the other saved (ALL-1)."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.watching import calm


@pytest.fixture
def both(cast, make, visit) -> tuple[Page, Page]:
    """Rosa and Mira have the same customer open for editing."""
    customer = make.customer(cast.rosa, name="Kopi Nusantara", industry="Coffee", city="Bandung")
    pages = visit(cast.rosa, f"/customers/{customer.pk}/"), visit(cast.mira, f"/customers/{customer.pk}/")
    for page in pages:
        page.get_by_role("link", name="Edit", exact=True).first.click()
        expect(page.get_by_role("dialog")).to_be_visible()
    return pages


def save(page: Page, field: str, value: str) -> None:
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(field).fill(value)
    dialog.get_by_role("button", name="Save").click()


def test_who_saves_second_is_told_and_takes_the_other_ones_value(both):
    rosa, mira = both
    save(rosa, "Industry", "Tea")
    expect(rosa.locator("#customer-head")).to_contain_text("Tea")

    save(mira, "Industry", "Cocoa")
    dialog = mira.get_by_role("dialog")
    expect(dialog.get_by_role("alert")).to_contain_text("Rosa Ibarra")
    calm(mira)
    dialog.get_by_label("Take theirs: Tea").check()
    dialog.get_by_role("button", name="Save").click()

    expect(mira.locator("#customer-head")).to_contain_text("Tea")


def test_who_saves_second_may_keep_the_own_value(both):
    rosa, mira = both
    save(rosa, "Industry", "Tea")
    expect(rosa.locator("#customer-head")).to_contain_text("Tea")

    save(mira, "Industry", "Cocoa")
    expect(mira.get_by_role("dialog").get_by_role("alert")).to_contain_text("Cocoa")
    mira.get_by_role("dialog").get_by_role("button", name="Save").click()

    expect(mira.locator("#customer-head")).to_contain_text("Cocoa")


def test_changes_of_different_fields_go_together(both):
    rosa, mira = both
    save(rosa, "Industry", "Tea")
    expect(rosa.locator("#customer-head")).to_contain_text("Tea")

    save(mira, "City", "Surabaya")
    # Mira did not touch the industry: Rosa's stays unless Mira says otherwise.
    expect(mira.get_by_role("dialog").get_by_label("Take theirs: Tea")).to_be_checked()
    mira.get_by_role("dialog").get_by_role("button", name="Save").click()

    expect(mira.locator("#customer-head")).to_contain_text("Surabaya")
    expect(mira.locator("#customer-head")).to_contain_text("Tea")
