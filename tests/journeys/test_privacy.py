"""A person asks what is held about them, and is erased (PPL-8)."""

import io
import zipfile

from playwright.sync_api import expect

from leadline.customers.models import Contact
from tests.journeys.watching import calm


def test_a_report_is_made_and_the_person_erased(cast, make, visit, settle):
    customer = make.customer(cast.rosa, name="Harbour Ltd")
    make.contact(customer, name="Rudi Tan", email="rudi@example.com")
    contact = make.contact(customer, name="Tuti Hartono", email="tuti@example.com", title="Captain")
    make.note(customer, "Tuti Hartono prefers mornings.")
    page = visit(cast.ada, f"/customers/{customer.pk}/contacts")
    page.get_by_role("button", name="Actions for Tuti Hartono").click()
    page.get_by_role("link", name="Privacy").last.click()
    expect(page.get_by_role("heading", name="Privacy of Tuti Hartono")).to_be_visible()
    calm(page)

    page.get_by_role("button", name="Make the report").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    with zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes())) as packed:
        assert "Captain" in packed.read("report.json").decode()
        assert packed.read("report.pdf").startswith(b"%PDF")

    page.goto(page.url.split("/jobs")[0] + f"/privacy/contact/{contact.pk}")
    page.locator("#erase").get_by_label("Reason").fill("Asked by letter of 3 May")
    page.get_by_role("button", name="Ask for the erasure").click()
    expect(page.get_by_text("The second step erases")).to_be_visible()
    calm(page)
    page.get_by_label("Name of the person").fill("Tuti")
    page.get_by_role("button", name="Erase for good").click()
    expect(page.get_by_text("This is not the name of the person to be erased")).to_be_visible()
    page.get_by_label("Name of the person").fill("Tuti Hartono")
    page.get_by_role("button", name="Erase for good").click()

    expect(page.locator("#erased").get_by_text("Asked by letter of 3 May")).to_be_visible()
    calm(page)
    assert Contact.objects.get(pk=contact.pk).name == "Erased person"
    page.goto(page.url.replace("/privacy/", f"/customers/{customer.pk}/notes"))
    expect(page.get_by_text("••• prefers mornings.")).to_be_visible()
    phone = visit(cast.ada, "/privacy/", viewport={"width": 390, "height": 844}, color_scheme="dark")
    calm(phone)
