"""A task about a customer from the line to its next week: reminded, put off, done by keys (TIM-7, TIM-11)."""

from datetime import timedelta

from playwright.sync_api import expect

from leadline.core.clock import now
from leadline.core.events import Subject
from leadline.customers.actions import assign_customers
from leadline.tasks.actions import add_task, tell_what_is_due
from leadline.tasks.models import Task
from tests.journeys.test_screens import PHONE, fits
from tests.journeys.watching import calm


def test_rosa_plans_is_reminded_snoozes_and_finishes(cast, make, by, visit):
    customer = make.customer(cast.rosa, name="Bright Trading")
    page = visit(cast.rosa, f"/customers/{customer.pk}/")
    tasks = page.locator("#tasks")
    tasks.get_by_label("New task").fill("Send the offer tomorrow 10:00")
    tasks.get_by_label("New task").press("Enter")
    expect(tasks).to_contain_text("Tomorrow 10:00")
    expect(page.locator("#next-step")).to_contain_text("Send the offer")
    calm(page)

    task = Task.objects.get()
    due = now() + timedelta(hours=1)
    page.goto(f"/tasks/{task.pk}/")
    page.keyboard.press("e")
    page.get_by_role("dialog").get_by_label("Repeats").select_option("weekly")
    calm(page)
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.locator("#task-about")).to_contain_text("Every week")

    Task.objects.filter(pk=task.pk).update(due_at=due, tell_at=now() - timedelta(minutes=1), remind_at=now())
    tell_what_is_due(by=by(cast.house, via="job"))
    page.goto("/notifications/")
    expect(page.get_by_role("main")).to_contain_text("Reminder: Send the offer")

    page.goto("/tasks/")
    page.keyboard.press("j")
    page.keyboard.press("s")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Snooze: Send the offer")
    calm(page)
    dialog.get_by_role("button", name="Tomorrow morning").click()
    expect(dialog).to_be_hidden()  # late in the evening what is due in an hour is of tomorrow already
    expect(page.locator("tr.group")).to_contain_text("Tomorrow")

    expect(page.locator("tr.at")).to_contain_text("Send the offer")  # one is where one was
    page.keyboard.press("d")
    expect(page.locator(".toast").last).to_contain_text("The next one is on your list.")
    following = Task.objects.get(follows=task)
    expect(page.locator(f"#task-{following.pk}")).to_contain_text("Bright Trading")
    expect(page.locator(f"#task-{task.pk}")).to_have_count(0)
    page.get_by_role("navigation", name="Which tasks").get_by_role("link", name="Done").click()
    expect(page.locator(f"#task-{task.pk}")).to_be_visible()
    calm(page)


def test_the_same_on_a_phone(cast, make, by, visit):
    customer = make.customer(cast.rosa, name="Bright Trading")
    add_task(
        title="Call them back", due_at=now() - timedelta(hours=1), about=Subject("customer", customer.pk),
        by=by(cast.rosa),
    )  # fmt: skip
    page = visit(cast.rosa, "/tasks/", **PHONE)
    fits(page)
    calm(page)
    expect(page.locator("tr.group")).to_contain_text("Overdue")

    page.get_by_label("New task", exact=True).fill("Send the list fri")
    page.get_by_role("button", name="Add", exact=True).tap()
    expect(page.get_by_role("row", name="Send the list")).to_be_visible()
    fits(page)
    page.get_by_role("button", name="Done: Call them back").tap()
    expect(page.get_by_role("row", name="Call them back")).to_have_count(0)
    page.get_by_role("row", name="Send the list").get_by_role("link", name="Snooze").tap()
    page.get_by_role("dialog").get_by_role("button", name="Next week").tap()
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert Task.objects.get(title="Send the list").snoozes == 1
    page.get_by_role("link", name="Send the list", exact=True).tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Send the list")
    fits(page)
    calm(page)


def test_the_page_of_notifications_hears_the_bell(cast, make, by, visit):
    page = visit(cast.otto, "/notifications/", viewport={"width": 1440, "height": 900})
    expect(page.get_by_text("Nothing yet")).to_be_visible()

    customer = make.customer(cast.rosa, name="Kusuma Tekstil")
    assign_customers([customer.pk], owner=cast.otto, by=by(cast.lena))

    told = page.locator("#notifications").get_by_role("button", name="handed you Kusuma Tekstil")
    expect(told).to_be_visible(timeout=60_000)
    expect(page.get_by_role("button", name="Mark all as read")).to_be_visible()
    calm(page)
