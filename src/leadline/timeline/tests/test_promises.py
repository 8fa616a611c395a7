"""What is promised to customers stays in sight until it is kept (SIG-10)."""

from datetime import date

import pytest

from leadline.core.events.models import EventRecord
from leadline.core.refusals import EditConflict, NotAllowed, RuleBroken
from leadline.customers import actions
from leadline.timeline.models import Promise

DUE = date(2026, 12, 24)


def test_a_promise_is_kept_once(cast, make, by):
    """SIG-10: it is open until somebody says it was kept; then it is closed."""
    customer = make.customer(cast.rosa)
    promise = actions.make_promise(customer, text="  A new price list ", due_on=DUE, by=by(cast.rosa))

    kept = actions.keep_promise(promise, customer, by=by(cast.mira))

    assert (kept.text, kept.due_on, kept.user, kept.outcome) == ("A new price list", DUE, cast.rosa, "kept")
    assert not Promise.objects.open().exists()
    with pytest.raises(RuleBroken, match="closed already"):
        actions.give_up_promise(promise, customer, by=by(cast.rosa))
    assert actions.reopen_promise(promise, customer, by=by(cast.rosa)).is_open
    names = EventRecord.objects.filter(name__startswith="timeline.Promise").values_list("name", flat=True)
    assert sorted(names) == ["timeline.PromiseEnded", "timeline.PromiseMade"]


@pytest.mark.parametrize(
    ("text", "due_on", "field"), [(" ", DUE, "text"), ("x" * 301, DUE, "text"), ("A visit", None, "due_on")]
)
def test_a_promise_needs_words_and_a_day(cast, make, by, text, due_on, field):
    """ALL-2: the refusal names what is missing."""
    with pytest.raises(RuleBroken) as refused:
        actions.make_promise(make.customer(cast.rosa), text=text, due_on=due_on, by=by(cast.rosa))

    assert refused.value.field == field


def test_whoever_saw_an_older_promise_is_asked(cast, make, by):
    """ALL-1: nothing is silently overwritten."""
    customer = make.customer(cast.rosa)
    promise = actions.make_promise(customer, text="A visit", due_on=DUE, by=by(cast.rosa))
    actions.edit_promise(promise, customer, text="A call", due_on=DUE, version=1, by=by(cast.mira))

    with pytest.raises(EditConflict):
        actions.edit_promise(promise, customer, text="Flowers", due_on=DUE, version=1, by=by(cast.rosa))


def test_the_next_owner_keeps_what_the_former_promised(cast, make, by):
    """SIG-10: the promise stays with the customer; the former owner has no more say."""
    customer = make.customer(cast.rosa)
    promise = actions.make_promise(customer, text="A visit", due_on=DUE, by=by(cast.rosa))
    handed = actions.assign_customer(customer, owner=cast.otto, by=by(cast.ada))

    with pytest.raises(NotAllowed):
        actions.keep_promise(promise, handed, by=by(cast.rosa))
    kept = actions.keep_promise(promise, handed, by=by(cast.otto))

    assert (kept.outcome, kept.user) == ("kept", cast.rosa)


def test_a_call_and_a_note_may_promise(cast, make, by):
    """SIG-10: said where it is logged; a refusal names the field of that form."""
    customer = make.customer(cast.rosa)
    call = actions.log_activity(
        customer, kind="call", title="Asked", promised="A sample", promised_until=DUE, by=by(cast.rosa)
    )
    note = actions.write_note(
        customer, body="They wait", promised="An offer", promised_until=DUE, by=by(cast.rosa)
    )
    with pytest.raises(RuleBroken) as refused:
        actions.write_note(customer, body="They wait", promised="An offer", by=by(cast.rosa))

    assert refused.value.field == "promised_until"
    said = Promise.objects.order_by("pk").values_list("text", "activity_id", "note_id")
    assert list(said) == [("A sample", call.pk, None), ("An offer", None, note.pk)]


def test_promises_on_the_page(cast, make, as_, by):
    """SIG-10: made in a dialog, shown on the overview with who gave it, kept by a click; 404 to strangers."""
    customer = make.customer(cast.rosa)
    browser = as_(cast.rosa, htmx=True)
    made = browser.post(
        f"/customers/{customer.pk}/promises/make", {"text": "A <b>price</b> list", "due_on": "2020-01-31"}
    )
    promise = Promise.objects.get()

    page = as_(cast.rosa).get(f"/customers/{customer.pk}/").text
    assert made.status_code == 200
    assert "A &lt;b&gt;price" in page
    assert "Rosa Ibarra" in page
    assert as_(cast.otto).post(f"/promises/{promise.pk}/keep").status_code == 404
    assert as_(cast.rosa).get(f"/promises/{promise.pk}/edit").status_code == 200
    assert as_(cast.sam).get(f"/promises/{promise.pk}/edit").status_code == 403
    assert browser.post(f"/promises/{promise.pk}/keep").headers["HX-Trigger"].startswith('{"promise-changed"')
    assert "A &lt;b&gt;price" not in as_(cast.rosa).get(f"/customers/{customer.pk}/").text
    refused = browser.post(f"/customers/{customer.pk}/promises/make", {"text": "", "due_on": "soon"})
    assert refused.status_code == 422
