"""The large demo company: customers and contacts by COPY, activities and the rest by INSERT … SELECT.

Whole or not at all. History is written by its triggers as always; search is built once at the end.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, models, transaction

from leadline.config.demo import large_sql
from leadline.config.demo.crowd import Crowd, hire_crowd
from leadline.config.demo.imagining import Company, Imagination
from leadline.config.demo.small import KINDS, OUTCOMES
from leadline.config.demo.staff import Staff
from leadline.core.actions import Actor, acting
from leadline.core.clock import now
from leadline.core.normalise.text import sort_key
from leadline.core.search import rebuild
from leadline.customers.models import Contact, Customer

PORTION = 20_000
CONTACTS_EACH = 2
ACTIVITIES_EACH = 5

CUSTOMER = (
    "id", "name", "name_key", "owner_id", "team_id", "customer_since", "created_at", "updated_at",
    "email", "phone", "website", "industry", "description", "requirements", "status", "tier", "desk", "tags",
    "language", "time_zone", "source", "address", "city", "region", "postcode", "country", "kind",
    "unclear", "blocked_reason", "version",
)  # fmt: skip
CONTACT = (
    "id", "customer_id", "name", "name_key", "email", "phone", "title", "department", "language",
    "is_primary", "created_at", "updated_at", "do_not_call", "do_not_email", "unclear", "version",
)  # fmt: skip
_FIELDS = CUSTOMER[8:27]


def write_customers(count: int, *, seed: int, staff: Staff, by: Actor) -> tuple[int, int]:
    """Write customers, contacts and activities by set; returns how many contacts and activities."""
    imagination = Imagination(seed, now())
    with transaction.atomic(), acting(by), _roomy():
        crowd = hire_crowd(count, imagination, staff)
        first, first_contact = _reserve(Customer, count), _reserve(Contact, count * CONTACTS_EACH)
        for start in range(0, count, PORTION):
            size = min(PORTION, count - start)
            _write(size, first + start, first_contact + start * CONTACTS_EACH, crowd, imagination)
        _happen(first, count, seed, imagination)
        rebuild("customer")
    _tidy()
    return count * CONTACTS_EACH, count * ACTIVITIES_EACH


def _write(size: int, first: int, first_contact: int, crowd: Crowd, imagination: Imagination) -> None:
    """One portion; customers are made up while the server takes in those before."""
    companies: list[Company] = []
    _stream(Customer, CUSTOMER, _customers(size, companies, first, crowd, imagination))
    _stream(Contact, CONTACT, _contacts(companies, first, first_contact))


def _stream(model: type[models.Model], columns: tuple[str, ...], rows: Iterator[list[Any]]) -> None:
    command = f"COPY {model._meta.db_table} ({', '.join(columns)}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(command) as copy:
        for row in rows:
            copy.write_row(row)


def _customers(
    size: int, companies: list[Company], first: int, crowd: Crowd, imagination: Imagination
) -> Iterator[list[Any]]:
    for pk in range(first, first + size):
        company = imagination.company(CONTACTS_EACH)
        companies.append(company)
        owner, team = crowd.seller(company.country.code, imagination)
        name, came = str(company.fields["name"]), company.created_at
        values = [company.fields[column] for column in _FIELDS]
        yield [pk, name, sort_key(name), owner, team, came.date(), came, came, *values, [], "", 1]


def _contacts(companies: list[Company], first: int, first_contact: int) -> Iterator[list[Any]]:
    pk = first_contact
    for customer, company in enumerate(companies, first):
        came = company.created_at
        for place, person in enumerate(company.people):
            yield [
                pk, customer, person.name, sort_key(person.name), person.email, person.phone, person.title,
                person.department, person.language, place == 0, came, came, False, False, [], 1,
            ]  # fmt: skip
            pk += 1


def _happen(first: int, count: int, seed: int, imagination: Imagination) -> None:
    """Activities over the last two years, notes for one in ten, the last interaction of each customer."""
    words = imagination.words
    params: dict[str, Any] = {
        "first": first,
        "count": count,
        "seed": seed,
        "now": imagination.now,
        "kinds": ["call", "call", "call", "email", "email", "meeting", "chat"],
        "outcomes": list(OUTCOMES),
        "notes": list(words["notes"]),
        **{plural: list(words[plural]) for plural in KINDS.values()},
    }
    with connection.cursor() as cursor:
        for number in _portions(count * ACTIVITIES_EACH):
            cursor.execute(large_sql.ACTIVITIES, {**params, "start": number[0], "end": number[1]})
        cursor.execute(large_sql.NOTES, params)
        cursor.execute(large_sql.PULSES, params)


def _portions(total: int, size: int = 250_000) -> Iterable[tuple[int, int]]:
    """(first, last) of each portion, from 0."""
    return ((start, min(start + size, total) - 1) for start in range(0, total, size))


def _reserve(model: type[models.Model], count: int) -> int:
    """The first of so many fresh keys of a table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(seq, nextval(seq) + %s) - %s FROM pg_get_serial_sequence(%s, 'id') AS seq",
            [count - 1, count - 1, model._meta.db_table],
        )
        return int(cursor.fetchone()[0])


@contextmanager
def _roomy() -> Iterator[None]:
    """Memory for sorting and for making indexes, as long as this transaction lasts."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        cursor.execute("SET LOCAL work_mem = '64MB'")
    yield


def _tidy() -> None:
    """So that the first question is as quick as the second."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
