"""How the database finds entries of history, told by its plan."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

BERTHS = 10_000


def harbour_full(kind: str, belonging: str) -> None:
    """Twenty thousand entries: one of its own and one of what belongs to it for most records, and a thousand
    of each for record 7."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_history (at, kind, record_id, about_kind, about_id, verb, via, trace)"
            " SELECT now() - n * interval '1 second', sort, CASE sort WHEN %s THEN record ELSE n END,"
            " %s, record, 'changed', 'web', '' FROM unnest(%s::text[]) sort, generate_series(1, %s) n,"
            " LATERAL (SELECT CASE WHEN n %% 10 = 0 THEN 7 ELSE n END AS record) of",
            [kind, kind, [kind, belonging], BERTHS],
        )
        cursor.execute("ANALYZE core_history")


def plan_of(sql: str, params: Sequence[Any] = (), *, analyze: bool = False) -> list[dict[str, Any]]:
    """All nodes of the plan of a statement."""
    how = "ANALYZE, FORMAT JSON" if analyze else "FORMAT JSON"
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN ({how}) {sql}", params or None)
        nodes = [cursor.fetchone()[0][0]["Plan"]]
    for node in nodes:
        nodes += node.get("Plans", [])
    return nodes


def indexes_in(nodes: list[dict[str, Any]]) -> set[str]:
    """The indexes of history that are asked in partitions with something in them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT own.relname, parent.relname FROM pg_inherits JOIN pg_class own ON own.oid = inhrelid"
            " JOIN pg_class parent ON parent.oid = inhparent JOIN pg_index ON indexrelid = own.oid"
            " JOIN pg_class part ON part.oid = indrelid"
            " WHERE part.relpages > 0 AND parent.relname LIKE 'core_history%'"
        )
        parents = dict(cursor.fetchall())
    return {parents[name] for node in nodes if (name := node.get("Index Name")) in parents}
