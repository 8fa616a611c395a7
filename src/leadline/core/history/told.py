"""Which entries of history are told on a record's page: its own, and those of what belongs to it (ALL-4).

For most entries both are the same record. An index by `about` would say again what the one by record says,
and cost each bulk change another random page for each row (CUS-7). So `core_history_belongs` holds only
entries that belong to another record, and whoever seeks by `about` asks two indexes, in two arms that don't
overlap. The second arm says word for word what its index says: else no planner would use it.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

Sql = tuple[str, list[Any]]  # a condition with its parameters

TABLE = "core_history"
# As the index has it (core 0019).
_ELSEWHERE = "({t}.about_id <> {t}.record_id OR {t}.about_kind <> {t}.kind)"
# `coalesce` hides from the planner that columns are compared: it would take the few for even fewer.
_ITSELF = (
    "({t}.kind {kinds} AND {t}.record_id {ids}"
    " AND coalesce({t}.about_kind = {t}.kind AND {t}.about_id = {t}.record_id, false))"
)
_OTHERS = f"({{t}}.about_kind {{kinds}} AND {{t}}.about_id {{ids}} AND {_ELSEWHERE})"
_OF_KINDS = f"({{t}}.kind {{kinds}} OR {{t}}.about_kind {{kinds}} AND {_ELSEWHERE})"


def told_arms(kinds: Sequence[str], ids: Sequence[int], table: str = TABLE) -> list[Sql]:
    """Two conditions; what is told on one of these records' pages fulfils one of them: entries of the records
    themselves (index `core_history_record`), and entries of others (`core_history_belongs`).

    Either index gives the entries of one record in the order of time. `table` has the columns of history.
    """
    how = {"t": table, "kinds": _among(kinds, "text"), "ids": _among(ids, "bigint")}
    params = [_sought(kinds), _sought(ids)]
    return [(arm.format(**how), params) for arm in (_ITSELF, _OTHERS)]


def told_sql(kinds: Sequence[str], ids: Sequence[int], table: str = TABLE) -> Sql:
    """Both arms as one condition. What it finds comes in no order: all of it is read before it is sorted."""
    (itself, params), (others, same) = told_arms(kinds, ids, table)
    return f"({itself} OR {others})", [*params, *same]


def told_of_kinds_sql(kinds: Sequence[str], table: str = TABLE) -> Sql:
    """What all entries fulfil that are told on a page of these kinds, by index; some others do too."""
    return _OF_KINDS.format(t=table, kinds=_among(kinds, "text")), [_sought(kinds)] * 2


def told_on(kind: str, ids: Sequence[int]) -> Q:
    """Filters `HistoryEntry` by `about_kind` and `about_id`: all that is told on these records' pages."""
    return _q(told_sql([kind], ids))


def told_of_others(kind: str, ids: Sequence[int]) -> Q:
    """The same without entries of these records themselves: only those of what belongs to them."""
    return _q(told_arms([kind], ids)[1])


def _among(sought: Sequence[Any], of: str) -> str:
    return "= %s" if len(sought) == 1 else f"= ANY(%s::{of}[])"  # an order by index needs the plain one


def _sought(sought: Sequence[Any]) -> Any:
    return sought[0] if len(sought) == 1 else list(sought)


def _q(sql: Sql) -> Q:
    return Q(RawSQL(*sql, output_field=BooleanField()))  # noqa: S611 - values are parameters
