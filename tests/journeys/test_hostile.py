"""Scripts in every field that takes text: they are shown as text, wherever they are shown (ALL-2).

A dialog that a script opens, or a script that our policy refuses, fails the journey (see watching.py).
"""

import pytest
from playwright.sync_api import Page, expect

from leadline.core.actions import Actor
from leadline.people import actions as people
from tests.journeys.watching import press

SCRIPT = "<script>alert(1)</script>"
IMAGE = "<img src=x onerror=alert(2)>"
QUOTE = "\"><svg onload=alert(3)> ' {{ 7 * 7 }}"
LINK = "[price](javascript:alert(4)) <a href='javascript:alert(5)'>list</a>"


@pytest.fixture
def customer(cast, make):
    """A customer of Rosa whose every word is a script."""
    people.change_team(cast.north, name=f"North {IMAGE}", parent=None, manager=cast.mira, by=Actor(cast.ada))
    customer = make.customer(
        cast.rosa,
        name=f"Kopi {IMAGE}",
        email="halo@kopi.example",
        phone=SCRIPT,
        website=f"https://kopi.example/{IMAGE}",
        industry=QUOTE,
        description=f"{SCRIPT} {QUOTE}",
        requirements=IMAGE,
        address=QUOTE,
        city=IMAGE,
        region=SCRIPT,
        source=QUOTE,
        tags=[IMAGE, QUOTE],
    )
    make.contact(customer, name=f"Budi {IMAGE}", title=QUOTE, department=SCRIPT, phone=IMAGE)
    make.note(customer, f"{SCRIPT} {IMAGE} {LINK} @rosa", pin=True)
    make.activity(customer, title=f"Call {IMAGE}", description=f"{SCRIPT} {LINK}")
    return customer


def shows(page: Page, words: str) -> None:
    """The words stand on the page as they were typed, and nothing came of them."""
    expect(page.get_by_text(words).locator("visible=true").first).to_be_visible()
    expect(page.locator("script:not([src])")).to_have_count(0)
    expect(page.locator("[onerror], [onload], [href^='javascript:']")).to_have_count(0)


def test_on_the_customers_pages(cast, customer, visit):
    page = visit(cast.rosa, f"/customers/{customer.pk}/")
    shows(page, f"Call {IMAGE}")
    shows(page, QUOTE)
    for tab, words in (
        ("Contacts", f"Budi {IMAGE}"),
        ("Activities", f"Call {IMAGE}"),
        ("Notes", SCRIPT),
        ("History", f"Kopi {IMAGE}"),
    ):
        page.get_by_role("navigation", name="Parts of this customer").get_by_role("link", name=tab).click()
        expect(page.locator("nav.tabs [aria-current=page]")).to_have_text(tab)
        shows(page, words)
    for opener in ("Edit", "Log activity"):
        page.get_by_role("link", name=opener, exact=True).first.click()
        expect(page.get_by_role("dialog")).to_contain_text("Kopi <img")
        page.get_by_role("dialog").get_by_role("button", name="Cancel").click()


def test_in_the_list_the_palette_and_the_teams(cast, customer, visit):
    page = visit(cast.rosa)
    shows(page, f"Kopi {IMAGE}")
    press(page, "Control+k")
    page.get_by_role("combobox", name="Search or go to").fill("kopi")
    expect(page.get_by_role("option", name="Kopi")).to_contain_text(IMAGE)
    page.keyboard.press("Escape")
    page.get_by_role("searchbox", name="Search this list").fill(SCRIPT)
    expect(page.get_by_role("heading", name="Nothing found")).to_be_visible()
    page.goto("/teams")
    shows(page, f"North {IMAGE}")


def test_in_notifications(cast, customer, make, visit):
    make.note(customer, "@rosa please look", author=cast.mira)
    page = visit(cast.rosa)
    page.get_by_role("link", name="unread notification").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Notifications")
    shows(page, IMAGE)


def test_in_the_name_of_an_attached_file_that_is_no_page_of_ours(cast, customer, visit, tmp_path):
    attached = tmp_path / f"{IMAGE}.html"
    attached.write_text(f"<!doctype html>{SCRIPT}")
    page = visit(cast.rosa, f"/customers/{customer.pk}/notes")
    page.get_by_role("link", name="Write note").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Note").fill("See the file.")
    dialog.get_by_label("Files").set_input_files(attached)
    dialog.get_by_role("button", name="Save").click()
    with page.expect_download() as downloading:
        page.get_by_role("link", name="alert(2)").click()
    assert downloading.value.path().read_text() == f"<!doctype html>{SCRIPT}"
    shows(page, "img src=x onerror=alert(2).html")


def test_in_the_name_of_a_view_and_in_a_filter(cast, customer, visit):
    page = visit(cast.rosa)
    page.get_by_role("searchbox", name="Search this list").fill("kopi")
    page.get_by_role("link", name="Add filter").click()
    page.get_by_role("dialog").get_by_role("link", name="Industry").click()
    page.get_by_role("dialog").get_by_label("Value").fill(QUOTE)
    page.get_by_role("dialog").get_by_role("button", name="Show").click()
    shows(page, QUOTE)
    page.get_by_role("link", name="Save view").click()
    page.get_by_role("dialog").get_by_label("Name").fill(IMAGE)
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page).to_have_title(f"{IMAGE} · Leadline")
    shows(page, IMAGE)


def test_in_a_refusal(cast, customer, visit):
    page = visit(cast.rosa)
    page.get_by_role("link", name="Add customer").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill(f"Teh {IMAGE}")
    dialog.get_by_label("E-mail").fill(f"{IMAGE}@x")
    dialog.get_by_role("button", name="Create customer").click()
    expect(dialog.locator(".error").first).to_be_visible()
    shows(page, IMAGE)
    dialog.get_by_label("E-mail").fill("halo@kopi.example")
    dialog.get_by_role("button", name="Create customer").click()
    expect(dialog.locator("#likely")).to_contain_text(f"Kopi {IMAGE}")


def test_in_a_file_its_name_and_its_rejected_rows(cast, visit, tmp_path):
    file = tmp_path / f"{IMAGE.replace('/', '')}.csv"
    file.write_text(f'name,email,{SCRIPT}\n"Kopi {IMAGE}",{IMAGE},1\n"Teh {IMAGE}",teh@puncak.example,2\n')
    page = visit(cast.ada, "/imports/start")
    page.get_by_label("Choose a file").set_input_files(file)
    page.get_by_role("button", name="Upload").click()
    shows(page, f"Kopi {IMAGE}")
    page.get_by_role("link", name="Continue").click()
    shows(page, f"Kopi {IMAGE}")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Check the file").click()
    shows(page, f"Kopi {IMAGE}")
    page.get_by_role("button", name="Start the import").click()
    expect(page.get_by_text("The import is done.")).to_be_visible()
    page.get_by_role("link", name="Correct here").click()
    expect(page.get_by_label("email of row 2")).to_have_value(IMAGE)
    shows(page, IMAGE)
