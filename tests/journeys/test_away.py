"""Who is away is seen by those who count on them (PPL-1)."""

from datetime import timedelta

from playwright.sync_api import expect

from leadline.people.working.queries import day_of
from tests.journeys.test_screens import fits
from tests.journeys.watching import calm


def test_an_absence_entered_by_rosa_is_seen_by_her_manager(cast, visit):
    """Overlapping days are refused beside the field; the manager reads until when, and why."""
    page = visit(cast.rosa, "/me")
    today = day_of(cast.rosa)
    absences = page.locator("#absences")
    absences.get_by_label("First day").fill(today.isoformat())
    absences.get_by_label("Last day").fill((today + timedelta(days=4)).isoformat())
    absences.get_by_role("combobox", name="Deputy").fill("otto")
    absences.get_by_role("option", name="Otto Brandt").click()
    absences.get_by_role("button", name="Enter absence").click()
    expect(absences.get_by_text("Otto Brandt stands in")).to_be_visible()
    calm(page)

    absences.get_by_label("First day").fill((today + timedelta(days=4)).isoformat())
    absences.get_by_label("Last day").fill((today + timedelta(days=9)).isoformat())
    absences.get_by_role("button", name="Enter absence").click()
    expect(absences.get_by_text("This overlaps an absence")).to_be_visible()
    expect(absences.get_by_label("Last day")).to_have_value((today + timedelta(days=9)).isoformat())

    hours = page.locator("#hours")
    hours.get_by_label("Friday").fill("17:00-9:00")
    hours.get_by_role("button", name="Save hours").click()
    expect(hours.get_by_text("ends before it starts")).to_be_visible()

    manager = visit(cast.mira, "/people")
    row = manager.get_by_role("row").filter(has_text="Rosa Ibarra")
    expect(row).to_contain_text("Away until")
    calm(manager)
    row.get_by_role("link", name="Rosa Ibarra").click()
    expect(manager.locator("#absences")).to_contain_text("Holiday")
    manager.set_viewport_size({"width": 390, "height": 844})
    fits(manager)
    calm(manager)
