"""Finding somebody: the search of the list, and the palette (CUS-6)."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.watching import calm, press


@pytest.fixture
def page(cast, make, visit) -> Page:
    """Rosa at her list: two customers, an archived one, and one of Otto's that she can't see."""
    kopi = make.customer(cast.rosa, name="Kopi Nusantara", email="halo@kopi.example", phone="0811223344")
    make.contact(kopi, name="Søren Kierkegaard", email="soren@filosofi.example")
    make.customer(cast.rosa, name="Café Müller", email="info@mueller.example", status="active")
    make.customer(cast.otto, name="Otto's Optics", email="hello@optics.example")
    return visit(cast.rosa)


def search(page: Page, words: str) -> None:
    page.get_by_role("searchbox", name="Search this list").fill(words)


def finds(page: Page, *names: str) -> None:
    expect(page.locator("tbody th a")).to_have_text(list(names))


@pytest.mark.parametrize(
    "asked",
    [
        ("nusan", "tara kop", "nusantera"),  # a part, parts in another order, a typing error
        ("(0811) 22-33-44", "soren kierk", "soren@filosofi.example"),  # a phone as typed, a contact
    ],
)
def test_searching_while_typing(page, asked):
    for typed in asked:
        search(page, "cafe muller")
        finds(page, "Café Müller")
        search(page, typed)
        finds(page, "Kopi Nusantara")
        expect(page.get_by_role("searchbox", name="Search this list")).to_be_focused()


def test_the_search_is_in_the_address_and_back_undoes_it(page):
    search(page, "nusan")
    finds(page, "Kopi Nusantara")
    expect(page).to_have_url(re.compile("q=nusan"))
    page.reload()
    finds(page, "Kopi Nusantara")
    expect(page.get_by_role("searchbox", name="Search this list")).to_have_value("nusan")


def test_nothing_found_helps(page):
    search(page, "optics")
    expect(page.get_by_role("heading", name="Nothing found")).to_be_visible()
    expect(page.get_by_text("1 exists outside your scope")).to_be_visible()
    calm(page)

    page.goto("/customers/")
    page.get_by_role("button", name="Status").click()
    page.get_by_role("checkbox", name="Active", exact=True).check()
    page.get_by_role("button", name="Apply").locator("visible=true").click()
    finds(page, "Café Müller")
    search(page, "nusan")
    page.get_by_role("link", name="1 more without the filters").click()
    finds(page, "Kopi Nusantara")


def test_the_palette_opens_customers_pages_and_deeds(page):
    press(page, "Control+k")
    asked = page.get_by_role("combobox", name="Search or go to")
    expect(asked).to_be_focused()
    calm(page)
    asked.fill("kierkegaard")
    expect(page.get_by_role("option", name="Kopi Nusantara")).to_contain_text("Søren Kierkegaard")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kopi Nusantara")

    press(page, "Control+k")
    expect(page.get_by_role("group", name="Recent")).to_contain_text("Kopi Nusantara")
    asked.fill("muller")
    page.keyboard.press("Enter")  # before its results have come: not to what stands there for an earlier word
    expect(page.get_by_role("heading", level=1)).to_have_text("Café Müller")

    press(page, "Control+k")
    expect(page.get_by_role("option").first).to_be_visible()
    asked.fill("teams")
    page.get_by_role("option", name="Teams").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Teams")

    press(page, "Control+k")
    asked.fill("zzzz nobody")
    expect(page.locator("#palette-results")).to_contain_text("Nothing found")
    page.keyboard.press("Escape")
    expect(asked).to_be_hidden()
