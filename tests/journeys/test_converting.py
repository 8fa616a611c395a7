"""LEA-9: a lead becomes a customer in one step, its history goes along, and it is undone; on a phone too."""

from playwright.sync_api import expect

from leadline.customers.models import Customer
from leadline.leads import actions
from leadline.leads.queries.seeing import lead_named
from tests.journeys.test_screens import fits
from tests.journeys.watching import press

PHONE = {"width": 390, "height": 844}


def test_a_lead_is_converted_and_the_conversion_undone(cast, make, visit):
    lead = make.lead(cast.rosa, name="Budi Santoso", company="Kopi Nusantara", email="budi@kopi.co.id")
    actions.work_lead(lead, outcome="connected", notes="Wants samples of the dark roast", by=make.by)
    page = visit(cast.rosa, f"/leads/{lead.pk}/")

    press(page, "v")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("A new customer: Kopi Nusantara")).to_be_checked()
    dialog.get_by_role("button", name="Convert").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Kopi Nusantara")
    expect(page.locator("#customer-leads")).to_contain_text("Budi Santoso")
    expect(page.locator("main")).to_contain_text("Wants samples of the dark roast")
    page.locator("#customer-leads").get_by_role("link", name="Budi Santoso").click()
    expect(page.locator("#conversion")).to_contain_text("Kopi Nusantara")
    expect(page.locator("#lead-head")).to_contain_text("Converted")

    page.get_by_role("link", name="Undo the conversion").click()
    expect(page.get_by_role("region", name="What undoing would do")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Undo").click()
    page.wait_for_url("**/jobs/*")
    expect(page.get_by_text("Done", exact=True).first).to_be_visible()

    page.goto(page.url.split("/jobs/")[0] + f"/leads/{lead.pk}/")
    expect(page.locator("#lead-head")).to_contain_text("Contacting")
    assert page.locator("#conversion").count() == 0
    assert not lead_named(lead.pk).is_converted
    assert not Customer.objects.current().exists()


def test_on_a_phone_the_one_that_is_here_is_offered_and_taken(cast, make, visit):
    here = make.customer(cast.rosa, name="Kopi Nusantara PT", email="budi@kopi.co.id")
    lead = make.lead(cast.rosa, name="Budi Santoso", company="Kopi Nusantara", email="budi@kopi.co.id")
    page = visit(cast.rosa, f"/leads/{lead.pk}/", viewport=PHONE)
    fits(page)

    page.get_by_role("link", name="Convert").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("same e-mail")
    fits(page)
    dialog.get_by_role("button", name="Convert").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Kopi Nusantara PT")
    fits(page)
    assert lead_named(lead.pk).converted_to == here
    page.goto(page.url.split("/customers/")[0] + f"/leads/{lead.pk}/")
    expect(page.locator("#conversion")).to_be_visible()
    fits(page)
