"""Readiness, metrics, the log's line for each request, and proxies that are believed (INT-7)."""

import json
import logging

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from leadline.config.watching import readiness
from leadline.config.watching.proxies import BehindProxies
from leadline.core.history.models import HistoryEntry
from leadline.core.jobs import Job, start_job
from leadline.core.logs.lines import formatter, redacted
from leadline.core.tracing import caused_by


def breaks(request):
    raise ValueError("no room for rosa@example.com")


urlpatterns = [path("breaks", breaks), path("sign-in", breaks, name="people:sign_in")]
handler500 = "leadline.config.failures.fault"


def test_ready_tells_each_part_in_words_and_nothing_secret(cast):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")

    response = Client().get("/readyz")

    told = response.json()
    assert (response.status_code, told["ready"]) == (200, True)
    assert {part["name"]: part["ok"] for part in told["parts"]} == {
        "database": True, "migrations": True, "disk": True, "worker": True,
    }  # fmt: skip
    assert str(connection.settings_dict["HOST"]) not in response.text


def test_without_a_worker_pages_are_still_served_and_it_is_said(db):
    told = Client().get("/readyz").json()

    worker = next(part for part in told["parts"] if part["name"] == "worker")
    assert told["ready"] is True
    assert (worker["ok"], worker["needed"]) == (False, False)
    assert "leadline worker" in worker["message"]


def test_code_whose_migrations_are_missing_is_not_ready_but_older_code_is(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('core', '9999_of_newer_code', now())"
        )
    assert Client().get("/readyz").status_code == 200

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'core' AND name LIKE '0001%'")
    response = Client().get("/readyz")

    assert response.status_code == 503
    assert "1 to run: leadline migrate" in response.text


def test_a_full_disk_is_not_ready(db, monkeypatch):
    monkeypatch.setattr(readiness, "LEAST_SPACE", 2**60)

    assert Client().get("/readyz").status_code == 503


def test_metrics_count_requests_by_view_and_what_the_database_knows(cast, as_, make):
    make.customer(cast.rosa)
    as_(cast.rosa).get("/customers/")

    told = Client().get("/metrics").text

    assert 'leadline_request_seconds_count{method="GET",route="customers:list",status="200"}' in told
    assert 'leadline_request_database_seconds_total{route="customers:list"}' in told
    assert "leadline_events_published_total" in told
    assert 'leadline_queue_tasks{state="waiting"}' in told
    assert "leadline_queue_oldest_seconds" in told
    assert 'leadline_seal_lag_seconds{ledger="history"}' in told
    assert "rosa" not in told.lower()


def test_a_sign_in_is_counted_whether_it_succeeds_or_not(cast):
    def counted() -> str:
        lines = Client().get("/metrics").text.splitlines()
        return " ".join(line for line in lines if line.startswith("leadline_sign_ins_total"))

    Client().post("/sign-in", {"email": "rosa@example.com", "password": "wrong"})
    assert 'outcome="refused"' in counted()


