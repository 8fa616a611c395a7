"""LEA-12: a rule is made in the builder, leads are sorted by score, and say why; on a phone too."""

from playwright.sync_api import expect

from leadline.scoring.tasks import catch_up
from tests.journeys.test_screens import fits
from tests.journeys.watching import calm


def test_a_rule_is_made_and_leads_are_scored_with_reasons(cast, make, by, visit):
    make.lead(cast.rosa, name="Fair Visitor", source="Fair")
    make.lead(cast.rosa, name="Cold Call", source="List")
    page = visit(cast.ada, "/leads/scoring")
    page.get_by_role("link", name="Add rule").first.click()
    page.get_by_label("Name").fill("Met at a fair")
    page.get_by_label("Points").fill("40")
    page.locator("#r-0-field").select_option("source")
    page.locator("#r-0-op").select_option("equals")
    calm(page)
    page.locator("[name='r-0.value']").fill("Fair")
    page.get_by_role("button", name="Save rule").click()
    expect(page.locator("#rules")).to_contain_text("Met at a fair")
    expect(page.locator("#rules")).to_contain_text("+40")
    catch_up(by=by(cast.house, via="job"))

    seller = visit(
        cast.rosa, "/leads/?columns=name,score&sort=-score", viewport={"width": 390, "height": 844}
    )
    fits(seller)
    seller.get_by_role("link", name="Fair Visitor").click()
    expect(seller.locator("#lead-score")).to_contain_text("Met at a fair")
    expect(seller.locator("#lead-score strong")).to_have_text("40")
    fits(seller)


def test_learning_says_that_there_is_too_little(cast, visit):
    page = visit(cast.ada, "/leads/scoring", viewport={"width": 390, "height": 844})
    fits(page)
    page.get_by_role("button", name="Learn now").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Learn a model")
    expect(page.get_by_text("1 / 1")).to_be_visible()

    page.goto("/leads/scoring")
    expect(page.locator("#learnt")).to_contain_text("too little data")
    fits(page)
