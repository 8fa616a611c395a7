"""What became of merged records: to whom they lead, and who they were (CUS-23, PPL-8)."""

from typing import Any

from django.db import connection

from leadline.core.sets import array_of
from leadline.customers.models import Contact, Customer

_SURVIVORS = """
WITH RECURSIVE way AS (
    SELECT id AS start, id, merged_into_id FROM {table} WHERE id = ANY(%s::bigint[])
    UNION
    SELECT way.start, next.id, next.merged_into_id
      FROM way JOIN {table} next ON next.id = way.merged_into_id
)
SELECT start, id FROM way WHERE merged_into_id IS NULL
"""
_ALL = """
WITH RECURSIVE same AS (
    SELECT id FROM {table} WHERE id = ANY(%s::bigint[])
    UNION
    SELECT gone.id FROM same JOIN {table} gone ON gone.merged_into_id = same.id
)
SELECT id FROM same ORDER BY id
"""


def survivors_of(model: type[Customer] | type[Contact], ids: list[int]) -> dict[int, int]:
    """Record → the one that it leads to, through all merges; itself where it was not merged."""
    return dict(_asked(_SURVIVORS, model, ids))


def all_that_are(model: type[Customer] | type[Contact], ids: list[int]) -> list[int]:
    """All records that are the same as these: their survivors and whatever was merged into those."""
    survivors = set(survivors_of(model, ids).values())
    return [key for (key,) in _asked(_ALL, model, sorted(survivors))]


def _asked(sql: str, model: type[Customer] | type[Contact], ids: list[int]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql.format(table=model._meta.db_table), [array_of(ids)])
        return cursor.fetchall()
