"""The SQL of a board: for each column the latest cards by an index, and how many there are.

Each column is one LATERAL over the branches of the scope, each of which an index `(scope, by, order, id)`
answers in order. What is read has a bound however many records there are: cards by what is shown, counts as
those of lists (exact in own and team scope to ten thousand a column, to a thousand of everything).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from leadline.core.ahead import Ahead
from leadline.core.boards.board import Board, Key
from leadline.core.fields import Field
from leadline.core.lists.counts import Count, most_at_once
from leadline.core.lists.finding import Finding
from leadline.core.lists.scope import Sql, joined

MOST_CARDS = 200  # of a column; beyond that the list pages by key
IN_LANES = 10  # cards of a column in one lane
MOST_LANES = 30
LANES_LOOK_AT = 1_000  # the latest of each column that lanes are made from

Found = tuple[Any, ...]  # column, id, moment, then the values


@dataclass(frozen=True)
class Total:
    """How many stand in a column, and what they are worth together; None where they were not all counted."""

    count: Count
    worth: Any = None


def cards_of(board: Board, finding: Finding, wanted: dict[Key, int], fields: Sequence[Field]) -> list[Found]:
    """The latest cards of each column, at most so many as are wanted of it: one query."""
    if not wanted or finding.ids == []:
        return []
    at, latest = board.order, f"ORDER BY at DESC, id DESC LIMIT {MOST_CARDS}"
    within, params = _branches(board, finding, f"{finding.asking.catalogue.id} AS id, {at} AS at", latest)
    values, beside, beside_params = _values(finding, fields)
    sql = (
        f"SELECT pile.key, found.id, found.at{values} FROM {_piles(board)}"
        f" CROSS JOIN LATERAL (SELECT * FROM ({within} {latest}) AS latest LIMIT pile.most) AS found"
        f" JOIN {finding.asking.catalogue.table} ON {finding.asking.catalogue.id} = found.id {beside}"
        " ORDER BY pile.place, found.at DESC, found.id DESC"
    )
    given = [list(wanted), list(wanted.values()), *params, *beside_params]
    return Ahead(sql, given, kept=finding.is_plain).rows()


def lanes_of(
    board: Board, finding: Finding, columns: Sequence[Key], lane: Field, fields: Sequence[Field]
) -> list[Found]:
    """The latest cards of each column in each of the fullest lanes.

    Before the values: the lane, how many stand in it in this column, and how many lanes there are.
    """
    if not columns or finding.ids == []:
        return []
    about = finding.asking.catalogue
    latest = f"ORDER BY at DESC, id DESC LIMIT {LANES_LOOK_AT}"
    row = f"{about.id} AS id, {board.order} AS at, {lane.sql} AS lane"
    within, params = _branches(board, finding, row, latest, needs=(lane.needs,) if lane.needs else ())
    values, beside, beside_params = _values(finding, fields)
    sql = (
        f"WITH laid AS (SELECT pile.key, pile.place, found.* FROM {_piles(board)}"
        f" CROSS JOIN LATERAL ({within} {latest}) AS found),"
        " fullest AS (SELECT lane, count(*) OVER () AS lanes FROM laid GROUP BY lane"
        f" ORDER BY lane IS NULL, count(*) DESC, lane LIMIT {MOST_LANES}),"
        " numbered AS (SELECT *, count(*) OVER within AS beside,"
        " row_number() OVER (PARTITION BY key, lane ORDER BY at DESC, id DESC) AS nth"
        # Not IS NOT DISTINCT FROM: that compares each with each.
        " FROM laid WHERE lane IN (SELECT lane FROM fullest)"
        " OR lane IS NULL AND EXISTS (SELECT FROM fullest WHERE lane IS NULL)"
        " WINDOW within AS (PARTITION BY key, lane))"
        " SELECT found.key, found.id, found.at, found.lane, found.beside,"
        f" (SELECT lanes FROM fullest LIMIT 1){values}"
        f" FROM numbered AS found JOIN {about.table} ON {about.id} = found.id {beside}"
        f" WHERE found.nth <= {IN_LANES} ORDER BY found.place, found.at DESC, found.id DESC"
    )
    given = [list(columns), [LANES_LOOK_AT] * len(columns), *params, *beside_params]
    return Ahead(sql, given, kept=finding.is_plain).rows()


def totals_of(
    board: Board, finding: Finding, columns: Sequence[Key], *, exactly: bool = False
) -> dict[Key, Total]:
    """How many stand in each column: one query; `exactly` reads them all."""
    if not columns:
        return {}
    finding = finding.whole()
    most = most_at_once(finding)
    bound = "" if exactly else f" LIMIT {most + 1}"
    within, params = _branches(board, finding, f"{board.amount or 'NULL::numeric'} AS amount", bound)
    sql = (
        f"SELECT pile.key, counted.many, counted.worth FROM {_piles(board)} CROSS JOIN LATERAL"
        f" (SELECT count(*) AS many, sum(amount) AS worth FROM ({within}{bound}) AS bounded) AS counted"
    )
    given = [list(columns), [most] * len(columns), *params]
    rows = Ahead(sql, given, kept=finding.is_plain and not exactly).rows()
    return {key: _total(many, worth, None if exactly else most) for key, many, worth in rows}


def _total(many: int, worth: Any, most: int | None) -> Total:
    if most is not None and many > most:
        return Total(Count(most, exact=False))
    return Total(Count(many, exact=True), worth)


def _piles(board: Board) -> str:
    return f"unnest(%s::{board.holds}[], %s::int[]) WITH ORDINALITY AS pile(key, most, place)"


def _branches(board: Board, finding: Finding, row: str, bound: str, needs: Sequence[str] = ()) -> Sql:
    """The records of the column at hand, within each branch of the scope."""
    about = finding.asking.catalogue
    by = about.by_name[board.by].sql
    pieces, params = [], []
    for branch in finding.scope.branches(about.scoped_by):
        source, given = finding.source_sql(branch, needs=needs)
        pieces.append(f"(SELECT {row} {source} AND {by} = pile.key {bound})")
        params += given
    if not pieces:
        return f"SELECT {row} FROM {about.table} WHERE FALSE", []
    return f"SELECT * FROM ({' UNION ALL '.join(pieces)}) AS branches", params


def _values(finding: Finding, fields: Sequence[Field]) -> tuple[str, str, list[Any]]:
    """What is read of each card that was found, and the joins for it."""
    values = "".join(f", {field.sql if finding.raw else field.shown_sql}" for field in fields)
    needs = [name for field in fields for name in ((field.needs,) if finding.raw else field.joins)]
    beside, params = joined(finding.asking.catalogue, needs, finding.scope)
    return values, beside, params
