"""The 360° page: contacts, notes, activities, status, blocking, history (CUS-9 to CUS-14, TIM-2)."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.watching import calm


@pytest.fixture
def page(cast, make, visit) -> Page:
    """Rosa at the page of her customer."""
    customer = make.customer(cast.rosa, name="Kopi Nusantara", email="halo@kopi.example", phone="0811223344")
    return visit(cast.rosa, f"/customers/{customer.pk}/")


def add_contact(page: Page, name: str, email: str) -> None:
    page.locator("#tab").get_by_role("link", name="Add contact").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill(name)
    dialog.get_by_label("E-mail").first.fill(email)
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("row", name=name)).to_be_visible()


def more(page: Page, action: str) -> None:
    """Choose something under "More actions"."""
    page.get_by_role("button", name="More actions").click()
    page.locator("#more").get_by_text(action, exact=True).click()


def test_of_two_contacts_another_becomes_the_primary_one(page):
    page.get_by_role("link", name="Contacts", exact=True).click()
    calm(page)
    add_contact(page, "Budi Hartono", "budi@kopi.example")
    add_contact(page, "Citra Dewi", "citra@kopi.example")
    expect(page.get_by_role("row", name="Budi Hartono")).to_contain_text("Primary")
    calm(page)

    page.get_by_role("button", name="Actions for Citra Dewi").click()
    page.get_by_role("button", name="Set as primary").click()

    expect(page.get_by_role("row", name="Citra Dewi")).to_contain_text("Primary")
    expect(page.get_by_role("row", name="Budi Hartono")).not_to_contain_text("Primary")
    expect(page.locator("tbody tr").first).to_contain_text("Citra Dewi")


def test_a_contact_without_a_proper_address_is_told_and_what_was_typed_stays(page):
    page.get_by_role("link", name="Contacts", exact=True).click()
    page.locator("#tab").get_by_role("link", name="Add contact").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Budi Hartono")
    dialog.get_by_label("E-mail").first.fill("budi at kopi")
    dialog.get_by_role("button", name="Save").click()

    expect(dialog.locator(".error")).to_contain_text("budi at kopi")
    expect(dialog.get_by_label("Name")).to_have_value("Budi Hartono")
    expect(dialog.get_by_label("E-mail").first).to_be_focused()
    calm(page)


def test_an_archived_contact_comes_back(page):
    page.get_by_role("link", name="Contacts", exact=True).click()
    add_contact(page, "Budi Hartono", "budi@kopi.example")
    page.get_by_role("button", name="Actions for Budi Hartono").click()
    page.get_by_role("button", name="Archive").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("row", name="Budi Hartono")).to_be_visible()

    page.get_by_role("button", name="Actions for Budi Hartono").click()
    page.get_by_role("button", name="Archive").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Yes, go on").click()
    expect(page.get_by_text("No contacts yet")).to_be_visible()

    page.get_by_role("link", name="Show archived").click()
    page.get_by_role("button", name="Actions for Budi Hartono").click()
    page.get_by_role("button", name="Restore").click()
    expect(page.get_by_text("No archived contacts")).to_be_visible()


def test_a_note_is_written_pinned_and_stands_on_the_overview(page, tmp_path):
    attached = tmp_path / "price list.txt"
    attached.write_text("Arabica 90")
    page.get_by_role("link", name="Notes", exact=True).click()
    page.locator("#tab").get_by_role("link", name="Write note").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Note").fill("Prefers **mornings**. Ask @mira about the discount.")
    dialog.get_by_label("Files").set_input_files(attached)
    calm(page)
    dialog.get_by_role("button", name="Save").click()
    expect(page.locator("article strong")).to_have_text("mornings")

    with page.expect_download() as downloading:
        page.get_by_role("link", name="price list.txt").click()
    assert downloading.value.path().read_text() == "Arabica 90"

    page.get_by_role("button", name="Pin").click()
    expect(page.get_by_role("button", name="Unpin")).to_be_visible()
    calm(page)
    page.get_by_role("link", name="Overview", exact=True).click()
    expect(page.get_by_role("region", name="Pinned notes")).to_contain_text("mornings")
    calm(page)


def test_a_logged_call_stands_on_the_timeline_and_is_found_by_its_kind(page):
    page.get_by_role("link", name="Log activity").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Call", exact=True).check()
    dialog.get_by_label("Title").fill("Asked for a sample")
    dialog.get_by_label("Outcome").select_option("connected")
    dialog.get_by_label("Duration").fill("12")
    calm(page)
    dialog.get_by_role("button", name="Log", exact=True).click()

    timeline = page.get_by_role("region", name="Timeline")
    expect(timeline).to_contain_text("Asked for a sample")
    expect(timeline).to_contain_text("12 min")
    page.get_by_role("link", name="Activities", exact=True).click()
    calm(page)
    page.get_by_role("button", name="Kinds").click()
    page.get_by_label("Meeting").check()
    expect(page.get_by_text("Nothing matches")).to_be_visible()
    page.get_by_role("link", name="Show everything").click()
    expect(page.get_by_text("Asked for a sample")).to_be_visible()


def test_an_activity_without_a_title_is_not_logged(page):
    page.get_by_role("link", name="Log activity").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Description").fill("A long talk")
    dialog.get_by_role("button", name="Log", exact=True).click()

    expect(dialog.locator(".error")).to_be_visible()
    expect(dialog.get_by_label("Description")).to_have_value("A long talk")


def test_a_changed_status_stands_on_the_timeline_and_in_the_history(page):
    more(page, "Change status")
    dialog = page.get_by_role("dialog")
    calm(page)
    dialog.get_by_label("Active", exact=True).check()
    dialog.get_by_role("button", name="Change status").click()

    expect(page.locator("#customer-head .pill").first).to_have_text("Active")
    expect(page.get_by_role("region", name="Timeline")).to_contain_text("Active")
    page.get_by_role("link", name="History", exact=True).click()
    expect(page.locator(".history")).to_contain_text("Rosa Ibarra")
    expect(page.locator(".history ins").first).to_have_text("Active")
    calm(page)


def test_blocking_wants_a_reason_and_unblocking_brings_back_what_was(cast, make, visit):
    customer = make.customer(cast.rosa, name="Slow Payers", status="active")
    page = visit(cast.mira, f"/customers/{customer.pk}/")
    more(page, "Block")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Block").click()
    expect(dialog.locator(".error")).to_be_visible()
    calm(page)
    dialog.get_by_label("Reason").fill("Three invoices open")
    dialog.get_by_role("button", name="Block").click()
    expect(page.get_by_role("alert")).to_contain_text("Three invoices open")
    calm(page)

    more(page, "Unblock")
    page.get_by_role("alertdialog").get_by_role("button", name="Unblock").click()
    expect(page.get_by_role("alert").filter(has_text="Three invoices open")).to_have_count(0)
    expect(page.locator("#customer-head .pill")).to_have_text(["Active"])


def test_every_change_is_told_in_plain_words(page):
    page.get_by_role("link", name="Edit", exact=True).first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Industry").fill("Coffee")
    dialog.get_by_role("button", name="Save").click()
    expect(page.locator("#customer-head")).to_contain_text("Coffee")

    page.get_by_role("link", name="History", exact=True).click()
    newest = page.locator(".history-entry").first
    expect(newest).to_contain_text("Rosa Ibarra")
    expect(newest).to_contain_text("Industry")
    expect(newest.locator("ins")).to_have_text("Coffee")
