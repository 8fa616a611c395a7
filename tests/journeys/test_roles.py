"""A role is copied, given and altered; the other person feels it on the next click (PPL-2)."""

from playwright.sync_api import expect

from leadline.people.models import Role
from tests.journeys.watching import calm


def test_a_role_is_copied_altered_and_felt_at_once(cast, make, visit):
    make.customer(cast.otto, name="Otto's Optics")
    make.customer(cast.rosa, name="Rosa's Roasters")
    ada = visit(cast.ada, "/roles/support-rep")
    ada.get_by_role("link", name="Copy").click()
    dialog = ada.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Night Desk")
    dialog.get_by_role("button", name="Make the copy").click()
    expect(ada.get_by_role("heading", level=1)).to_have_text("Night Desk")
    expect(ada.get_by_text("Nobody has it yet.")).to_be_visible()
    calm(ada)
    cast.sam.roles.set([Role.objects.get(key="night-desk")])

    sam = visit(cast.sam)
    expect(sam.locator("tbody th a")).to_have_text(["Otto's Optics", "Rosa's Roasters"])
    ada.reload()
    customers = ada.get_by_role("region", name="Customers, contacts")
    customers.get_by_role("radio", name="See: Own").check(force=True)
    told = ada.locator("#effect")
    expect(told).to_contain_text("1 person loses sight of 2 customers.")
    told.locator("summary").first.click()
    expect(told).to_contain_text("Sam Whitfield")
    calm(ada)
    sam.reload()
    expect(sam.locator("tbody th a")).to_have_count(2)

    ada.get_by_role("button", name="Save").click()
    expect(ada.get_by_text("Saved.")).to_be_visible()
    expect(ada.locator("#role-history")).to_contain_text("Customers, contacts and their timelines: See")
    sam.reload()
    expect(sam.locator("tbody th a")).to_have_count(0)


def test_the_last_administrator_is_kept(cast, visit):
    ada = visit(cast.ada, "/roles/administrator")
    ada.get_by_role("button", name="More actions").click()
    ada.get_by_role("link", name="Retire").click()
    dialog = ada.get_by_role("dialog")
    expect(dialog).to_contain_text("nobody would be left who may manage people")
    dialog.get_by_role("button", name="Retire").click()
    expect(dialog.get_by_role("alert").first).to_be_visible()
    expect(ada.get_by_role("heading", level=1)).to_have_text("Administrator")
