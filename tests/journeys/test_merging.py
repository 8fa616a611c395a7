"""A pair found by the scan is merged in the browser, and comes apart, all in its place (CUS-22, CUS-23)."""

import pytest
from playwright.sync_api import expect

from leadline.customers.models import Contact, Customer
from leadline.timeline.models import Activity, Note
from tests.journeys.watching import calm


@pytest.fixture
def pair(cast, make):
    """Two customers of Rosa that are one, each with a contact, a note and a call."""
    found = []
    for name, city in (("PT Samudra Net Tbk", "Jakarta"), ("Samudra Net", "Bandung")):
        customer = make.customer(cast.rosa, name=name, email=f"{city.lower()}@samudra.co.id", city=city)
        contact = make.contact(customer, name=f"Sri at {city}", email="sri@samudra.co.id")
        note, call = make.note(customer, f"Prefers {city}."), make.activity(customer, title=f"Call to {city}")
        found.append((customer, contact, note, call))
    return found


def test_a_pair_is_found_merged_and_unmerged(cast, pair, visit):
    (stays, *_), (goes, contact, note, call) = pair
    page = visit(cast.rosa, "/duplicates/")
    expect(page.get_by_text("Nobody has looked yet")).to_be_visible()
    calm(page)
    page.get_by_role("button", name="Look now").click()
    expect(page.get_by_text("Done", exact=True).first).to_be_visible()

    page.goto(page.url.split("/jobs")[0] + "/duplicates/")
    group = page.get_by_role("article").filter(has_text="Samudra Net")
    expect(group).to_contain_text("same domain")
    calm(page)
    group.get_by_role("link", name="Side by side").click()
    expect(page.get_by_role("heading", name="Merge customers")).to_be_visible()
    page.get_by_role("radio", name="PT Samudra Net Tbk").first.check()
    expect(page.locator("#foreseen")).to_contain_text("PT Samudra Net Tbk stays.")
    page.get_by_role("row", name="City").get_by_role("radio", name="Bandung").check()
    calm(page)
    page.get_by_role("button", name="Merge 2 records").click()

    expect(page.get_by_text("Samudra Net was merged into this customer.")).to_be_visible()
    stays.refresh_from_db()
    assert stays.city == "Bandung"
    assert Note.objects.get(pk=note.pk).customer_id == stays.pk
    assert Activity.objects.get(pk=call.pk).customer_id == stays.pk
    calm(page)
    page.get_by_role("link", name="Undo the merge").click()
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Undo").click()
    page.wait_for_url("**/jobs/*")
    expect(page.get_by_text("Done", exact=True).first).to_be_visible()

    again = Customer.objects.get(pk=goes.pk)
    assert (again.archived_at, again.merged_into_id) == (None, None)
    back = Contact.objects.get(pk=contact.pk)
    assert (back.customer_id, back.archived_at, back.is_primary) == (goes.pk, None, True)
    assert Note.objects.get(pk=note.pk).customer_id == goes.pk
    assert Activity.objects.get(pk=call.pk).customer_id == goes.pk
    assert Customer.objects.get(pk=stays.pk).city == "Jakarta"


def test_somebody_who_types_a_known_customer_is_told_at_once(cast, pair, visit):
    page = visit(cast.rosa)
    page.get_by_role("link", name="Add customer").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").first.fill("Samudra Net")
    expect(dialog.locator("#likely")).to_contain_text("name 100 % alike")
    calm(page)
