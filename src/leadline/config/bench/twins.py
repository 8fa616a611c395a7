"""Duplicates: the scan over everything, the warning at entry, and a merge (CUS-22, CUS-23)."""

import time
from datetime import timedelta

import psycopg
from django.db import transaction

from leadline.config.bench.apart import run_apart
from leadline.config.bench.copying import copy_of_the_database, environment
from leadline.config.bench.data import Data, query
from leadline.config.bench.registry import SECONDS, Goal, Measured, row
from leadline.config.bench.timing import measured
from leadline.core.actions import Actor
from leadline.core.changesets import preview
from leadline.core.clock import now
from leadline.customers.actions import merge_customers
from leadline.customers.models import Customer
from leadline.customers.queries.duplicates import likely_duplicates
from leadline.timeline.actions import ActivityDraft, record_activities

ACTIVITIES = 500
# What plain SQL does for the surest signs alone: the same e-mail, the same name in the same city.
_RAW_SCAN = """
SELECT count(*) FROM customers_customer one JOIN customers_customer other
    ON other.id > one.id AND (other.email = one.email)
UNION ALL
SELECT count(*) FROM customers_customer one JOIN customers_customer other
    ON other.id > one.id AND other.name_key = one.name_key AND other.city = one.city
"""
_RAW_MOVE = "UPDATE timeline_activity SET customer_id = %s WHERE customer_id = %s"


@row("Duplicate scan of all customers", Goal(120, SECONDS), changes_data=True)
def scanning(data: Data) -> dict[str, Measured]:
    """Keys, comparing, groups, as the nightly job does from nothing; contacts are scanned after, untimed."""
    with copy_of_the_database() as address:
        with psycopg.connect(address) as connection:
            start = time.perf_counter()
            connection.execute(_RAW_SCAN).fetchall()
            raw = time.perf_counter() - start
        result = run_apart("scan", environment=environment(address))
    told = ", ".join(f"{name} {count:,}" for name, count in result.told.items())
    note = f"{result.rows:,} customers, memory {result.megabytes:,.0f} MB ({told})"
    return {"all customers": Measured(result.seconds, raw=raw, note=note)}


@row("Duplicate warning while a customer is typed", Goal(15))
def warning(data: Data) -> dict[str, Measured]:
    """Name, e-mail, phone and city of customers that are here, as they are typed again."""
    known = query(
        "SELECT name, email, phone, city FROM customers_customer WHERE archived_at IS NULL AND phone <> ''"
        " ORDER BY hashint8(id) LIMIT 20"
    )
    user = data.people["rep"]
    names = ("name", "email", "phone", "city")
    asked = [dict(zip(names, values, strict=True)) for values in known]
    raw = [
        ("SELECT id FROM customers_customer WHERE email = %s OR phone = %s", [each["email"], each["phone"]])
        for each in asked
    ]
    whole = [lambda each=each: likely_duplicates(user, **each) for each in asked]
    by_name = [lambda each=each: likely_duplicates(user, name=each["name"]) for each in asked]
    return {
        "all four": measured(whole, data.times, raw=raw),
        "the name alone": measured(by_name, data.times),
    }


@row("Merge of two customers with 500 activities each", Goal(100), changes_data=True)
def merging(data: Data) -> dict[str, Measured]:
    """Fields, activities over a year, search, history, ledger; taken back each time."""
    by = Actor(data.administrator)
    one, other = Customer.objects.current().filter(merged_into=None, parent=None).order_by("pk")[1000:1002]
    with transaction.atomic():
        for customer in (one, other):
            record_activities(
                [
                    ActivityDraft(customer.pk, "call", "Talked", at=now() - timedelta(hours=17 * hours))
                    for hours in range(ACTIVITIES)
                ],
                by=by,
            )
        merge = measured([lambda: preview(merge_customers, one, others=[other.pk], by=by)], data.times)
        start = time.perf_counter()
        query(f"WITH moved AS ({_RAW_MOVE} RETURNING 1) SELECT count(*) FROM moved", [one.pk, other.pk])
        raw = (time.perf_counter() - start) * 1000
        transaction.set_rollback(True)
    return {"merge": Measured(merge.value, merge.p95, raw, merge.cpu)}
