"""What is measured, in Prometheus' form (INT-7).

Web processes count in files that they share (PROMETHEUS_MULTIPROC_DIR, set by `leadline serve`); what the
database knows is asked when somebody scrapes.
"""

import os
from collections.abc import Iterator
from functools import cache

from django.db import connection
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from leadline.config.watching.queue import queue_state
from leadline.governance.chain.ledgers import LEDGERS
from leadline.governance.queries.seals import sealed_up_to

SIGN_IN = "people:sign_in"
_BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

_requests = Histogram(
    "leadline_request_seconds", "Requests, by view.", ["route", "method", "status"], buckets=_BOUNDS
)
_database = Counter("leadline_request_database_seconds", "Of these, waiting for the database.", ["route"])
_sign_ins = Counter("leadline_sign_ins", "Attempts to sign in by password.", ["outcome"])


def count_request(route: str, method: str, status: int, seconds: float, database_seconds: float) -> None:
    """Count a request that was answered."""
    timed, waited = _counters_of(route, method if method in METHODS else "other", status)
    timed.observe(seconds)
    waited.inc(database_seconds)


@cache
def _counters_of(route: str, method: str, status: int) -> tuple[Histogram, Counter]:
    """Looked up once: views, methods and statuses are few."""
    return _requests.labels(route, method, status), _database.labels(route)


def count_sign_in(*, accepted: bool) -> None:
    """Count an attempt to sign in."""
    _sign_ins.labels("accepted" if accepted else "refused").inc()


METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def scraped() -> bytes:
    """Everything, as Prometheus reads it."""
    registry = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(registry)
        counted = generate_latest(registry)
    else:
        counted = generate_latest(REGISTRY)
    known = CollectorRegistry()
    known.register(KnownToTheDatabase())
    return counted + generate_latest(known)


class KnownToTheDatabase(Collector):
    """Queue, jobs, imports, events, size: counted by the database itself, for all machines together."""

    def collect(self) -> Iterator[Metric]:
        """Ask once for each scrape."""
        yield from _queue()
        yield from _jobs()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT coalesce(pg_sequence_last_value(pg_get_serial_sequence('core_event', 'id')), 0),"
                " pg_database_size(current_database())"
            )
            events, size = cursor.fetchone()
        yield _seals()
        yield CounterMetricFamily("leadline_events_published", "Events in the ledger.", value=events)
        yield GaugeMetricFamily("leadline_database_bytes", "The database on disk.", value=size)


def _seals() -> Metric:
    """The worker seals each minute: much more says that it does not."""
    lag = GaugeMetricFamily(
        "leadline_seal_lag_seconds", "How old the oldest entry is that is not sealed yet.", labels=["ledger"]
    )
    with connection.cursor() as cursor:
        for ledger in LEDGERS.values():
            cursor.execute(
                f"SELECT coalesce(extract(epoch FROM now() - min(at)), 0) FROM {ledger.table}"
                " WHERE id > %s AND at > now() - interval '31 days'",
                [sealed_up_to(ledger)],
            )
            lag.add_metric([ledger.name], float(cursor.fetchone()[0]))
    return lag


def _queue() -> Iterator[Metric]:
    state = queue_state()
    works = GaugeMetricFamily("leadline_queue_tasks", "Tasks in the queue.", labels=["state"])
    for name, count in (("waiting", state.waiting), ("running", state.running), ("failed", state.failed)):
        works.add_metric([name], count)
    yield works
    yield GaugeMetricFamily(
        "leadline_queue_oldest_seconds", "How long the oldest task waits.", value=state.oldest
    )
    yield GaugeMetricFamily("leadline_workers", "Workers that tell that they live.", value=state.workers)
    if state.heartbeat is not None:
        yield GaugeMetricFamily(
            "leadline_worker_heartbeat_seconds",
            "Since a worker last told that it lives.",
            value=state.heartbeat,
        )


def _jobs() -> Iterator[Metric]:
    jobs = GaugeMetricFamily(
        "leadline_jobs", "Jobs of the last 30 days, by kind and state.", labels=["kind", "state"]
    )
    rows = GaugeMetricFamily(
        "leadline_import_rows", "Rows that imports of the last 30 days went through.", labels=["kind"]
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, state, count(*), sum(done) FROM core_job GROUP BY 1, 2 ORDER BY 1, 2")
        for kind, state, count, done in cursor.fetchall():
            jobs.add_metric([kind, state], count)
            if kind.startswith("imports."):
                rows.add_metric([f"{kind}:{state}"], float(done or 0))
    yield jobs
    yield rows
