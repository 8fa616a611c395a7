"""A leaver's customers go over to others in one step, with a sheet each that is accepted (PPL-1, SIG-10)."""

from datetime import date

from playwright.sync_api import expect

from leadline.customers import actions as customers
from leadline.customers.models import Customer
from leadline.people.models import User
from tests.journeys.test_screens import PHONE, fits
from tests.journeys.watching import calm


def test_a_leaver_hands_over_to_a_team_and_the_new_owner_accepts(cast, make, by, visit):
    cast.otto.team = cast.north
    cast.otto.save()
    kept = [make.customer(cast.rosa, name=f"Kopi {number}") for number in range(4)]
    customers.make_promise(kept[0], text="A new price list", due_on=date(2026, 1, 5), by=by(cast.rosa))
    customers.write_note(kept[0], body="Never **before** ten", pin=True, by=by(cast.rosa))
    customers.make_promise(kept[1], text="A visit in May", due_on=date(2027, 5, 5), by=by(cast.rosa))

    page = visit(cast.ada, f"/people/{cast.rosa.pk}")
    page.get_by_role("link", name="Leaves …").click()
    expect(page.get_by_label("Leaves")).to_be_checked()
    calm(page)
    page.get_by_role("button", name="Next: to whom").click()
    page.get_by_label("In equal shares").check()
    page.get_by_label("Among the team").select_option("North")
    page.get_by_role("combobox", name="Takes the rest").fill("mira")
    page.get_by_role("option", name="Mira Okafor").click()
    calm(page)
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("row", name="Otto Brandt")).to_contain_text("2")
    calm(page)
    page.get_by_role("button", name="Let Rosa Ibarra go and hand over").click()
    expect(page.get_by_text("Not accepted yet").first).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Went over")
    calm(page)
    assert not User.objects.get(pk=cast.rosa.pk).is_active
    assert not Customer.objects.filter(owner=cast.rosa).exists()

    hers = visit(cast.mira, "/handovers/", **PHONE)
    hers.get_by_role("region", name="For you to accept").get_by_role("link").tap()
    expect(hers.get_by_role("heading", level=1)).to_have_text("Hand-over sheet")
    fits(hers)
    calm(hers)
    expect(hers.get_by_role("main")).to_contain_text("A new price list")
    hers.get_by_label("Remark", exact=False).first.fill("Called them today")
    hers.get_by_role("button", name="Accept").tap()
    expect(hers.get_by_role("main")).to_contain_text("Called them today")
    expect(hers.get_by_text("Accepted by Mira Okafor")).to_be_visible()

    hers.get_by_role("link", name="Kopi 0").tap()
    promises = hers.get_by_role("region", name="Promises")
    expect(promises).to_contain_text("Rosa Ibarra")
    promises.get_by_role("button", name="Kept: A new price list", exact=True).tap()
    expect(promises).to_contain_text("Nothing is promised")
