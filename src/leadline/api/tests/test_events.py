"""/events: taken in one by one and in batches, by token and by signature, and looked up (PLT-1, PLT-2)."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from leadline.api.tests.conftest import errors_of
from leadline.core.clock import at, now
from leadline.core.secrets.signatures import signature, signed_text
from leadline.platform.actions import make_ingest_key, renew_ingest_key, revoke_ingest_key
from leadline.platform.models import IngestKey, Payment, PlatformEvent
from leadline.platform.tests.conftest import event

ADDRESS = "/api/v1/events"
PAID = {"amount": 5.25, "currency": "EUR", "method": "card"}


@pytest.fixture
def ada_sends(program, cast):
    """A program of the administrator that may send events and nothing else."""
    return program(cast.ada, scopes=["events:write"])


def counts(response):
    assert response.status_code == 200, response.content
    answered = response.json()
    return answered["accepted"], answered["duplicates"], answered["rejected"]


def test_a_list_one_event_and_lines(ada_sends):
    one = event()
    assert counts(ada_sends.post("events", [one, event("deposit", **PAID)])) == (2, 0, 0)
    assert counts(ada_sends.post("events", one)) == (0, 1, 0)
    lines = "\n".join(json.dumps(event()) for _ in range(3)) + "\nno json\n\n"
    response = ada_sends.client.post(ADDRESS, lines, content_type="application/x-ndjson")
    assert counts(response) == (3, 0, 1)
    assert str(Payment.objects.get().amount) == "5.2500"


def test_bad_ones_are_told_with_place_field_and_reason(ada_sends):
    response = ada_sends.post("events", [event(), event("teleported"), event("deposit", amount=1), 7])

    assert counts(response) == (1, 0, 3)
    errors = response.json()["errors"]
    assert [(error["index"], error["field"]) for error in errors] == [(1, "kind"), (2, "method"), (3, None)]
    assert "teleported" in errors[0]["message"]
    assert "deposit_failed" in errors[0]["message"]


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"[{", "application/json", 400),
        (b"[NaN]", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"\xff\xfe", "application/x-ndjson", 400),
        (b"id=1", "application/x-www-form-urlencoded", 415),
        (b"[" + b" " * 10_000_000 + b"]", "application/json", 413),
    ],
)
def test_a_body_that_can_not_be_read_is_refused_as_a_whole(ada_sends, body, content_type, status):
    response = ada_sends.client.post(ADDRESS, body, content_type=content_type)

    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"


def test_more_than_a_thousand_are_refused_as_a_whole(ada_sends):
    response = ada_sends.post("events", [event()] * 1001)

    assert response.status_code == 422
    assert PlatformEvent.objects.count() == 0


def test_only_who_may_sends(program, cast):
    assert program(cast.rosa).post("events", [event()]).status_code == 403
    assert program(cast.ada, scopes=["read"]).post("events", [event()]).status_code == 403
    assert Client().post(ADDRESS, "[]", content_type="application/json").status_code == 401


def signed(secret, body, moment=None, message="msg-1", **others):
    stamp = str(int((moment or now()).timestamp()))
    headers = {
        "webhook-id": message,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,bm90IHRoaXM= v1,{signature(secret, signed_text(message, stamp, body))}",
        **others,
    }
    return Client().post(ADDRESS, body, content_type="application/json", headers=headers)


def test_a_signature_lets_in_without_a_token(cast, by):
    key = make_ingest_key(name="Shop", by=by(cast.ada))
    body = json.dumps([event()]).encode()

    assert counts(signed(key.secret, body)) == (1, 0, 0)
    assert counts(signed(key.secret, body)) == (0, 1, 0)
    assert IngestKey.objects.get().last_used_at is not None


def test_a_bad_signature_an_old_one_and_a_revoked_key_are_refused(cast, by):
    key = make_ingest_key(name="Shop", by=by(cast.ada))
    body = json.dumps([event()]).encode()
    other = "whsec_" + "A" * 43 + "="

    assert signed(other, body).status_code == 401
    assert signed(key.secret, body, now() - timedelta(minutes=6)).status_code == 401
    assert signed(key.secret, body, now() + timedelta(minutes=6)).status_code == 401
    stamp = str(int(now().timestamp()))
    for headers in (
        {"webhook-signature": "v1,é"},
        {"webhook-signature": "v1,", "webhook-id": "m", "webhook-timestamp": stamp},
        {"webhook-signature": "x" * 5000, "webhook-id": "m", "webhook-timestamp": "١٢٣"},
    ):
        refused = Client().post(ADDRESS, body, content_type="application/json", headers=headers)
        assert refused.status_code == 401
    renewed = renew_ingest_key(key, by=by(cast.ada))
    assert signed(key.secret, body).status_code == signed(renewed.secret, body).status_code == 200
    with at(now() + timedelta(hours=25)):
        assert signed(key.secret, body).status_code == 401
    revoke_ingest_key(renewed, by=by(cast.ada))
    assert signed(renewed.secret, body).status_code == 401


def test_one_event_of_somebody_known_asks_little(cast, by, django_assert_max_num_queries):
    key = make_ingest_key(name="Shop", by=by(cast.ada))
    first, second = (json.dumps(event("page", page="/nets")).encode() for _ in range(2))
    assert counts(signed(key.secret, first)) == (1, 0, 0)

    with django_assert_max_num_queries(10):  # three are of the transaction
        assert counts(signed(key.secret, second)) == (1, 0, 0)


def test_what_is_sent_again_with_its_key_is_answered_as_before(cast, by):
    key = make_ingest_key(name="Shop", by=by(cast.ada))
    body = json.dumps([event(), event("teleported")]).encode()

    first, again = (signed(key.secret, body, **{"idempotency-key": "batch-1"}) for _ in range(2))

    assert counts(first) == counts(again) == (1, 0, 1)
    assert again["Idempotency-Replayed"] == "true"


def test_a_signature_opens_nothing_else(cast, by):
    key = make_ingest_key(name="Shop", by=by(cast.ada))
    stamp = str(int(now().timestamp()))
    headers = {
        "webhook-id": "m",
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{signature(key.secret, signed_text('m', stamp, b''))}",
    }
    assert Client().get("/api/v1/events", headers=headers).status_code == 401
    assert Client().get("/api/v1/customers", headers=headers).status_code == 401


def test_events_payments_and_users_are_lists_like_all_others(program, cast, make, ada_sends):
    customer = make.customer(cast.rosa, email="ana@example.com")
    make.customer(cast.otto, email="bo@example.com")
    ada_sends.post(
        "events",
        [
            event("deposit_failed", email="ana@example.com", **PAID, reason="card_expired"),
            event("deposit", "u-2", email="bo@example.com", **PAID),
            event("seen", "u-3", page="/home"),
        ],
    )
    rosa, ada = program(cast.rosa), program(cast.ada)

    mine = rosa.get("payments").json()
    assert [(row["reason"], row["amount"]) for row in mine["data"]] == [("expired_card", "5.2500")]
    assert mine["data"][0]["customer"] == {"id": customer.pk, "name": customer.name}
    assert mine["count"] == {"value": 1, "exact": True}
    assert [row["kind"] for row in rosa.get("events").json()["data"]] == ["deposit_failed"]
    assert [row["email"] for row in rosa.get("platform-users").json()["data"]] == ["ana@example.com"]
    assert len(ada.get("events").json()["data"]) == 3
    online = ada.get("platform-users", {"where": {"field": "online", "op": "is_true"}}).json()["data"]
    assert [(row["external_id"], row["page"]) for row in online] == [("u-3", "/home")]
    failed = {"field": "state", "op": "equals", "value": "failed"}
    assert len(ada.get("payments", {"where": failed}).json()["data"]) == 1
    seen = ada.get("events", {"where": {"field": "kind", "op": "equals", "value": "seen"}}).json()["data"]
    assert seen[0]["details"] == {"page": "/home"}
    assert program(cast.prue).get("payments").json()["data"] == []


def test_a_deposit_of_last_year_is_found_by_pages(program, cast, ada_sends):
    ada_sends.post("events", [event("deposit", ago=60 * 24 * days, **PAID) for days in range(0, 400, 40)])
    ada = program(cast.ada)

    found, cursor = [], ""
    while cursor is not None:
        page = ada.get("events", {"limit": 3, **({"cursor": cursor} if cursor else {})}).json()
        found += [row["at"] for row in page["data"]]
        cursor = page["next"]

    assert len(found) == 10
    assert found == sorted(found, reverse=True)


def test_keys_are_made_renewed_and_revoked(program, cast):
    ada, rosa = program(cast.ada), program(cast.rosa)
    made = ada.post("platform/keys", {"name": "Shop"})
    assert made.status_code == 201
    key = made.json()
    assert key["secret"].startswith("whsec_")
    listed = ada.get("platform/keys").json()["data"]
    assert [(row["id"], "secret" in row) for row in listed] == [(key["id"], False)]
    renewed = ada.post(f"platform/keys/{key['id']}/renew").json()
    assert renewed["secret"] != key["secret"]
    assert ada.post(f"platform/keys/{key['id']}/revoke").json()["revoked_at"]
    assert ada.post(f"platform/keys/{key['id']}/renew").status_code == 422
    assert "name" in errors_of(ada.post("platform/keys", {"name": " "}))
    assert rosa.get("platform/keys").status_code == 403
    assert rosa.post(f"platform/keys/{key['id']}/renew").status_code == 404


def test_what_holds_is_read_and_changed(program, cast):
    ada = program(cast.ada)
    before = {"online_minutes": 5, "system": "platform", "months_kept": None}
    assert ada.get("platform/rules").json() == before
    assert ada.patch("platform/rules", {"online_minutes": 15}).json()["online_minutes"] == 15
    for wrong in (0, 121, "5", True, None):
        assert "online_minutes" in errors_of(ada.patch("platform/rules", {"online_minutes": wrong}))
    assert program(cast.rosa).patch("platform/rules", {"online_minutes": 15}).status_code == 403
