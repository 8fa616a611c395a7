"""Webhooks: chosen events, signed, tried again, logged and replayed (INT-3)."""

import base64
import hmac
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.db import connection

from leadline.api import actions
from leadline.api.actions.delivering import WAITS
from leadline.api.listeners import some_webhook_wants
from leadline.api.models import Delivery, Webhook
from leadline.api.tests.conftest import errors_of
from leadline.api.webhooks.sending import deliver
from leadline.core.actions import Actor
from leadline.core.clock import now
from leadline.core.refusals import NotAllowed, RuleBroken
from leadline.people.models import Role
from leadline.timeline.models import Notification


@pytest.fixture
def hook(cast: Any, receiver: Any) -> Webhook:
    """Ada's webhook for new customers."""
    return actions.add_webhook(
        name="Warehouse",
        address=receiver.address,
        events=["customers.CustomersAdded"],
        by=Actor(cast.ada),
    )


def pass_time() -> None:
    """What waits for later may start now."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE task_name = 'api.deliver'")


def test_a_chosen_event_arrives_with_a_signature_that_holds(hook, receiver, make, cast, settle):
    customer = make.customer(cast.rosa, name="Harbour Ltd")
    make.activity(customer)
    settle()

    ((headers, body),) = receiver.heard
    (told,) = receiver.bodies
    assert told["type"] == "customers.CustomersAdded"
    assert told["subjects"] == [{"kind": "customer", "id": customer.pk}]
    assert "Harbour" not in body.decode()
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(hook.secret.removeprefix("whsec_"))
    right = base64.b64encode(hmac.digest(key, signed, sha256)).decode()
    assert headers["webhook-signature"] == f"v1,{right}"
    assert headers["webhook-id"] == f"evt_{told['id']}"
    sent = Delivery.objects.get()
    assert (sent.state, sent.attempts.get().status) == ("delivered", 200)


def test_without_a_webhook_nothing_is_queued(cast, make):
    make.customer(cast.rosa)

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE args ->> 'listener' LIKE '%webhook%'")
        assert cursor.fetchone() == (0,)


def test_what_is_asked_with_each_event_is_who_would_be_told(hook, cast):
    def agree() -> list[bool]:
        names = ["customers.CustomersAdded", "customers.CustomersMoved"]
        asked = [some_webhook_wants(name) for name in names]
        assert asked == [Webhook.objects.wanting(name).exists() for name in names]
        return asked

    assert agree() == [True, False]
    Webhook.objects.update(events=[])
    assert agree() == [True, True]
    actions.pause_webhook(hook, by=Actor(cast.ada))
    assert agree() == [False, False]


def test_a_set_is_told_once(hook, receiver, cast, settle):
    from leadline.core.events import publish_many
    from leadline.customers.events import CustomersAdded

    publish_many(CustomersAdded, range(1, 301), kind="customer", by=Actor(cast.ada), count=300)
    settle()

    (told,) = receiver.bodies
    assert (told["subject_count"], len(told["subjects"])) == (300, 100)


def test_told_twice_by_the_queue_it_is_sent_once(hook, receiver, make, cast, settle):
    make.customer(cast.rosa)
    settle()
    sent = Delivery.objects.get()

    actions.queue_deliveries(sent.event_id, sent.event_at, sent.event_name, by=Actor(cast.house))
    deliver(sent.pk, 0, by=Actor(cast.house))
    settle()

    assert len(receiver.heard) == 1


def test_an_attempt_whose_worker_died_is_made_again(hook, receiver, make, cast):
    make.customer(cast.rosa)
    from procrastinate.contrib.django import app

    from leadline.core.jobs.waiting import _take_one  # the listener alone, not yet the delivery

    name, arguments = _take_one()
    app.tasks[name].func(**arguments)
    sent = Delivery.objects.get()
    actions.begin_attempt(sent.pk, 0, by=Actor(cast.house))  # and here it was killed

    deliver(sent.pk, 0, by=Actor(cast.house))

    assert len(receiver.heard) == 1
    assert Delivery.objects.get().state == "delivered"


def test_a_no_is_tried_again_later_and_longer_each_time(hook, receiver, make, cast, settle):
    receiver.statuses = [500, 302, 200]
    make.customer(cast.rosa)
    settle()
    first = Delivery.objects.get()
    waits = [first.next_at - now()]
    assert first.state == "waiting"
    pass_time()
    settle()
    waits.append(Delivery.objects.get().next_at - now())
    pass_time()
    settle()

    sent = Delivery.objects.get()
    assert [attempt.status for attempt in sent.attempts.order_by("id")] == [500, 302, 200]
    assert (sent.state, sent.next_at) == ("delivered", None)
    assert waits[0] < waits[1] <= WAITS[1]
    assert sent.attempts.first().answer == "<b>heard</b>"


def test_after_two_days_it_is_given_up_paused_and_its_keeper_told(hook, receiver, make, cast, settle):
    receiver.statuses = [503] * (len(WAITS) + 1)
    make.customer(cast.rosa)
    for _ in range(len(WAITS) + 1):
        settle()
        pass_time()
    settle()

    hook.refresh_from_db()
    assert sum(WAITS, timedelta()) > timedelta(days=2)
    assert Delivery.objects.get().state == "failed"
    assert hook.paused_at is not None
    assert (
        Notification.objects.get(user=cast.ada, text__contains="Warehouse").address == f"/webhooks/{hook.pk}"
    )
    make.customer(cast.rosa)
    settle()
    assert Delivery.objects.count() == 1

    actions.resume_webhook(hook, by=Actor(cast.ada))
    actions.replay_delivery(Delivery.objects.get(), by=Actor(cast.ada))
    settle()
    assert Delivery.objects.get().state == "delivered"


def test_a_private_address_is_never_called(hook, receiver, make, cast, settle, settings):
    settings.LEADLINE_PRIVATE_HOSTS = []
    make.customer(cast.rosa)
    settle()

    assert receiver.heard == []
    assert "private network" in Delivery.objects.get().attempts.get().problem


def test_a_webhook_hears_only_while_its_user_may(hook, receiver, make, cast, settle):
    cast.ada.roles.set(Role.objects.filter(key="inside-sales"))
    make.by = Actor(cast.mira)
    from leadline.customers.actions import add_customer

    add_customer(name="New", email="new@example.com", owner=cast.rosa, by=Actor(cast.mira))
    settle()

    assert receiver.heard == []
    assert Delivery.objects.get().state == "left_out"


def test_a_renewed_secret_signs_beside_the_old_one_for_a_day(hook, receiver, make, cast, settle):
    old = hook.secret
    renewed = actions.renew_secret(hook, by=Actor(cast.ada))
    make.customer(cast.rosa)
    settle()
    Webhook.objects.update(old_secret_until=now())
    make.customer(cast.rosa)
    settle()

    both, one = (headers["webhook-signature"].split() for headers, _body in receiver.heard)
    assert (len(both), len(one)) == (2, 1)
    assert renewed.secret != old


def test_the_secret_is_closed_in_the_database(hook):
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM api_webhook")
        assert cursor.fetchone()[0].startswith("v1.")
        cursor.execute("SELECT count(*) FROM core_history WHERE changes::text LIKE '%%whsec%%'")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("key", ["rosa", "mira", "lena", "aud", "fina"])
def test_only_who_manages_webhooks_sees_or_makes_them(hook, program, cast, as_, key):
    somebody = program(getattr(cast, key))

    assert somebody.get("webhooks").status_code == 403
    assert somebody.get(f"webhooks/{hook.pk}").status_code == 404
    assert somebody.post("webhooks", {"name": "x", "address": "https://example.com"}).status_code == 403
    assert somebody.post(f"webhooks/{hook.pk}/secret").status_code == 404
    page = as_(getattr(cast, key))
    assert page.get("/webhooks").status_code == 403
    assert page.get(f"/webhooks/{hook.pk}").status_code == 404
    assert page.post(f"/webhooks/{hook.pk}/remove").status_code == 404
    with pytest.raises(NotAllowed):
        actions.remove_webhook(hook, by=Actor(getattr(cast, key)))


def test_a_program_sets_one_up_and_sees_its_secret_once(program, cast, receiver, make, settle):
    ada = program(cast.ada)

    made = ada.post("webhooks", {"name": "Warehouse", "address": receiver.address})

    assert made.status_code == 201, made.content
    path = f"webhooks/{made.json()['id']}"
    assert made.json()["secret"].startswith("whsec_")
    assert "secret" not in ada.get(path).json()
    assert ada.patch(path, {"events": ["customers.CustomersAdded"]}).json()["name"] == "Warehouse"
    assert ada.post(f"{path}/test").status_code == 202
    make.customer(cast.rosa)
    settle()
    log = ada.get(f"{path}/deliveries").json()["data"]
    assert {sent["state"] for sent in log} == {"delivered"}
    assert ada.post(f"{path}/deliveries/{log[0]['id']}/replay").status_code == 202
    assert ada.post(f"{path}/deliveries/{2**70}/replay").status_code == 404
    assert ada.post(f"{path}/pause").json()["paused_at"]
    assert ada.post(f"{path}/resume").json()["paused_at"] is None
    assert ada.post(f"{path}/remove").status_code == 200
    assert ada.get(path).status_code == 404


def test_what_is_wrong_with_a_webhook_is_named(program, cast):
    ada = program(cast.ada)

    for wrong, field in (
        ({"name": ""}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"address": "ftp://example.com"}, "address"),
        ({"address": "https://a:b@example.com"}, "address"),
        ({"events": ["customers.Nothing"]}, "events"),
        ({"events": "customers.CustomersAdded"}, "events"),
        ({"secret": "mine"}, "secret"),
        ({"user": 1}, "user"),
    ):
        refused = ada.post("webhooks", {"name": "x", "address": "https://example.com/", **wrong})
        assert refused.status_code == 422, (wrong, refused.content)
        assert field in errors_of(refused)


def test_there_are_not_too_many(cast, hook):
    Webhook.objects.bulk_create(
        Webhook(name=f"w{number}", address="https://example.com", user=cast.ada) for number in range(49)
    )
    with pytest.raises(RuleBroken, match="50"):
        actions.add_webhook(name="x", address="https://example.com", by=Actor(cast.ada))


def test_on_the_pages_it_is_added_shown_with_its_secret_once_and_tried(as_, cast, receiver, make, settle):
    make.customer(cast.rosa)
    ada = as_(cast.ada)
    assert "No webhooks yet" in ada.get("/webhooks").content.decode()

    added = ada.post("/webhooks/add", {"name": "Warehouse <b>", "address": receiver.address})

    assert added.status_code == 302
    page = ada.get(added["Location"]).content.decode()
    assert "whsec_" in page
    assert "Warehouse &lt;b&gt;" in page
    assert "whsec_" not in ada.get(added["Location"]).content.decode()
    ada.post(f"{added['Location']}/test")
    settle()
    shown = ada.get(added["Location"]).content.decode()
    assert "Delivered" in shown
    assert "&lt;b&gt;heard" in shown
    wrong = ada.post("/webhooks/add", {"name": "x", "address": "nowhere"})
    assert wrong.status_code == 422
    assert "https://example.com/hook" in wrong.content.decode()


def test_old_deliveries_are_forgotten(hook, receiver, make, cast, settle):
    make.customer(cast.rosa)
    settle()
    Delivery.objects.update(created_at=now() - timedelta(days=31))

    assert actions.remove_old_deliveries(by=Actor(cast.house)) == 1
