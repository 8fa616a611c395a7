"""Second factors, passkeys and “confirm it is you” in a browser (PPL-6)."""

from datetime import timedelta

import pyotp
from playwright.sync_api import Page, expect

from leadline.core import clock
from leadline.people.models import Role
from leadline.people.signing.models import Session
from tests.cast import PASSWORD
from tests.journeys.watching import calm


def sign_in(page: Page, email: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def test_a_role_needs_a_second_factor_which_is_set_up_and_used(cast, open_browser):
    Role.objects.filter(key="inside-sales").update(second_factor_required=True)
    page = open_browser()
    sign_in(page, "rosa@example.com")
    expect(page.get_by_role("heading", level=1)).to_have_text("One more thing first")
    calm(page)

    page.get_by_role("button", name="An app that shows codes").click()
    page.get_by_text("Or type the key").click()
    secret = page.locator("#code-key").inner_text().replace(" ", "")
    calm(page)
    page.get_by_role("textbox", name="Code").fill("000000")
    page.get_by_role("button", name="Turn on").click()
    expect(page.get_by_text("This is not the code that the app shows now")).to_be_visible()
    page.get_by_role("textbox", name="Code").fill(pyotp.TOTP(secret).at(clock.now() - timedelta(seconds=30)))
    page.get_by_role("button", name="Turn on").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Keep these recovery codes")
    recovery = page.get_by_role("list", name="Recovery codes").get_by_role("listitem").first.inner_text()
    calm(page)
    page.get_by_role("link", name="I keep them").click()
    expect(page.get_by_text("10 codes are left")).to_be_visible()
    calm(page)

    other = open_browser()
    sign_in(other, "rosa@example.com")
    expect(other.get_by_role("heading", level=1)).to_have_text("Second step")
    calm(other)
    other.get_by_role("textbox", name="Code").fill(pyotp.TOTP(secret).at(clock.now()))
    other.get_by_role("button", name="Continue").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Customers")

    third = open_browser()
    sign_in(third, "rosa@example.com")
    third.get_by_role("textbox", name="Code").fill(recovery)
    third.get_by_role("button", name="Continue").click()
    third.goto("/me/security")
    expect(third.get_by_text("9 codes are left")).to_be_visible()


def test_a_passkey_is_made_and_lets_in_without_a_password(cast, open_browser, site):
    there = site.address.replace("127.0.0.1", "localhost")  # a passkey belongs to a name, never to an address
    page = open_browser()
    browser = page.context.new_cdp_session(page)
    browser.send("WebAuthn.enable")
    key = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    browser.send("WebAuthn.addVirtualAuthenticator", {"options": key})
    sign_in_at = f"{there}/sign-in"
    page.goto(sign_in_at)
    page.get_by_label("E-mail").fill("rosa@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Customers")

    page.goto(f"{there}/me/passkeys/add")
    page.get_by_label("Name").fill("Laptop")
    calm(page)
    page.get_by_role("button", name="Make a passkey").click()
    page.get_by_role("link", name="I keep them").click()
    expect(page.get_by_text("Laptop")).to_be_visible()
    page.get_by_role("button", name="Your menu").click()
    page.get_by_role("button", name="Sign out", exact=True).click()

    page.goto(sign_in_at)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Customers")
    page.goto(f"{there}/me/security")
    expect(page.get_by_text("last used")).to_be_visible()


def test_before_a_step_that_matters_one_confirms_and_what_was_meant_happens(cast, visit):
    page = visit(cast.rosa, "/me")
    Session.objects.update(confirmed_at=clock.now() - timedelta(hours=1))

    page.get_by_label("What is it for?").fill("Nightly export")
    page.get_by_role("button", name="Create token").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name="Confirm it is you")).to_be_visible()
    calm(page)
    dialog.get_by_label("Your password").fill("a wrong one")
    dialog.get_by_role("button", name="Confirm").click()
    expect(dialog.get_by_text("This is neither your password")).to_be_visible()
    dialog.get_by_label("Your password").fill(PASSWORD)
    dialog.get_by_role("button", name="Confirm").click()

    expect(page.get_by_label("The new token")).to_be_visible()


def test_a_dialog_waits_with_what_was_typed_until_one_has_confirmed(cast, visit):
    page = visit(cast.ada, "/roles/support-rep")
    page.get_by_role("link", name="Copy").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Night Desk")
    Session.objects.update(confirmed_at=clock.now() - timedelta(hours=1))

    dialog.get_by_role("button", name="Make the copy").click()
    expect(dialog.get_by_role("heading", name="Confirm it is you")).to_be_visible()
    dialog.get_by_role("button", name="Cancel").click()
    expect(dialog.get_by_label("Name")).to_have_value("Night Desk")
    assert not Role.objects.filter(name="Night Desk").exists()

    dialog.get_by_role("button", name="Make the copy").click()
    dialog.get_by_label("Your password").fill(PASSWORD)
    dialog.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Night Desk")
