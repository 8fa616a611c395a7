"""A seller sees the own portfolio, a manager the team, a stranger nothing (ALL-3, PPL-2)."""

import pytest
from playwright.sync_api import expect

from tests.journeys.watching import calm, press


@pytest.fixture
def customers(cast, make):
    """One customer each of Rosa (North, under Mira) and Otto (South), and one that nobody owns."""
    return [
        make.customer(cast.rosa, name="Rosa's Roasters"),
        make.customer(cast.otto, name="Otto's Optics"),
        make.customer(None, name="Nobody's Nursery"),
    ]


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("rosa", ["Rosa's Roasters"]),
        ("mira", ["Rosa's Roasters"]),
        ("otto", ["Otto's Optics"]),
        ("lena", ["Nobody's Nursery", "Otto's Optics", "Rosa's Roasters"]),
    ],
)
def test_each_list_shows_what_the_role_allows(cast, customers, visit, who, sees):
    page = visit(getattr(cast, who))
    expect(page.locator("tbody th a")).to_have_text(sees)


def test_a_stranger_finds_no_page_no_hit_and_a_way_back(cast, customers, visit):
    page = visit(cast.otto, f"/customers/{customers[0].pk}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing here")
    calm(page)
    page.get_by_role("link", name="Go to the start page").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Customers")

    press(page, "Control+k")
    page.get_by_role("combobox", name="Search or go to").fill("roasters")
    expect(page.get_by_text("Nothing found")).to_be_visible()


def test_a_reader_finds_nothing_to_change(cast, customers, visit):
    page = visit(cast.aud, f"/customers/{customers[0].pk}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Rosa's Roasters")
    for verb in ("Edit", "Log activity", "Add contact"):
        expect(page.get_by_role("link", name=verb, exact=True)).to_have_count(0)
    expect(page.get_by_role("button", name="More actions")).to_have_count(0)


def test_who_hands_a_customer_over_moves_it_to_another_list(cast, customers, visit):
    page = visit(cast.lena, f"/customers/{customers[2].pk}/")
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("link", name="Change owner").click()
    owner = page.get_by_role("dialog").get_by_role("combobox", name="Owner")
    owner.fill("otto")
    page.get_by_role("option", name="Otto Brandt").click()
    page.get_by_role("button", name="Hand over").click()
    expect(page.locator("#customer-head")).to_contain_text("Otto Brandt")

    ottos = visit(cast.otto)
    expect(ottos.locator("tbody th a")).to_have_text(["Nobody's Nursery", "Otto's Optics"])
    expect(ottos.get_by_role("link", name="1 unread notification")).to_be_visible()
    ottos.get_by_role("link", name="1 unread notification").click()
    expect(ottos.get_by_role("main")).to_contain_text("Nobody's Nursery")
    calm(ottos)
