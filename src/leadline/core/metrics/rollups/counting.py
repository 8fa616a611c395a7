"""The SQL that makes cells of records: for triggers, for building, and for comparing, one and the same."""

import psycopg
from django.db import connection

from leadline.core.conditions import Context, parse
from leadline.core.metrics.metric import Metric, rolled_metrics
from leadline.core.metrics.rollups.declaring import Rollup

WHOLE, SCOPED, STANDING = "core_figure_whole", "core_figure_scoped", "core_figure_standing"
MOVED = "core_figure_moved"  # whose counts wait to be moved (`moving`)
OWNERS = ("owner_id", "team_id", "territory_id")
PLACES = ("first", "second")  # the ways, as the columns of cells name them
SCOPE_COLUMNS = tuple(f"{place}_{column}" for place in PLACES for column in OWNERS)

# By what cells are told apart, in the order of the SQL that makes them.
CELLS = {
    WHOLE: "series, grain, begins_on, hour, person_id, currency",
    SCOPED: f"series, begins_on, person_id, {', '.join(SCOPE_COLUMNS)}",
}
# What they hold, in the order of the SQL that makes them.
SUMS = {WHOLE: ("n", "part", "amount"), SCOPED: ("n", "part")}


def tables_of(rollup: Rollup) -> tuple[str, ...]:
    """Where the cells of a roll-up are: by whose the records are only where that is known."""
    return (WHOLE, SCOPED) if rollup.ways else (WHOLE,)


def whole_sql(rollup: Rollup, source: str) -> str:
    """Cells of signed rows, whoever reaches them: by day (d), week (w) and month (m) of each person, and by
    day (a) and hour (h) of all people together.
    """
    day, table = _day(rollup), rollup.table
    grains = ("'d', 'w', 'm', " if rollup.person else "") + "'a', 'h'"
    person = f"CASE WHEN g.grain NOT IN ('a', 'h') THEN {table}.{rollup.person} END"
    currency = f"{table}.{rollup.currency}::text" if rollup.currency else "''"
    amount, has_any = "0::numeric", _HAVING
    if rollup.amount:
        amount = f"sum(sign * {table}.{rollup.amount})"
        has_any += f" OR {amount} <> 0"
    return (
        f"SELECT s.series, g.grain, CASE g.grain WHEN 'm' THEN date_trunc('month', {day})::date"
        f" WHEN 'w' THEN date_trunc('week', {day})::date ELSE {day} END,"
        f" CASE WHEN g.grain = 'h' THEN extract(hour FROM {_local(rollup)})::smallint END,"
        f" {person if rollup.person else 'NULL::bigint'}, {currency}, {_SUMS}, {amount}"
        f" FROM {source} CROSS JOIN LATERAL {_series(rollup)}"
        f" CROSS JOIN unnest(ARRAY[{grains}]) g(grain)"
        f" WHERE {_counted(rollup)} GROUP BY 1, 2, 3, 4, 5, 6 {has_any}"
    )


def scoped_sql(rollup: Rollup, source: str, *, moved: int | None = None, present: bool = False) -> str:
    """Cells by day and by whose the records are: series, day, person, six columns of owners, n, part.

    `source` is SQL of signed rows under the name of the roll-up's table; that of the way `moved` tells whose
    they are itself, as `moved`. By other ways they are whose counts they stand under, or `present` owners'.
    """
    joins, owners = "", []
    for place, (name, way) in enumerate(zip(PLACES, rollup.ways, strict=False)):
        if place == moved:
            owners += [f"moved.{column}" for column in OWNERS]
            continue
        joins += f" LEFT JOIN {way.table} {name} ON {name}.id = {rollup.table}.{way.column}"
        if present:
            owners += [f"{name}.{column}" for column in OWNERS]
            continue
        joins += f" LEFT JOIN {waits(rollup, place, f'{rollup.table}.{way.column}')}"
        owners += [counted_under(place, f"{name}.{column}", column) for column in OWNERS]
    owners += ["NULL::bigint"] * (len(SCOPE_COLUMNS) - len(owners))
    return (
        f"SELECT s.series, {_day(rollup)}, {rollup.table}.{rollup.person}, {', '.join(owners)}, {_SUMS}"
        f" FROM {source}{joins} CROSS JOIN LATERAL {_series(rollup)}"
        f" WHERE {_counted(rollup)} GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 {_HAVING}"
    )


def waits(rollup: Rollup, place: int, record: str) -> str:
    """What a record is counted under while it waits, to be joined on."""
    name = f"{PLACES[place]}_moved"
    key = f"('{rollup.kind}', '{PLACES[place]}', {record})"
    return f"{MOVED} {name} ON ({name}.kind, {name}.place, {name}.id) = {key}"


def counted_under(place: int, owner: str, column: str) -> str:
    """Under whom a record is counted, which `waits` is joined to."""
    name = f"{PLACES[place]}_moved"
    return f"CASE WHEN {name}.id IS NULL THEN {owner} ELSE {name}.was_{column} END"


_SUMS = "sum(sign), coalesce(sum(sign) FILTER (WHERE s.part), 0)"
_HAVING = "HAVING sum(sign) <> 0 OR coalesce(sum(sign) FILTER (WHERE s.part), 0) <> 0"


def _day(rollup: Rollup) -> str:
    return f"{_local(rollup)}::date"


def _local(rollup: Rollup) -> str:
    return f"({rollup.table}.{rollup.at} AT TIME ZONE kept.zone)"


def _counted(rollup: Rollup) -> str:
    return f"s.counted AND {rollup.in_use} AND {rollup.table}.{rollup.at} >= kept.begins_at"


def _series(rollup: Rollup) -> str:
    """A row for each series: whether a record counts in it, and is of the part that shares ask for."""
    rows = []
    for name, metrics in rolled_metrics(rollup.kind).items():
        part = next((each for each in metrics if each.measure.how == "share"), None)
        counted = _condition(metrics[0], metrics[0].where)
        rows.append(f"('{name}', {counted}, {_condition(part, part.measure.of) if part else 'FALSE'})")
    return f"(VALUES {', '.join(rows)}) s(series, counted, part)"


def _condition(metric: Metric, where: object) -> str:
    """A condition of the catalogue as SQL with its values in it."""
    sql, params = parse(where, metric.about).sql(Context())
    connection.ensure_connection()
    written: str = psycopg.ClientCursor(connection.connection).mogrify(sql, params)
    return f"coalesce(({written}), FALSE)"
