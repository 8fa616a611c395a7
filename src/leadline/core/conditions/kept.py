"""Which columns keep conditions, and what a kept condition asks for: one registry, one walk over their JSON.

A merge lets what is kept name the survivor (CUS-23), a custom field tells who asks for it before it is
archived (CUS-21), a segment what still needs it (CUS-16). An app declares its columns beside their model.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection, models
from django.db.models.functions import Cast
from django.utils.functional import Promise

from leadline.core.conditions.parsing import MEASURES
from leadline.core.fields import catalogues

ALWAYS = models.Q()
Question = dict[str, Any]
Turn = Callable[[str, Question], Question]


@dataclass(frozen=True)
class Kept:
    """A JSON column of conditions over records `over` one kind, or of the kind that the row's `kind` tells.

    `words` count its rows (“%(n)s saved views”), `one` is one of them in a sentence. Those in `force` are
    told of when something they ask for shall go; with `holds` they must change before it does.
    """

    model: type[models.Model]
    column: str
    words: Any
    one: str | Promise
    over: str = ""
    force: models.Q = ALWAYS
    holds: bool = False
    address: str = ""

    def in_force(self, word: str) -> models.QuerySet[Any]:
        """The rows in force in whose condition a word stands, as a name or a value."""
        rows = self.model._default_manager.filter(self.force).alias(kept_text=self.text)
        return rows.filter(kept_text__contains=f'"{word}"').order_by("pk")

    @property
    def text(self) -> Cast:
        """The condition as it is written."""
        return Cast(self.column, models.TextField())

    def over_in(self, row: Any) -> str:
        """The kind of record that the condition of a row is asked of."""
        return self.over or row.kind

    def questions_of(self, row: Any) -> list[tuple[str, Question]]:
        """What the condition of a row asks, and of which kind of record."""
        return questions_in(getattr(row, self.column), self.over_in(row))


@dataclass(frozen=True)
class Named:
    """A column that names fields of the row's `kind` without asking for them: columns of a view."""

    model: type[models.Model]
    column: str


_kept: dict[tuple[type[models.Model], str], Kept] = {}
_named: dict[tuple[type[models.Model], str], Named] = {}


def keeps_condition(model: type[models.Model], column: str, **said: Any) -> Kept:
    """Declare a column that keeps conditions; `said` is the rest of `Kept`."""
    entry = _kept[model, column] = Kept(model, column, **said)
    return entry


def names_fields(model: type[models.Model], *columns: str) -> None:
    """Declare columns that name fields: a text with one name, or JSON with several."""
    _named.update({(model, column): Named(model, column) for column in columns})


def kept_conditions() -> list[Kept]:
    """All columns that keep conditions."""
    return list(_kept.values())


def trees_in_force(word: str) -> Iterator[tuple[Kept, int, Any]]:
    """Each condition in force in which a word stands: where it is kept, its row's key, itself; one query."""
    sql, params = _trees_sql(word)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows = cursor.fetchall()
    kept = kept_conditions()
    for place, key, text in rows:
        yield kept[place], key, json.loads(text)


@cache
def _trees_sql(word: str) -> tuple[str, tuple[Any, ...]]:
    """Compiled once: which columns keep conditions is known when the first page is asked for."""
    first, *others = (
        kept.in_force(word).order_by().values_list(models.Value(place), "pk", kept.text)
        for place, kept in enumerate(kept_conditions())
    )
    return first.union(*others, all=True).query.sql_with_params()


def named_fields() -> list[Named]:
    """All columns that name fields without asking for them."""
    return list(_named.values())


def questions_in(tree: Any, over: str) -> list[tuple[str, Question]]:
    """All questions of a condition over a kind of record, each with the kind that it is asked of."""
    found: list[tuple[str, Question]] = []

    def keep(kind: str, question: Question) -> Question:
        found.append((kind, question))
        return question

    turned(tree, over, keep)
    return found


def turned(tree: Any, over: str, turn: Turn) -> Any:
    """The same condition with each question as `turn` gives it back, told the kind that it is asked of."""
    return _turned(tree, over, turn, {about.kind: about.links_by_name for about in catalogues()})


def _turned(tree: Any, over: str, turn: Turn, links: dict[str, dict[str, Any]]) -> Any:
    if isinstance(tree, list):
        return [_turned(each, over, turn, links) for each in tree]
    if not isinstance(tree, dict):
        return tree
    if "field" in tree:
        return turn(over, tree)
    within = _within(tree, over, links.get(over, {}))
    return {name: _turned(each, within, turn, links) for name, each in tree.items()}


def _within(tree: dict[str, Any], over: str, links: dict[str, Any]) -> str:
    """Of what the parts of this one are asked: linked objects, or what a selection says it selects."""
    if "where" in tree and "kind" in tree:
        return str(tree["kind"])
    linked = [tree[each] for each in MEASURES if isinstance(tree.get(each), str) and tree[each] in links]
    return str(links[linked[0]].kind) if linked else over