@pytest.mark.parametrize(
    "asked",
    [
        {"REMOTE_ADDR": "203.0.113.9"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_X_FORWARDED_PROTO": "https"},
    ],
)
def test_strangers_find_no_metrics(db, asked):
    assert Client().get("/metrics", **asked).status_code == 404


@override_settings(LEADLINE_METRICS_TOKEN="soundings")
def test_a_token_opens_metrics_from_anywhere_and_nothing_else_does(db):
    asked = Client()
    assert asked.get("/metrics").status_code == 404
    assert asked.get("/metrics", HTTP_AUTHORIZATION="Bearer wrong").status_code == 404
    right = asked.get("/metrics", HTTP_AUTHORIZATION="Bearer soundings", REMOTE_ADDR="203.0.113.9")
    assert right.status_code == 200


def test_each_request_is_one_line_without_what_was_typed(cast, as_, caplog):
    with caplog.at_level(logging.INFO, "leadline.request"):
        response = as_(cast.rosa).get(
            "/customers/?q=secret+words", headers={"X-Request-Id": "from-the-proxy-1"}
        )

    assert response["X-Request-Id"] == "from-the-proxy-1"
    (record,) = [record for record in caplog.records if record.name == "leadline.request"]
    assert (record.line["route"], record.line["status"], record.line["user"]) == (
        "customers:list",
        200,
        cast.rosa.pk,
    )
    assert record.line["queries"] > 0
    assert "secret" not in str(vars(record))


@pytest.mark.parametrize("given", ["short", "two words here", "x" * 65, "line\nbreaking", "rosa@example.com"])
def test_a_number_that_is_not_well_formed_is_replaced(db, given):
    answered = Client().get("/healthz", HTTP_X_REQUEST_ID=given)["X-Request-Id"]

    assert answered != given
    assert len(answered) == 16


@override_settings(LEADLINE_SLOW_REQUEST=0)
def test_a_slow_request_is_warned_of(db, caplog):
    Client().get("/healthz")

    assert any(record.msg == "slow request" and record.levelname == "WARNING" for record in caplog.records)


def test_the_number_of_a_request_stands_in_the_history_and_on_its_jobs(cast, as_, make, by):
    customer = make.customer(cast.rosa)
    as_(cast.rosa).post(
        f"/customers/{customer.pk}/status", {"status": "active"}, headers={"X-Request-Id": "number-7-of-rosa"}
    )

    written = HistoryEntry.objects.filter(record_id=customer.pk, kind="customer", actor=cast.rosa)
    assert {entry.trace for entry in written} == {"request:number-7-of-rosa"}

    start_job("config.demo", title="Demo", by=by(cast.ada, trace="request:number-8-of-ada"))
    assert Job.objects.get().trace == "request:number-8-of-ada"


@override_settings(ROOT_URLCONF="leadline.config.tests.test_watching")
def test_a_fault_tells_the_number_that_stands_in_the_log(cast, as_, caplog):
    browser = as_(cast.rosa)
    browser.raise_request_exception = False

    response = browser.get("/breaks", headers={"X-Request-Id": "the-number-of-it"})

    assert "the-number-of-it" in response.text
    with caused_by("request:the-number-of-it"):
        (fault,) = [
            json.loads(json_line(record)) for record in caplog.records if record.name == "django.request"
        ]
    assert fault["request"] == "the-number-of-it"
    assert fault["event"] == "Internal Server Error"
    assert "ValueError: no room for [address]" in fault["exception"]


def test_what_libraries_quote_is_taken_out():
    told = redacted(
        "duplicate key\nDETAIL:  Key (phone)=(+62811) already exists.\nBearer abc.def of rosa@example.com"
    )

    assert "62811" not in told
    assert "abc" not in told
    assert "rosa" not in told


@pytest.mark.parametrize(
    ("proxies", "forwarded", "client"),
    [
        (0, "198.51.100.7", "10.0.0.2"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "1.2.3.4, 198.51.100.7", "198.51.100.7"),
        (2, "1.2.3.4, 198.51.100.7, 10.0.0.9", "198.51.100.7"),
        (2, "198.51.100.7", "10.0.0.2"),
        (1, "junk", "10.0.0.2"),
    ],
)
def test_an_address_is_believed_only_from_our_own_proxies(settings, proxies, forwarded, client):
    settings.LEADLINE_PROXIES = proxies
    told = {"HTTP_X_FORWARDED_FOR": forwarded, "HTTP_X_FORWARDED_PROTO": "https"}
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.2", **told)

    BehindProxies(lambda _: HttpResponse())(request)

    assert request.META["REMOTE_ADDR"] == client
    assert request.is_secure() is bool(proxies)


def json_line(record: logging.LogRecord) -> str:
    """The record as a line of the log for programs."""
    return formatter().format(record)
