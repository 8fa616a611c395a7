"""LEA-2: a form is made on the pages; visitors fill it on its own page and within another site."""

import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from leadline.core.clock import now
from leadline.leads.models import Lead
from leadline.webforms import actions
from leadline.webforms.models import Submission, WebForm
from leadline.webforms.stamps import stamp_for
from tests.journeys.test_screens import fits

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def other_site():
    """Another site, with a policy of its own, whose page holds what it is given."""
    holds = {"body": "", "policy": ""}

    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", holds["policy"])
            self.end_headers()
            self.wfile.write(f"<!doctype html><title>Shop</title><h1>Shop</h1>{holds['body']}".encode())

        def log_message(self, *_args):
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield holds, f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join(10)


@pytest.fixture
def stranger(open_browser):
    """`stranger("/f/…")`: a page of somebody who never signs in."""

    def of(address, **options):
        page = open_browser(**options)
        page.goto(address)
        return page

    return of


def waited(where, form):
    """Whoever reads first: the page was opened a minute ago."""
    stamp = stamp_for(form.key, now() - timedelta(minutes=1))
    where.locator("input[name=stamp]").evaluate("(field, stamp) => { field.value = stamp }", stamp)


def test_a_marketer_makes_a_form_and_a_visitor_fills_it_on_a_phone(cast, visit, site, stranger):
    page = visit(cast.ada, "/web-forms/")
    page.get_by_role("link", name="Add form").first.click()
    page.get_by_label("Name").fill("Contact us")
    page.get_by_label("Title").fill("Write to us")
    page.get_by_role("button", name="Add form").click()
    page.get_by_label("Company: Asked").select_option("required")
    page.get_by_label("Company: Label").fill("Where do you work?")
    page.get_by_label("Thanks").fill("We call you.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("Company: Label")).to_have_value("Where do you work?")
    page.get_by_role("button", name="Switch on").click()
    expect(page.get_by_role("button", name="Switch off")).to_be_visible()
    form = WebForm.objects.get()

    visitor = stranger(f"/f/{form.key}", viewport=PHONE)
    fits(visitor)
    visitor.get_by_label("Name").fill("Tess Vega")
    visitor.get_by_label("E-mail").fill("tess@example.com")
    visitor.get_by_label("Where do you work?").fill("Vega Boats")
    waited(visitor, form)
    visitor.get_by_role("button", name="Send").click()

    expect(visitor.get_by_role("status")).to_contain_text("We call you.")
    fits(visitor)
    page.goto(f"{site.address}/leads/")
    page.get_by_role("link", name="Tess Vega").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tess Vega")
    expect(page.get_by_text("Sent the form “Contact us”")).to_be_visible()


def test_within_another_site_by_script_and_what_is_held_is_released(
    cast, visit, site, stranger, other_site, by
):
    form = actions.add_form(name="Shop", texts={"en": {"title": "Ask us"}}, by=by(cast.ada))
    actions.switch_form(form, on=True, by=by(cast.ada))
    holds, address = other_site
    holds["policy"] = f"default-src 'none'; script-src {site.address}; frame-src {site.address}"
    holds["body"] = (
        f'<script src="{site.address}/static/webforms/embed.js" data-form="{form.key}" async></script>'
    )

    visitor = stranger(address)
    frame = visitor.frame_locator("iframe")
    expect(frame.get_by_role("heading", name="Ask us")).to_be_visible()
    expect(visitor.locator("iframe")).not_to_have_attribute("height", "640")
    frame.get_by_label("Name").fill("Tess Vega")
    frame.get_by_label("E-mail").fill("tess@example.com")
    waited(frame, form)
    frame.get_by_role("button", name="Send").click()
    expect(frame.get_by_role("status")).to_contain_text("Thank you")
    assert Lead.objects.get().email == "tess@example.com"

    visitor.goto(address)
    frame.get_by_label("Name").fill("Quick Bot")
    frame.get_by_label("E-mail").fill("bot@example.com")
    frame.get_by_role("button", name="Send").click()
    expect(frame.get_by_role("status")).to_contain_text("Thank you")
    assert Submission.objects.held().count() == 1
    page = visit(cast.ada, "/web-forms/held", viewport=PHONE)
    fits(page)
    page.get_by_role("button", name="Release").click()
    expect(page.get_by_text("Taken")).to_be_visible()
    assert Lead.objects.filter(email="bot@example.com").exists()
