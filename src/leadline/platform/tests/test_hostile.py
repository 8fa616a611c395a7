"""Much, old and odd: what a platform sends by mistake or malice stays bounded (PLT-2)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from leadline.core.clock import now
from leadline.core.partitions import ensure_month, month_of
from leadline.core.secrets.signatures import signature, signed_text
from leadline.platform.actions import link_those_waiting_for, make_ingest_key
from leadline.platform.models import PlatformEvent, PlatformUser
from leadline.platform.queries.archives import TABLE
from leadline.platform.tests.conftest import event

MANY = 100_000
_MANY = """
INSERT INTO platform_platformevent (id, at, user_id, kind, event_id, details, received_at)
SELECT n, now() - n * interval '1 minute', %s, 'page', 'many-' || n, '{"page": "/nets"}', now()
  FROM generate_series(1, %s) n
"""


@pytest.fixture
def busy(told, make, cast):
    """A user with a hundred thousand events, whom nobody is yet."""
    assert told(event("page", "u-busy", email="busy@example.com")).accepted == 1
    user = PlatformUser.objects.get(external_id="u-busy")
    with connection.cursor() as cursor:
        cursor.execute(_MANY, [user.pk, MANY])
    return user


def test_a_hundred_thousand_events_of_one_user_cost_what_few_do(
    busy, told, as_, cast, make, by, django_assert_max_num_queries
):
    customer = make.customer(cast.rosa, email="busy@example.com")
    with django_assert_max_num_queries(10):
        link_those_waiting_for([customer.pk], by=by(cast.house))
    busy.refresh_from_db()
    assert busy.customer_id == customer.pk

    part = as_(cast.rosa).get(f"/customers/{customer.pk}/platform").content.decode()

    assert part.count("/nets") <= 6, "the latest few"
    assert told(event("page", "u-busy", page="/next")).accepted == 1
    assert PlatformEvent.objects.filter(user=busy).count() == MANY + 2


def test_an_event_from_before_any_partition_waits_and_moves(told):
    moment = now() - timedelta(days=4 * 365)
    assert told({**event("page", page="/old"), "time": moment.isoformat()}).accepted == 1
    assert told({**event("page", page="/old"), "time": (moment - timedelta(days=900)).isoformat()}).refused

    ensure_month(TABLE, month_of(moment.date()))

    assert PlatformEvent.objects.get(at=moment).details == {"page": "/old"}


def test_ten_megabytes_are_refused_before_they_are_read_as_events(cast, by):
    key = make_ingest_key(name="Shop", by=by(cast.ada))
    body, stamp = b"[" + b" " * (10 << 20) + b"]", str(int(now().timestamp()))
    headers = {
        "webhook-id": "big",
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{signature(key.secret, signed_text('big', stamp, body))}",
    }

    refused = Client().post("/api/v1/events", body, content_type="application/json", headers=headers)

    assert refused.status_code == 413
    assert not PlatformEvent.objects.exists()


def test_an_older_event_that_comes_later_changes_no_address(told):
    told(event("page", ago=5, email="new@example.com"))
    told(event("page", ago=60, email="old@example.com"))

    assert PlatformUser.objects.get().email == "new@example.com"
