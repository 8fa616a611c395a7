"""The board of leads: by pointer, by keys, on a phone, and two people at it (LEA-4, WSP-3)."""

import pytest
from playwright.sync_api import Page, expect

from leadline.leads import actions
from leadline.leads.models import Lead, Reason, Stage
from tests.journeys.test_screens import PHONE, fits
from tests.journeys.watching import calm, drag_onto, press

BOARD = "/leads/board/"


@pytest.fixture
def leads(cast, make) -> dict[str, Lead]:
    """Three leads of Rosa, and one of Otto."""
    ours = {
        name: make.lead(cast.rosa, name=name, time_zone="Asia/Tokyo") for name in ("Ayu", "Budi", "Citra")
    }
    make.lead(cast.otto, name="Qothery")
    return ours


def pile(page: Page, key: str):
    return page.locator(f'[data-pile="{Stage.objects.get(key=key).pk}"]')


def card(page: Page, name: str):
    return page.locator(".board-card").filter(has_text=name)


def drag(page: Page, name: str, key: str) -> None:
    """By hand, into another column."""
    pile(page, key).scroll_into_view_if_needed()
    drag_onto(card(page, name), pile(page, key))


def stage_of(lead: Lead) -> str:
    return Lead.objects.get(pk=lead.pk).stage.key


def test_a_card_is_dragged_and_closing_asks_why(cast, visit, leads):
    page = visit(cast.rosa, BOARD, viewport={"width": 1440, "height": 900})
    expect(pile(page, "assigned").locator(".board-card")).to_have_count(3)
    expect(page.get_by_text("Qothery")).to_have_count(0)
    calm(page)

    drag(page, "Ayu", "contacting")
    expect(page.get_by_text("Moved to Contacting.")).to_be_visible()
    expect(pile(page, "contacting")).to_contain_text("Ayu")
    assert stage_of(leads["Ayu"]) == "contacting"

    drag(page, "Budi", "disqualified")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("No budget").check()
    dialog.get_by_role("button", name="Disqualify").click()
    expect(card(page, "Budi")).to_have_count(0)
    assert stage_of(leads["Budi"]) == "disqualified"

    page.get_by_role("link", name="Show Disqualified").click()
    expect(pile(page, "disqualified")).to_contain_text("Budi")
    drag(page, "Budi", "qualified")
    expect(page.get_by_text("Moved to Qualified.")).to_be_visible()
    expect(pile(page, "qualified")).to_contain_text("Budi")
    assert stage_of(leads["Budi"]) == "qualified"

    page.get_by_role("link", name="Show Converted").click()
    expect(page.get_by_role("link", name="Fold Converted")).to_be_visible()
    drag(page, "Citra", "converted")
    dialog.get_by_role("button", name="Convert").click()
    page.wait_for_url("**/customers/*/")
    assert stage_of(leads["Citra"]) == "converted"


def test_by_keys_alone(cast, visit, leads):
    page = visit(cast.rosa, BOARD, viewport={"width": 1440, "height": 900})
    press(page, "j")
    first = page.locator(".board-card.at")
    name = first.locator(".named").inner_text()
    press(page, "Shift+ArrowRight")
    expect(pile(page, "contacting")).to_contain_text(name)
    expect(page.locator(".board-card.at")).to_contain_text(name)
    press(page, "ArrowLeft")
    expect(pile(page, "assigned").locator(".at")).to_have_count(1)

    press(page, "m")
    dialog = page.get_by_role("dialog")
    calm(page)
    dialog.get_by_role("button", name="Follow-up").click()
    expect(pile(page, "follow_up").locator(".board-card")).to_have_count(1)

    press(page, "j")
    press(page, "x")
    expect(page.get_by_role("region", name="Selection")).to_contain_text("1 selected")
    press(page, "e")
    page.get_by_role("dialog").get_by_label("Company").fill("Kopi Nusantara")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.locator("#board")).to_contain_text("Kopi Nusantara")
    expect(page.get_by_role("region", name="Selection")).to_contain_text("1 selected")


