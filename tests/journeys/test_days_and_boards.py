"""Calendars and boards on dashboards: done from there, moved from there, on a phone, in the dark (WSP-1)."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from leadline.core.clock import now
from leadline.leads.actions.side import follow
from leadline.leads.models import Lead
from leadline.tasks.actions import add_task
from leadline.tasks.models import Task
from tests.journeys.test_screens import PHONE, fits
from tests.journeys.watching import calm, drag_onto, press

WIDE = {"viewport": {"width": 1440, "height": 900}}


@pytest.fixture
def today() -> datetime:
    """A moment of today that is to come, or the last one of it."""
    moment = now()
    return min(moment + timedelta(minutes=30), moment.astimezone(UTC).replace(hour=23, minute=59))


def test_a_calendar_is_read_gone_through_and_worked_off(cast, make, visit, by, today):
    task = add_task(title="Send the offer", due_at=today, by=by(cast.rosa))
    lead = make.lead(cast.rosa, name="Ayu Lestari")
    Lead.objects.filter(pk=lead.pk).update(callback_at=today)
    follow([lead.pk])
    page = visit(cast.rosa, "/workspace/to-do/", **WIDE)
    calendar = page.locator(".widget--calendar")
    expect(calendar.locator(".today")).to_contain_text("Send the offer")
    calm(page)

    calendar.get_by_role("button", name="Done: Send the offer").press("Enter")
    expect(calendar.locator(".today")).not_to_contain_text("Send the offer")
    assert Task.objects.get(pk=task.pk).is_done

    calendar.get_by_role("link", name="How did it go: Ayu Lestari").click()
    dialog = page.get_by_role("dialog")
    calm(page)
    dialog.get_by_role("button", name="Connected").click()
    expect(calendar.locator(".calendar-entry")).to_have_count(0)
    expect(calendar).to_contain_text("Nothing is planned here")

    calendar.get_by_role("link", name="Month").click()
    expect(calendar.locator(".calendar--month")).to_be_visible()
    month = calendar.locator(".calendar-title").inner_text()
    press(page, "]")
    expect(calendar.locator(".calendar-title")).not_to_have_text(month)
    calendar.get_by_role("link", name="Today", exact=True).click()
    expect(calendar.locator(".calendar-title")).to_have_text(month)

    phone = visit(cast.rosa, "/workspace/to-do/?span=month", color_scheme="dark", **PHONE)
    add_task(title="Ring the bell", due_at=today, by=by(cast.rosa))
    expect(phone.locator(".widget--calendar")).to_contain_text("Ring the bell")
    fits(phone)
    calm(phone)


def test_cards_move_on_a_dashboard_too(cast, make, visit):
    lead = make.lead(cast.rosa, name="Ayu")
    make.lead(cast.rosa, name="Budi")
    page = visit(cast.rosa, "/workspace/lead/", **WIDE)
    board = page.locator(".widget--board")
    card = board.locator(".board-card").filter(has_text="Ayu")
    expect(card).to_be_visible()
    calm(page)

    card.locator(".named a").focus()
    press(page, "Shift+ArrowRight")
    expect(page.get_by_text("Moved to Contacting.")).to_be_visible()
    expect(board.get_by_role("region", name="Contacting")).to_contain_text("Ayu")
    assert Lead.objects.get(pk=lead.pk).stage.key == "contacting"
    page.get_by_role("link", name="Undo").click()
    expect(board.get_by_role("region", name="Assigned")).to_contain_text("Ayu")

    goal = board.get_by_role("region", name="Qualified").locator(".cards-of")
    goal.scroll_into_view_if_needed()
    drag_onto(card, goal)
    expect(board.get_by_role("region", name="Qualified")).to_contain_text("Ayu")
    expect(page.get_by_text("Moved to Qualified.")).to_be_visible()
    assert Lead.objects.get(pk=lead.pk).stage.key == "qualified"

    phone = visit(cast.rosa, "/workspace/lead/", **PHONE)
    phone.locator(".board-card").filter(has_text="Budi").get_by_role("link", name="Move Budi").tap()
    phone.get_by_role("dialog").get_by_role("button", name="Contacting").tap()
    expect(phone.get_by_text("Moved to Contacting.")).to_be_visible()
    fits(phone)
    calm(phone)
