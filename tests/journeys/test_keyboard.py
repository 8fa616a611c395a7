"""Everything by keyboard: from signing in to a logged call, and the list row by row (ALL-9)."""

from playwright.sync_api import Page, expect

from tests.cast import PASSWORD
from tests.journeys.watching import calm, press

NOTHING = "none"


def focus_shows(page: Page) -> None:
    """Whatever has the focus can be seen to have it."""
    focused = page.locator(":focus")
    expect(focused).to_be_visible()
    ring, shadow = (
        focused.evaluate(f"element => getComputedStyle(element).{name}")
        for name in ("outlineStyle", "boxShadow")
    )
    assert NOTHING not in (ring, shadow) or ring != shadow, f"no visible focus on {focused}"


def test_from_signing_in_to_a_logged_call_without_a_mouse(cast, make, open_browser):
    make.customer(cast.rosa, name="Kopi Nusantara", email="halo@kopi.example")
    make.customer(cast.rosa, name="Kopi Toraja", email="halo@toraja.example")
    page = open_browser()
    page.goto("/")
    keys = page.keyboard

    expect(page.get_by_label("E-mail")).to_be_focused()
    keys.type("rosa@example.com")
    keys.press("Tab")
    focus_shows(page)
    keys.type(PASSWORD)
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Customers")

    press(page, "/")
    expect(page.get_by_role("combobox", name="Search or go to")).to_be_focused()
    keys.type("kopi")
    expect(page.get_by_role("option", name="Kopi Toraja")).to_be_visible()
    hits = page.locator("ll-palette").get_by_role("option")
    expect(hits.first).to_have_attribute("aria-selected", "true")
    keys.press("ArrowDown")
    expect(hits.nth(1)).to_have_attribute("aria-selected", "true")
    calm(page)
    chosen = hits.nth(1).locator(".clip").first.inner_text()
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(chosen)

    press(page, "l")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_label("Call", exact=True)).to_be_focused()
    keys.press("ArrowRight")
    expect(dialog.get_by_label("E-mail", exact=True)).to_be_checked()
    keys.press("ArrowLeft")
    keys.press("Tab")
    expect(dialog.get_by_label("Title")).to_be_focused()
    focus_shows(page)
    keys.type("Rang about the harvest")
    keys.press("Enter")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("region", name="Timeline")).to_contain_text("Rang about the harvest")


def test_the_list_is_walked_picked_and_opened_row_by_row(cast, make, visit):
    for name in ("Anggrek", "Bougenville", "Cempaka"):
        make.customer(cast.rosa, name=name)
    page = visit(cast.rosa)
    keys = page.keyboard

    keys.press("j")
    keys.press("j")
    expect(page.locator("tr.at")).to_contain_text("Bougenville")
    keys.press("x")
    expect(page.get_by_label("Select Bougenville")).to_be_checked()
    expect(page.get_by_role("region", name="Selection")).to_contain_text("1 selected")
    keys.press("k")
    expect(page.locator("tr.at")).to_contain_text("Anggrek")
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Anggrek")

    keys.type("gj")
    expect(page.get_by_role("heading", level=1)).to_have_text("Jobs")
    keys.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_contain_text("Customers")
    calm(page)
    keys.press("Escape")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_hidden()


def test_a_page_starts_with_a_way_past_the_menu_and_a_dialog_gives_the_focus_back(cast, make, visit):
    customer = make.customer(cast.rosa)
    page = visit(cast.rosa, f"/customers/{customer.pk}/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    focus_shows(page)
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()

    edit = page.get_by_role("link", name="Edit", exact=True).first
    edit.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(edit).to_be_focused()
