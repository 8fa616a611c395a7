"""A phone, and the dark (ALL-9)."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.watching import calm

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def fits(page: Page) -> None:
    """Nothing sticks out to the side."""
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390, f"{page.url} is {width} wide"


@pytest.fixture
def phone(cast, make, visit) -> Page:
    """Rosa's phone, at the list of her customers."""
    make.customer(cast.rosa, name="Kopi Nusantara", email="halo@kopi.example", city="Bandung")
    return visit(cast.rosa, **PHONE)


def test_on_a_phone_the_list_is_cards_and_the_menu_is_at_the_thumb(phone):
    page = phone
    fits(page)
    calm(page)
    row = page.get_by_role("row", name="Kopi Nusantara")
    expect(row).to_be_visible()
    assert row.bounding_box()["width"] <= 390
    expect(page.get_by_role("complementary")).to_be_hidden()

    page.get_by_role("navigation", name="Quick navigation").get_by_role("button", name="More").tap()
    page.get_by_role("navigation", name="All pages").get_by_role("link", name="Teams").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Teams")
    fits(page)
    page.get_by_role("navigation", name="Quick navigation").get_by_role("link", name="Customers").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Customers")


def test_on_a_phone_a_meeting_is_logged_on_the_way_out(phone):
    page = phone
    page.get_by_role("link", name="Kopi Nusantara").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kopi Nusantara")
    fits(page)
    calm(page)
    page.get_by_role("link", name="Log activity").first.tap()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Meeting", exact=True).check()
    dialog.get_by_label("Title").fill("Tasted the new roast")
    calm(page)
    dialog.get_by_role("button", name="Log", exact=True).tap()

    expect(page.get_by_role("region", name="Timeline")).to_contain_text("Tasted the new roast")
    for tab in ("Contacts", "Activities", "Notes", "History"):
        page.get_by_role("navigation", name="Parts of this customer").get_by_role("link", name=tab).tap()
        expect(page.locator("nav.tabs [aria-current=page]")).to_have_text(tab)
        fits(page)
    calm(page)


def test_dark_stays_dark_after_reloading_and_goes_back_to_the_systems_choice(cast, visit):
    page = visit(cast.rosa)
    page.get_by_role("button", name="Your menu").click()
    calm(page)
    page.get_by_role("button", name="Dark").click()
    root = page.locator("html")
    expect(root).to_have_css("color-scheme", "dark")

    page.reload()
    expect(root).to_have_attribute("data-theme", "dark")
    expect(root).to_have_css("color-scheme", "dark")
    page.goto("/me")
    expect(root).to_have_css("color-scheme", "dark")
    expect(page.get_by_role("button", name="Dark", exact=True).first).to_have_attribute(
        "aria-pressed", "true"
    )

    page.get_by_role("main").get_by_role("button", name="Light").click()
    expect(root).to_have_attribute("data-theme", "light")
    calm(page)


@pytest.mark.parametrize(
    "addresses",
    [
        ("/people", "/people/add", "/teams", "/teams/add", "/roles", "/settings"),
        ("/me", "/notifications/", "/jobs", "/changes", "/imports/", "/imports/start"),
        ("/palette?q=a", "/customers/add", "/customers/1/edit", "/customers/1/activities/log"),
    ],
)
def test_every_page_of_the_house_is_calm_and_fits_a_phone(cast, make, visit, addresses):
    make.customer(cast.ada)
    page = visit(cast.ada, "/me")
    for address in addresses:
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(address)
        expect(page.get_by_role("main")).to_be_visible()
        calm(page)
        page.set_viewport_size(PHONE["viewport"])
        fits(page)
