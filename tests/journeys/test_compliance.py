"""From the first deposit to the retention desk: a seller brings documents, an officer decides (LEA-10)."""

import pytest
from playwright.sync_api import Page, expect

from leadline.compliance.models import Procedure
from leadline.compliance.tests.paying import PDF, PNG, pays
from leadline.leads.models import Lead
from leadline.people.models import Role, User
from tests.journeys.test_screens import PHONE, fits
from tests.journeys.watching import calm


@pytest.fixture
def cora(cast) -> User:
    """A compliance officer."""
    user = User.objects.create(email="cora@example.com", name="Cora Winter", password="!")
    user.roles.set([Role.objects.get(key="compliance-officer")])
    return User.objects.get(pk=user.pk)


def bring(page: Page, item: str, name: str, content: bytes, kind: str) -> None:
    """A document for an item."""
    page.locator(".checks > li").filter(has_text=item).get_by_role("link", name="Add document").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Document").set_input_files({"name": name, "mimeType": kind, "buffer": content})
    dialog.get_by_role("button", name="Add document").click()


def test_from_the_first_deposit_to_the_retention_desk(cast, make, visit, cora):
    make.lead(cast.rosa, name="Ayu Lestari", email="ayu@example.com")
    rosa = visit(cast.rosa, "/compliance/", viewport={"width": 1440, "height": 900})
    expect(rosa.get_by_text("No compliance procedures yet")).to_be_visible()

    pays("ayu@example.com", by=make.by)
    card = rosa.locator(".board-card").filter(has_text="Ayu Lestari")
    expect(card).to_contain_text("250")
    calm(rosa)
    card.get_by_role("link", name="Ayu Lestari", exact=True).click()
    expect(rosa.get_by_role("heading", level=1)).to_have_text("Ayu Lestari")

    bring(rosa, "Identity", "page.pdf", b"<script>alert(1)</script>", "application/pdf")
    expect(rosa.get_by_role("dialog")).to_contain_text("is no PDF, JPEG or PNG")
    rosa.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    for item, name, content, kind in (
        ("Identity", "passport.png", PNG, "image/png"),
        ("Address", "bill.pdf", PDF, "application/pdf"),
        ("Source of funds", "payslip.pdf", PDF, "application/pdf"),
    ):
        bring(rosa, item, name, content, kind)
        expect(rosa.locator(".checks")).to_contain_text(name)
    expect(rosa.get_by_role("link", name="Approve")).to_have_count(0)
    calm(rosa)
    rosa.get_by_role("button", name="Send to review").click()
    rosa.get_by_role("alertdialog").get_by_role("button", name="Send to review").click()
    expect(rosa.locator(".page-head .pill")).to_have_text("To be reviewed")

    officer = visit(cora, "/compliance/list?view=to-review")
    officer.get_by_role("link", name="Ayu Lestari").click()
    calm(officer)
    for item in ("Identity", "Address", "Source of funds", "Risk"):
        row = officer.locator(".checks > li").filter(has_text=item)
        row.get_by_role("link", name="Decide").click()
        officer.get_by_role("dialog").get_by_label("Approve", exact=True).check()
        officer.get_by_role("dialog").get_by_role("button", name="Save").click()
        expect(row.locator(".pill")).to_have_text("Approved")
    officer.locator(".page-head").get_by_role("link", name="Approve").click()
    officer.get_by_role("dialog").get_by_role("button", name="Approve").click()
    expect(officer.locator(".page-head .pill")).to_have_text("Approved")
    assert Procedure.objects.get().expires_on is not None

    rosa.goto("/notifications/")
    # Told after the hand-over; a page that was there before hears the bell, every twenty seconds.
    expect(rosa.get_by_text("Compliance is approved: Ayu Lestari")).to_be_visible(timeout=30_000)
    lead = Lead.objects.get()
    assert lead.desk == "retention"
    rosa.goto(f"/leads/{lead.pk}/")
    expect(rosa.locator("main")).to_contain_text("Retention")

    expect(rosa.get_by_role("region", name="Compliance")).to_contain_text("Approved")
    phone = visit(cast.rosa, f"/compliance/{Procedure.objects.get().pk}/", **PHONE)
    fits(phone)
    phone.goto("/compliance/?open=approved")
    expect(phone.locator(".board-card")).to_contain_text("until")
    fits(phone)
