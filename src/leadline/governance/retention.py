"""What rules of retention can be about, and which records are due (PPL-8)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.functional import Promise

from leadline.core.actions import Actor
from leadline.core.conditions import Context, parse
from leadline.core.fields import catalogue
from leadline.governance.models import RetentionRule

Sql = tuple[str, list[Any]]
# What a legal hold protects: the record itself, and the customer that it belongs to.
_DUE = """
SELECT record.id FROM {table} record
 WHERE record.id IN ({found}) AND record.{since} < now() - make_interval(days => %s)
   AND record.erased_at IS NULL AND {state}
   AND NOT EXISTS (SELECT FROM governance_legalhold hold WHERE hold.lifted_at IS NULL
                   AND (hold.until IS NULL OR hold.until >= current_date)
                   AND ((hold.kind = %s AND hold.record_id = record.id)
                        OR (hold.kind = 'customer' AND hold.record_id = record.{customer})
                        OR (hold.kind = 'contact' AND hold.record_id IN (
                            SELECT id FROM customers_contact WHERE customer_id = record.{customer}
                                                               AND '{kind}' = 'customer'))))
"""


@dataclass(frozen=True)
class Retained:
    """One kind of record. `persons` is SQL for who can be made anonymous, `customer` a column."""

    kind: str
    label: str | Promise
    customer: str
    persons: str
    archive: Callable[..., Any]


_kinds: dict[str, Retained] = {}


def register_retained(retained: Retained) -> None:
    """Let rules be about a kind; it has a catalogue, `archived_at` and `erased_at`, and can be a person."""
    _kinds[retained.kind] = retained


def retained_kinds() -> dict[str, str | Promise]:
    """Each kind that rules can be about, with its label."""
    return {kind: known.label for kind, known in _kinds.items()}


def count_due(rule: RetentionRule) -> int:
    """How many records the rule would touch now."""
    sql, params = due_sql(rule)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({sql}) due", params)
        return int(cursor.fetchone()[0])


def due_ids(rule: RetentionRule, *, after: int, limit: int) -> list[int]:
    """The next records that are due, by their keys."""
    sql, params = due_sql(rule)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM ({sql}) due WHERE id > %s ORDER BY id LIMIT %s", [*params, after, limit]
        )
        return [key for (key,) in cursor.fetchall()]


def due_sql(rule: RetentionRule) -> Sql:
    """The keys of the records that fulfil the condition, are old enough, and are held by no law."""
    retained, about = _kinds[rule.kind], catalogue(rule.kind)
    found, params = parse(rule.where, about).ids_sql(Context.of_organisation())
    archiving = rule.deed == RetentionRule.Deed.ARCHIVE
    sql = _DUE.format(
        table=about.table,
        found=found,
        since=RetentionRule.Since(rule.since).value,
        state="record.archived_at IS NULL" if archiving else retained.persons,
        customer=retained.customer,
        kind=rule.kind,
    )
    return sql, [*params, rule.days, rule.kind]


def archive_due(kind: str, ids: Iterable[int], *, by: Actor) -> int:
    """Archive what is due, by the owning app's own verb."""
    return int(_kinds[kind].archive(list(ids), by=by))
