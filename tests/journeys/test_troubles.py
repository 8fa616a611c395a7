"""Impatience, a lost connection, a browser without script (ALL-1, ALL-2)."""

import pytest
from playwright.sync_api import Page, expect


@pytest.fixture
def customer(cast, make):
    """Rosa's customer."""
    return make.customer(cast.rosa, name="Kopi Nusantara", email="halo@kopi.example")


def fill_activity(page: Page, title: str) -> None:
    page.get_by_role("link", name="Log activity").first.click()
    page.get_by_role("dialog").get_by_label("Title").fill(title)


def test_a_double_click_logs_one_call(cast, customer, visit):
    page = visit(cast.rosa, f"/customers/{customer.pk}/")
    fill_activity(page, "Called twice in one breath")
    page.get_by_role("dialog").get_by_role("button", name="Log", exact=True).dblclick()

    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("region", name="Timeline")).to_contain_text("Called twice in one breath")
    page.reload()
    expect(
        page.get_by_role("region", name="Timeline").get_by_text("Called twice in one breath")
    ).to_have_count(1)


def test_a_double_click_makes_one_customer(cast, visit):
    page = visit(cast.rosa)
    page.get_by_role("link", name="Add customer").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Teh Puncak")
    dialog.get_by_label("E-mail").fill("teh@puncak.example")
    dialog.get_by_role("button", name="Create customer").dblclick()

    expect(page.get_by_role("heading", level=1)).to_have_text("Teh Puncak")
    page.goto("/customers/")
    expect(page.get_by_role("link", name="Teh Puncak")).to_have_count(1)


def test_a_lost_connection_is_told_and_what_was_typed_is_sent_when_it_is_back(cast, customer, visit, watch):
    page = visit(cast.rosa, f"/customers/{customer.pk}/")
    fill_activity(page, "Talked in a tunnel")
    watch.connection_is_lost = True
    page.context.set_offline(True)
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Log", exact=True).click()

    expect(page.get_by_text("No connection.")).to_be_visible()
    expect(dialog.get_by_label("Title")).to_have_value("Talked in a tunnel")

    page.context.set_offline(False)
    expect(page.get_by_text("No connection.")).to_be_hidden()
    dialog.get_by_role("button", name="Log", exact=True).click()
    expect(page.get_by_role("region", name="Timeline")).to_contain_text("Talked in a tunnel")


def test_unsaved_typing_is_not_lost_by_a_slip(cast, customer, visit):
    page = visit(cast.rosa, f"/customers/{customer.pk}/")
    fill_activity(page, "Half a sentence")
    page.keyboard.press("Escape")
    question = page.get_by_role("alertdialog")
    expect(question).to_be_visible()
    question.get_by_role("button", name="Cancel").click()

    expect(page.get_by_role("dialog").get_by_label("Title")).to_have_value("Half a sentence")


def test_without_script_the_list_is_filtered_and_a_customer_is_edited(cast, make, customer, visit):
    make.customer(cast.rosa, name="Teh Puncak", status="active")
    page = visit(cast.rosa, java_script_enabled=False)
    expect(page.locator("tbody th a")).to_have_text(["Kopi Nusantara", "Teh Puncak"])

    page.get_by_role("searchbox", name="Search this list").fill("kopi")
    page.get_by_role("searchbox", name="Search this list").press("Enter")
    expect(page.locator("tbody th a")).to_have_text(["Kopi Nusantara"])
    page.goto("/customers/")
    page.get_by_role("link", name="Add filter").click()
    page.get_by_role("link", name="Status", exact=True).click()
    page.get_by_label("Active", exact=True).check()
    page.get_by_role("button", name="Show").click()
    expect(page.locator("tbody th a")).to_have_text(["Teh Puncak"])

    page.get_by_role("link", name="Teh Puncak").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Teh Puncak")
    page.get_by_role("link", name="Edit", exact=True).first.click()
    page.get_by_label("Industry").fill("Tea")
    page.get_by_role("textbox", name="E-mail").fill("not an address")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".error")).to_contain_text("not an address")
    expect(page.get_by_label("Industry")).to_have_value("Tea")
    page.get_by_role("textbox", name="E-mail").fill("teh@puncak.example")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#customer-head")).to_contain_text("Tea")

    page.get_by_role("link", name="Log activity").first.click()
    page.get_by_label("Title").fill("Without a line of script")
    page.get_by_role("button", name="Log", exact=True).click()
    expect(page.get_by_role("region", name="Timeline")).to_contain_text("Without a line of script")
