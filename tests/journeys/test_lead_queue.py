"""SIG-1: sixty leads in five zones are worked without opening a second page; on a phone too."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from leadline.core.clock import now
from leadline.leads import actions
from leadline.leads.models import Lead, Pulse
from leadline.timeline.models import Activity
from tests.journeys.test_screens import fits
from tests.journeys.watching import press

ZONES = ("Asia/Jakarta", "Asia/Tokyo", "Europe/Berlin", "America/New_York", "America/Denver")
KEYS = {"n": "no_answer", "c": "connected", "b": "busy", "v": "voicemail", "w": "wrong_number"}


@pytest.fixture
def released(cast, make):
    """Sixty leads of Rosa that her manager starred."""
    leads = [
        make.lead(
            cast.rosa, name=f"Lead {number:02}", phone=f"+62811200{number:04}", time_zone=ZONES[number % 5]
        )
        for number in range(60)
    ]
    actions.star_leads([lead.pk for lead in leads], until=now() + timedelta(hours=20), by=make.by)
    return leads


def test_sixty_leads_are_worked_on_one_page_by_one_key_each(cast, visit, released):
    page = visit(cast.rosa, "/leads/queue")
    head = page.locator("#lead-head h2")
    waiting = page.locator("#queue-counts dd").first
    expect(waiting).to_have_text("60")
    first = head.inner_text()

    page.get_by_label("Notes").fill("Asked for the **price list**")
    page.get_by_label("Connected, and qualified").check()
    page.keyboard.press("Escape")
    page.locator("#outcomes-title").click()
    press(page, "c")
    expect(waiting).to_have_text("59")
    for number in range(1, 60):
        press(page, "nbvwc"[number % 5])
        expect(waiting).to_have_text(str(59 - number))

    expect(page.get_by_text("Nothing waits")).to_be_visible()
    assert page.url.endswith("/leads/queue")
    logged = Activity.objects.filter(kind="call").values_list("lead_id", "outcome", "user")
    assert len({lead for lead, _outcome, _user in logged}) == len(logged) == 60
    assert {user for _lead, _outcome, user in logged} == {cast.rosa.pk}
    assert {outcome for _lead, outcome, _user in logged} == set(KEYS.values())
    qualified = Lead.objects.get(name=first)
    assert qualified.stage.key == "qualified"
    assert Activity.objects.get(lead_id=qualified.pk).description == "Asked for the **price list**"
    tried = Lead.objects.filter(pulse__last_outcome__in=["no_answer", "busy", "voicemail"])
    assert not tried.filter(callback_at=None).exists()


def test_a_shift_from_the_managers_release_to_tomorrows_stars(cast, visit, make):
    """SIG-1, LEA-6, LEA-13: released on the list, worked on one page, told in the log, closed by a button."""
    for number in range(60):
        make.lead(
            cast.rosa, name=f"Lead {number:02}", phone=f"+62811200{number:04}", time_zone=ZONES[number % 5]
        )
    manager = visit(cast.lena, "/leads/")
    manager.get_by_label("Select all on this page").check()
    manager.get_by_role("button", name="Select all 60 that match").click()
    bar = manager.get_by_role("region", name="Selection")
    bar.get_by_role("button", name="Star", exact=True).click()
    dialog = manager.get_by_role("dialog")
    dialog.get_by_role("button", name="Preview").click()
    dialog.get_by_role("button", name="Change 60").click()
    expect(manager.locator("#list-job")).to_contain_text("Done")

    seller = visit(cast.rosa, "/leads/queue")
    waiting = seller.locator("#queue-counts dd").first
    expect(waiting).to_have_text("60")
    for number in range(60):
        press(seller, "c" if number < 5 else "n")
        expect(waiting).to_have_text(str(59 - number))
    assert seller.url.endswith("/leads/queue")
    Lead.objects.exclude(callback_at=None).update(callback_at=now() - timedelta(minutes=5))  # missed
    Pulse.objects.exclude(callback_at=None).update(callback_at=now() - timedelta(minutes=5))

    manager.goto("/leads/log")
    row = manager.get_by_role("row").filter(has_text="Rosa Ibarra").first
    expect(row).to_contain_text("60")
    manager.goto("/leads/end-shift")
    zones = manager.get_by_role("region", name="By time zone")
    for zone in ZONES:
        expect(zones).to_contain_text(zone)
    expect(manager.locator(".figure-card").nth(1)).to_contain_text("55")
    manager.get_by_role("button", name="End the shift").click()
    manager.get_by_role("alertdialog").get_by_role("button", name="End the shift").click()
    manager.wait_for_url("**/jobs/*")
    expect(manager.get_by_text("Done", exact=True).first).to_be_visible()

    starred = Lead.objects.exclude(starred_until=None)
    assert starred.count() == 55
    assert {lead.zone for lead in starred} == set(ZONES)
    assert all(lead.starred_until > now() for lead in starred)


def test_on_a_phone_one_lead_after_another(cast, visit, released):
    page = visit(cast.rosa, "/leads/queue", viewport={"width": 390, "height": 844})
    head = page.locator("#lead-head h2")
    first = head.inner_text()

    fits(page)
    page.get_by_role("button", name="No answer").click()
    expect(head).not_to_have_text(first)
    second = head.inner_text()
    page.get_by_role("link", name="Put off").click()
    expect(head).not_to_have_text(second)
    fits(page)


def test_the_manager_sees_what_the_end_of_the_shift_changes_and_does_it(cast, visit, released):
    """LEA-6"""
    page = visit(cast.lena, "/leads/", viewport={"width": 390, "height": 844})
    page.get_by_role("link", name="End of shift").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("End of shift")
    expect(page.locator(".figure-card").first).to_contain_text("60")
    fits(page)
    page.get_by_role("button", name="End the shift").click()
    page.get_by_role("alertdialog").get_by_role("button", name="End the shift").click()

    page.wait_for_url("**/jobs/*")
    expect(page.get_by_text("Done", exact=True).first).to_be_visible()
    assert not Lead.objects.exclude(starred_until=None).exists()
