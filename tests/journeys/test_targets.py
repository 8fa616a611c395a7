"""Targets are set in the grid, seen on dashboards and the wall; a dashboard of one's own (PRF-1, WSP-1)."""

from playwright.sync_api import expect

from leadline.leads import actions as leads
from leadline.workspaces.models import OwnDashboard
from tests.journeys.watching import calm


def test_from_a_target_to_the_gauge_that_moves(cast, make, visit, by):
    lead = make.lead(cast.rosa, name="Ana Lines")
    leads.work_lead(lead, outcome="no_answer", by=by(cast.rosa))
    page = visit(cast.mira, "/targets/")
    expect(page.get_by_text("No targets in this month")).to_be_visible()
    page.get_by_label("Figure").select_option("calls")
    page.get_by_role("button", name="Add column").press("Enter")
    page.get_by_label("Rosa Ibarra: Calls, In the month").fill("2")
    page.get_by_label("North: Calls, In the month").fill("40")
    calm(page)
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_text("Targets set.")).to_be_visible()
    expect(page.locator(".gauge", has_text="Rosa Ibarra")).to_contain_text("1 missing")
    calm(page)

    mine = visit(cast.rosa, "/workspace/lead/")
    gauge = mine.locator(".gauge").first
    expect(gauge).to_contain_text("1 missing")
    calm(mine)
    leads.work_lead(make.lead(cast.rosa), outcome="connected", by=by(cast.rosa))
    expect(gauge).to_contain_text("Reached")

    wall = visit(cast.lena, "/workspace/targets/wall")
    expect(wall.locator(".gauge", has_text="North")).to_contain_text("38 missing")
    calm(wall)
    phone = visit(cast.mira, "/targets/", viewport={"width": 390, "height": 844}, color_scheme="dark")
    expect(phone.get_by_label("Rosa Ibarra: Calls, In the month")).to_have_value("2")
    calm(phone)


def test_a_dashboard_of_ones_own_is_made_and_shared(cast, visit):
    page = visit(cast.mira, "/workspace/own/")
    calm(page)
    page.get_by_label("Name").fill("Morning")
    page.get_by_label("Begins as").select_option(label="Target board")
    page.get_by_role("button", name="Make").press("Enter")
    expect(page.get_by_role("heading", name="Arrange Morning")).to_be_visible()
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_role("heading", name="Morning")).to_be_visible()
    page.goto(page.url.split("/workspace")[0] + "/workspace/own/")
    page.get_by_label("Shared with team").select_option(label="North")
    page.locator(f"#own-{OwnDashboard.objects.get().pk}").get_by_role("button", name="Save").press("Enter")
    calm(page)

    theirs = visit(cast.rosa, "/workspace/")
    theirs.get_by_role("link", name="Morning").click()
    expect(theirs.get_by_role("heading", name="Morning")).to_be_visible()
    calm(theirs)
