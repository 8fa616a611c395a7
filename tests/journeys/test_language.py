"""Indonesian: chosen once, then every page speaks it (ALL-9)."""

import pytest
from django.utils.translation import gettext, override
from playwright.sync_api import expect

from tests.journeys.watching import calm


def indonesian(text: str) -> str:
    """The words of the catalogue."""
    with override("id"):
        return gettext(text)


@pytest.fixture
def page(cast, make, visit):
    """Rosa chooses Indonesian in her menu."""
    make.customer(cast.rosa, name="Kopi Nusantara")
    page = visit(cast.rosa)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="Your menu").click()
    page.get_by_role("button", name="Bahasa Indonesia").click()
    expect(page.locator("html")).to_have_attribute("lang", "id")
    return page


def test_list_customer_and_dialogs_speak_indonesian(page):
    assert indonesian("Customers") == "Pelanggan"
    expect(page.get_by_role("heading", level=1)).to_have_text("Pelanggan")
    expect(page.get_by_role("link", name=indonesian("Add filter"))).to_be_visible()
    calm(page)

    page.get_by_role("link", name="Kopi Nusantara").click()
    page.get_by_role("link", name=indonesian("Log activity"), exact=True).first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(indonesian("Title"), exact=True).fill("Menelepon pelanggan")
    dialog.get_by_role("button", name=indonesian("Cancel")).click()
    page.get_by_role("link", name=indonesian("History"), exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "id")


def test_the_choice_stays_and_refusals_speak_it_too(page):
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "id")
    page.get_by_role("link", name="Kopi Nusantara").click()
    page.get_by_role("link", name=indonesian("Log activity"), exact=True).first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name=indonesian("Log"), exact=True).click()
    with override("id"):
        required = gettext("This field is required.")
    expect(dialog.locator(".error")).to_have_text(required)


def test_a_stranger_signs_in_in_indonesian(cast, open_browser):
    page = open_browser(locale="id-ID")
    page.goto("/sign-in")
    expect(page.locator("html")).to_have_attribute("lang", "id")
    expect(page.get_by_role("heading", level=1)).to_have_text(indonesian("Sign in"))
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
