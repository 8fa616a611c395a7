"""Invitation by a real mail, single sign-on at a real provider, viewing as somebody (PPL-6, PPL-9, INT-5)."""

import re

import oidc_provider_mock
from playwright.sync_api import expect

from leadline.people.signing.models import Provider
from tests.journeys.watching import calm

ROSA = {"email": "rosa@example.com", "email_verified": True, "name": "Rosa there"}


def test_somebody_is_invited_by_mail_and_comes_in(cast, visit, open_browser, mailbox, settings, site):
    settings.LEADLINE_URL = site.address
    page = visit(cast.ada, "/people")
    page.get_by_role("link", name="Invite a colleague").click()
    calm(page)
    page.get_by_label("E-mail").fill("nina@example.com")
    page.get_by_label("Inside Sales").check()
    page.get_by_role("button", name="Invite", exact=True).click()
    expect(page.get_by_text("The invitation is on its way to nina@example.com.")).to_be_visible()
    calm(page)

    text = mailbox.first(timeout=15).get_body(("plain",)).get_content()
    other = open_browser()
    other.goto(re.search(r"http://\S+/invitation/\S+", text)[0])
    expect(other.get_by_text("Ada Santoso invited you.")).to_be_visible()
    calm(other)
    other.get_by_label("Your name").fill("Nina Vance")
    other.get_by_label("Password").fill("seven knots")
    other.get_by_role("button", name="Show").click()
    expect(other.get_by_text("Fair.")).to_be_visible()
    other.get_by_label("Password").fill("seven knots before the wind")
    expect(other.get_by_text("Strong.")).to_be_visible()
    other.get_by_role("button", name="Come in").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Customers")


def test_one_signs_in_at_the_provider_and_comes_back(cast, open_browser, settings, site):
    settings.LEADLINE_URL = site.address
    people = [oidc_provider_mock.User(sub="rosa-there", claims=ROSA)]
    with oidc_provider_mock.run_server_in_thread(user_claims=people) as server:
        issuer = f"http://localhost:{server.server_port}"
        Provider.objects.create(
            key="there", label="Keycloak", issuer=issuer, client_id="leadline", client_secret="quiet"
        )
        page = open_browser()
        page.context.route(
            re.compile("^https://"), lambda far: far.fulfill(body="")
        )  # the provider's page wants styles
        page.goto("/customers/")
        calm(page)
        page.get_by_role("link", name="Sign in with Keycloak").click()
        page.wait_for_url(f"{issuer}/**")
        page.get_by_role("button", name="rosa-there").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Customers")


def test_an_administrator_views_as_somebody_and_stops(cast, make, visit):
    own, other = make.customer(cast.rosa, name="Rosa's own"), make.customer(cast.otto, name="Otto's own")
    page = visit(cast.ada, f"/people/{cast.rosa.pk}")
    page.get_by_role("button", name="View as this person").click()

    expect(page.get_by_text("Ada Santoso, you view as Rosa Ibarra.")).to_be_visible()
    expect(page.get_by_text(own.name)).to_be_visible()
    expect(page.get_by_text(other.name)).to_have_count(0)
    calm(page)
    page.goto(f"/customers/{own.pk}/")
    # A panel that still fills in would be sent to sign in, as its key ends here, and take the page along.
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Stop viewing").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rosa Ibarra")
    expect(page.get_by_role("button", name="Stop viewing")).to_have_count(0)
