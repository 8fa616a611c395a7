"""LEA-7, SIG-5: a rule is made, rehearsed and switched on; leads go by it; each says why; on a phone too."""

import pytest
from playwright.sync_api import Page, expect

from leadline.assignment import actions
from leadline.leads.models import Lead
from tests.journeys.test_screens import fits
from tests.journeys.watching import calm

SIZES = [{"width": 1440, "height": 900}, {"width": 390, "height": 844}]


@pytest.fixture
def leads(cast, make):
    """Six leads of nobody, three of them from Germany; Lena is the overflow owner."""
    actions.set_overflow("lead", owner=cast.lena, by=make.by)
    return [make.lead(name=f"Inquiry {number}", country="DE" if number % 2 else "FR") for number in range(6)]


def _fits(page: Page, size: dict[str, int]) -> None:
    if size["width"] == 390:
        fits(page)
    calm(page)


@pytest.mark.parametrize("size", SIZES, ids=["desk", "phone"])
def test_from_a_draft_to_an_explained_owner(cast, visit, leads, size, settle):
    page = visit(cast.lena, "/assignment/", viewport=size)
    expect(page.get_by_text("No rules yet")).to_be_visible()
    page.get_by_role("link", name="Add rule").first.click()
    page.get_by_role("textbox", name="Name").fill("German inquiries")
    page.locator("#rule-form summary", has_text="People").click()
    page.get_by_label("Rosa Ibarra").check()
    page.get_by_label("Otto Brandt").check()
    _fits(page, size)
    page.get_by_role("button", name="Add rule").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Which ones: German inquiries")
    page.goto(f"{page.url}?where=%7B%22field%22:%22country%22,%22op%22:%22equals%22,%22value%22:%22DE%22%7D")
    expect(page.get_by_text("3 fit").first).to_be_visible()
    _fits(page, size)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#rule-in-words")).to_contain_text("Country is Germany")

    page.get_by_role("link", name="Rehearse").first.click()
    page.get_by_role("button", name="Rehearse").click()
    expect(page.locator("#people")).to_contain_text("Otto Brandt")
    expect(page.locator("#samples")).to_contain_text("by “German inquiries”")
    _fits(page, size)
    assert not Lead.objects.exclude(owner=None).exists()

    page.get_by_role("navigation", name="Assignment").get_by_role("link", name="Rules").click()
    page.get_by_role("button", name="Switch German inquiries on").click()
    expect(page.get_by_role("button", name="Switch German inquiries off")).to_be_visible()
    _fits(page, size)

    actions.assign_by_rules("lead", [lead.pk for lead in leads], by=_by(cast.lena))
    german = Lead.objects.filter(country="DE").order_by("pk")[0]
    page.goto(f"{page.url.split('/assignment')[0]}/leads/{german.pk}/")
    page.get_by_role("link", name="Why this owner?").click()
    why = page.locator("#why-answer")
    expect(why).to_contain_text(f"It was the turn of {german.owner.name}.")
    expect(why).to_contain_text("2 could take it.")
    _fits(page, size)
    page.keyboard.press("Escape")

    page.goto(f"{page.url.split('/leads')[0]}/assignment/fairness")
    expect(page.get_by_role("main")).to_contain_text("Otto Brandt")
    _fits(page, size)


def _by(user):
    from leadline.core.actions import Actor

    return Actor(user)
