"""A letter by a template is written in the browser, on a phone too, and arrives (PPL-8, TIM-3)."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.watching import calm


@pytest.mark.parametrize("phone", [False, True])
def test_a_seller_writes_by_a_template(cast, make, visit, mailbox, phone):
    kopi = make.customer(cast.rosa, name="Kopi Nusantara", email="halo@kopi.example", language="id")
    make.contact(kopi, name="Sari Wijaya", email="sari@kopi.example")
    page = visit(
        cast.rosa, f"/customers/{kopi.pk}/", **({"viewport": {"width": 390, "height": 844}} if phone else {})
    )
    calm(page)
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("link", name="Write e-mail").click()
    dialog = page.get_by_role("dialog")

    dialog.get_by_label("To", exact=True).select_option(label="Sari Wijaya <sari@kopi.example>")
    dialog.get_by_label("Template").select_option(label="Reach you")
    expect(dialog.get_by_label("Text")).to_have_value(re.compile("^Halo Sari,"))
    dialog.get_by_label("Subject").fill("Nomor Anda")
    dialog.get_by_role("button", name="See how it looks").click()
    expect(dialog.get_by_role("region", name="How it looks")).to_contain_text("Rosa Ibarra")
    expect(dialog.get_by_label("Subject")).to_have_value("Nomor Anda")
    dialog.get_by_role("button", name="Send", exact=True).click()

    expect(dialog).to_be_hidden()
    expect(page.get_by_text("Nomor Anda").first).to_be_visible()
    letter = mailbox.first(timeout=15)
    assert (letter["To"], letter["Subject"]) == ("sari@kopi.example", "Nomor Anda")
    page.goto(page.url.split("/customers/")[0] + "/sent-mail/")
    expect(page.get_by_role("row", name="Nomor Anda")).to_contain_text("sari@kopi.example")


def test_a_manager_of_marketing_changes_a_template_and_sees_it(cast, visit):
    page = visit(cast.ada, "/mail-templates/")
    page.get_by_role("link", name="Welcome").click()
    calm(page)
    page.get_by_label("Subject").fill("Hello {{ frist_name }}")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Did you mean “first_name”?")).to_be_visible()
    page.get_by_label("Subject").fill("Hello {{ first_name }}")
    page.get_by_label("Text").fill("**Welcome** to us.")
    page.get_by_role("button", name="Save").click()

    letter = page.frame_locator("iframe.letter")
    expect(page.get_by_text("Hello Sari")).to_be_visible()
    expect(letter.get_by_text("Welcome", exact=True)).to_have_css("font-weight", "700")
