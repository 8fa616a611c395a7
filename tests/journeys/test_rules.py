"""A failed deposit is on the payment log and on the rep's list while both pages are open (PLT-6, SIG-8)."""

from playwright.sync_api import expect

from leadline.platform.actions import ingest_events
from leadline.platform.tests.conftest import event
from tests.journeys.watching import calm

PAID = {"amount": "250.00", "currency": "EUR", "method": "card"}


def test_a_failed_deposit_becomes_the_reps_task_and_another_is_made_and_tried(cast, make, visit, by):
    make.customer(cast.rosa, name="Ana Lines", email="ana@example.com")
    payments = visit(cast.fina, "/platform/payments/")
    expect(payments.get_by_text("No payments here")).to_be_visible()
    tasks = visit(cast.rosa, "/tasks/")

    failed = event("deposit_failed", "u-1", email="ana@example.com", **PAID, reason="insufficient_funds")
    assert ingest_events([failed], by=by(cast.ada, via="api")).accepted == 1

    expect(payments.get_by_role("row").filter(has_text="ana@example.com")).to_contain_text("Not enough money")
    expect(tasks.get_by_text("Deposit failed: call Ana Lines")).to_be_visible(timeout=15_000)

    rules = visit(cast.ada, "/automation/")
    calm(rules)
    expect(rules.get_by_text("When “Deposit failed”")).to_be_visible()
    rules.get_by_role("link", name="Add rule").first.click()
    rules.get_by_label("Name").fill("Small failed deposit")
    rules.get_by_role("button", name="Add condition").first.click()
    rules.get_by_label("What is asked").select_option(label="Amount")
    rules.get_by_label("Question").select_option(label="is less than …")
    rules.get_by_role("group", name="Group of conditions").get_by_label("Value").fill("500")
    rules.get_by_role("button", name="Notify").click()
    rules.get_by_label("Text", exact=True).fill("{name}: {decline}")
    rules.get_by_label("Text", exact=True).press("Tab")
    calm(rules)
    rules.get_by_role("button", name="Save rule").click()
    expect(rules.get_by_text("Told Rosa Ibarra")).to_be_visible()
    calm(rules)
    rules.get_by_role("button", name="Switch on").click()
    expect(rules.get_by_role("button", name="Switch off")).to_be_visible()
    rules.get_by_role("navigation", name="Parts of this rule").get_by_role(
        "link", name="Log", exact=True
    ).click()
    calm(rules)
    phone = visit(cast.lena, "/automation/log", viewport={"width": 390, "height": 844}, color_scheme="dark")
    expect(phone.get_by_text("Ana Lines").first).to_be_visible()
    calm(phone)