def test_two_people_at_one_board(cast, visit, leads):
    rosa = visit(cast.rosa, BOARD, viewport={"width": 1440, "height": 900})
    mira = visit(cast.mira, f"{BOARD}?lanes=owner", viewport={"width": 1440, "height": 900})
    expect(mira.get_by_role("heading", name="Rosa Ibarra")).to_be_visible()

    # Mira looks at where to put the card; Rosa is quicker.
    card(mira, "Ayu").hover()
    card(mira, "Ayu").get_by_role("link", name="Move Ayu").click()
    drag(rosa, "Ayu", "qualified")
    expect(pile(rosa, "qualified")).to_contain_text("Ayu")
    expect(pile(mira, "qualified")).to_contain_text("Ayu")
    mira.get_by_role("dialog").get_by_role("button", name="Contacting").click()

    told = mira.get_by_role("dialog").get_by_role("alert")
    expect(told).to_have_text("Rosa Ibarra moved Ayu to Qualified in the meantime. Here it stands now.")
    expect(mira.get_by_role("dialog")).to_contain_text("Stands in Qualified.")
    assert stage_of(leads["Ayu"]) == "qualified"

    mira.get_by_role("dialog").get_by_role("button", name="Contacting").click()
    expect(pile(rosa, "contacting")).to_contain_text("Ayu")


def test_on_a_phone_by_the_menu(cast, visit, leads):
    page = visit(cast.rosa, BOARD, **PHONE)
    fits(page)
    calm(page)
    card(page, "Citra").get_by_role("link", name="Move Citra").tap()
    fits(page)
    page.get_by_role("dialog").get_by_role("button", name="Qualified").tap()

    expect(pile(page, "qualified")).to_contain_text("Citra")
    assert stage_of(leads["Citra"]) == "qualified"
    page.get_by_role("link", name="List", exact=True).tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Leads")
    fits(page)


def test_list_and_board_show_the_same_question(cast, visit, leads, by):
    actions.disqualify_lead(leads["Budi"], reason=Reason.objects.get(key="other"), by=by(cast.rosa))
    page = visit(cast.rosa, "/leads/?view=mine")
    page.get_by_role("link", name="Board", exact=True).click()

    expect(page.locator("nav.tabs [aria-current=page]")).to_contain_text("Mine")
    expect(page.locator(".board-card")).to_have_count(2)
    page.get_by_label("Search this list").fill("ayu")
    expect(page.locator(".board-card")).to_have_count(1)
    press(page, "Escape")
    page.get_by_role("link", name="List", exact=True).click()
    expect(page.get_by_role("row", name="Ayu")).to_be_visible()
    expect(page.get_by_role("row", name="Citra")).to_have_count(0)


def lane(page: Page, owner: str):
    """The row of cards below a heading."""
    return page.locator(f"xpath=//h3[contains(., '{owner}')]/following-sibling::div[1]")


def test_cards_change_lanes_by_hand_and_by_keys_and_are_brought_back(cast, make, visit, leads):
    page = visit(cast.lena, f"{BOARD}?lanes=owner", viewport={"width": 1440, "height": 900})
    contacting = f'[data-pile="{Stage.objects.get(key="contacting").pk}"]'
    expect(lane(page, "Rosa Ibarra").locator(".board-card")).to_have_count(3)
    calm(page)

    drag_onto(card(page, "Ayu"), lane(page, "Otto Brandt").locator(contacting))
    expect(page.get_by_text("Moved to Contacting. Owner changed.")).to_be_visible()
    expect(lane(page, "Otto Brandt").locator(contacting)).to_contain_text("Ayu")
    assert (stage_of(leads["Ayu"]), Lead.objects.get(name="Ayu").owner) == ("contacting", cast.otto)

    page.get_by_role("link", name="Undo").click()
    expect(lane(page, "Rosa Ibarra").locator(".board-card")).to_have_count(3)
    assert (stage_of(leads["Ayu"]), Lead.objects.get(name="Ayu").owner) == ("assigned", cast.rosa)

    card(page, "Qothery").locator(".named a").focus()
    press(page, "Shift+ArrowUp")
    expect(lane(page, "Rosa Ibarra").locator(".board-card")).to_have_count(4)
    assert Lead.objects.get(name="Qothery").owner == cast.rosa

    mira = visit(cast.mira, f"{BOARD}?lanes=team", viewport={"width": 1440, "height": 900})
    expect(mira.get_by_text("Cards stay in their lanes here.")).to_be_visible()
    calm(mira)
    rosa = visit(cast.rosa, f"{BOARD}?lanes=owner", **PHONE)
    card(rosa, "Citra").get_by_role("link", name="Move Citra").tap()
    expect(rosa.get_by_role("dialog")).to_contain_text("Lane: Owner")
    fits(rosa)
    calm(rosa)
