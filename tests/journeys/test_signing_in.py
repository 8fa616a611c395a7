"""Signing in and out (PPL-1)."""

from playwright.sync_api import expect

from tests.cast import PASSWORD
from tests.journeys.watching import calm


def test_a_wrong_password_is_told_and_the_right_one_leads_to_the_page_that_was_wanted(cast, open_browser):
    page = open_browser()
    page.goto("/notifications/")
    expect(page).to_have_title("Sign in · Leadline")
    calm(page)

    page.get_by_label("E-mail").fill("rosa@example.com")
    page.get_by_label("Password").fill("not my password")
    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("E-mail")).to_have_value("rosa@example.com")
    calm(page)

    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Notifications")


def test_after_signing_out_nothing_is_left_to_see(cast, visit):
    page = visit(cast.rosa)
    page.get_by_role("button", name="Your menu").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_title("Sign in · Leadline")

    page.goto("/customers/")
    expect(page).to_have_title("Sign in · Leadline")
