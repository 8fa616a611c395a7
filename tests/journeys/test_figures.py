"""Figures open what they count; dashboards follow, are arranged by keys, hang on the wall (WSP, SIG-6)."""

from playwright.sync_api import expect

from leadline.leads import actions as leads
from tests.journeys.watching import calm


def test_from_a_dashboard_to_the_records_and_back_to_the_wall(cast, make, visit, by):
    first = make.lead(cast.rosa, name="Ana Lines", source="Fair")
    leads.work_lead(first, outcome="connected", qualified=True, by=by(cast.rosa))
    page = visit(cast.rosa, "/workspace/")
    calls = page.get_by_role("region", name="Calls", exact=True)
    expect(calls.locator(".widget-figure")).to_have_text("1")
    calm(page)

    second = make.lead(cast.rosa, name="Budi Waves")
    leads.work_lead(second, outcome="no_answer", by=by(cast.rosa))
    expect(calls.locator(".widget-figure")).to_have_text("2")
    expect(page.get_by_role("region", name="My leads").first).to_contain_text("Budi Waves")

    calls.locator(".widget-figure a").click()
    expect(page.get_by_role("row").filter(has_text="Ana Lines")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Budi Waves")).to_be_visible()
    calm(page)

    page.goto(page.url.split("/activities")[0] + "/workspace/lead/arrange")
    calm(page)
    page.locator(".arranged").first.get_by_role("button", name="Move down").press("Enter")
    page.locator(".arranged").nth(2).get_by_label("Take away").press("Space")
    page.get_by_role("group", name="Add").get_by_role("button", name="Text").press("Enter")
    page.locator(".arranged textarea").last.fill("Call before noon.")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_text("Call before noon.")).to_be_visible()
    expect(page.locator(".widget").first).to_contain_text("Connected calls")
    calm(page)

    analysis = visit(cast.mira, "/leads/analysis")
    expect(analysis.locator(".chart canvas").first).to_be_visible()
    calm(analysis)
    with analysis.expect_download() as picture:
        analysis.get_by_role("button", name="SVG").first.click()
    assert picture.value.suggested_filename == "leads-day.svg"
    with analysis.expect_download() as picture:
        analysis.get_by_role("button", name="PNG").first.click()
    assert picture.value.suggested_filename == "leads-day.png"
    phone = visit(cast.mira, "/leads/log", viewport={"width": 390, "height": 844}, color_scheme="dark")
    expect(phone.get_by_role("link", name="Rosa Ibarra").first).to_be_visible()
    calm(phone)
    wall = visit(cast.lena, "/workspace/targets/wall")
    expect(wall.locator(".widget-figure").nth(1)).to_have_text("2")
    calm(wall)
    definitions = visit(cast.lena, "/figures/")
    definitions.get_by_role("link", name="Calls", exact=True).click()
    expect(definitions.locator(".chart canvas")).to_be_visible()
    calm(definitions)
