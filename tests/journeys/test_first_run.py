"""The first run: a new installation leads through organisation, administrator and first data (INT-1)."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.watching import calm


@pytest.fixture
def stranger(open_browser) -> Page:
    """The first person who ever opens this installation."""
    page = open_browser()
    page.goto("/")
    return page


def set_up(page: Page) -> None:
    """The first two steps, as far as they must be answered."""
    page.get_by_label("Name").fill("Plumb & Sons")
    page.get_by_label("Country").select_option("ID")
    expect(page.get_by_label("Currency")).to_have_value("IDR")
    page.get_by_label("Language").select_option("en")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Name").fill("Ada Santoso")
    page.get_by_label("E-mail").fill("ada@example.com")
    page.get_by_label("Password").fill("a lead line of 20 fathoms")
    page.get_by_role("button", name="Create account and sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What shall we start with?")


def test_every_step_is_calm_and_a_weak_password_is_told_beside_its_field(stranger):
    page = stranger
    expect(page.get_by_role("heading", level=1)).to_have_text("Welcome to Leadline")
    calm(page)
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("[aria-invalid=true]").first).to_be_visible()
    calm(page)

    page.get_by_label("Name").fill("Plumb & Sons")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Name").fill("Ada Santoso")
    page.get_by_label("E-mail").fill("ada@example.com")
    page.get_by_label("Password").fill("short")
    page.get_by_role("button", name="Create account and sign in").click()
    expect(page.locator(".error").first).to_be_visible()
    expect(page.get_by_label("E-mail")).to_have_value("ada@example.com")
    calm(page)


def test_beginning_with_an_invented_company(stranger):
    page = stranger
    set_up(page)
    calm(page)
    page.get_by_label("A company to try things on").check()
    page.get_by_role("button", name="Begin").click()

    expect(page.get_by_text("Done", exact=True).first).to_be_visible(timeout=120_000)
    calm(page)
    page.goto("/customers/")
    expect(page.locator("tbody tr").first).to_be_visible()


def test_beginning_with_the_own_file(stranger):
    page = stranger
    set_up(page)
    page.get_by_label("My own customers").check()
    page.get_by_role("button", name="Begin").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Import a file")


def test_beginning_empty_and_finding_the_first_steps_on_the_page(stranger):
    page = stranger
    set_up(page)
    page.get_by_label("Nothing").check()
    page.get_by_role("button", name="Begin").click()

    expect(page.get_by_text("No customers yet")).to_be_visible()
    calm(page)
    page.goto("/welcome/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Customers")
