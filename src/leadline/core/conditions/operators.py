"""The operators: how each reads its value, asks SQL, and looks at one value in Python.

SQL may answer NULL for "no"; `not` and the negative operators turn that into "yes", so both sides count
what is empty as unequal to everything.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from leadline.core.conditions import spans
from leadline.core.conditions.context import Context
from leadline.core.fields.field import Field
from leadline.core.normalise.folding import folded, folded_sql, like_pattern

Sql = tuple[str, list[Any]]

NEGATIVE = {
    "not_equals": "equals",
    "not_contains": "contains",
    "not_in": "in",
    "is_not_empty": "is_empty",
    "has_none": "has_any",
    "is_false": "is_true",
}


@dataclass(frozen=True)
class Asked:
    """One question: the field, the operator, its value as read, and the unit of a time span."""

    field: Field
    op: str
    operand: Any = None
    unit: str = "days"

    @property
    def family(self) -> str:
        """What kind of comparison it is."""
        return self.field.kind.family

    def sql(self, column: str, context: Context) -> Sql:
        """SQL of the question about a column."""
        positive = NEGATIVE.get(self.op, self.op)
        context = context if positive == self.op else context.looking_up()
        sql, params = _SQL[self.family](self, positive, column, context)
        return (sql, params) if positive == self.op else (f"({sql}) IS NOT TRUE", params)

    def holds(self, value: Any, context: Context) -> bool:
        """The answer for one value."""
        positive = NEGATIVE.get(self.op, self.op)
        return _PYTHON[self.family](self, positive, value, context) is (positive == self.op)

    def span(self, context: Context) -> spans.Span:
        """The span of time that is asked for."""
        if self.op in ("in_last", "in_next", "older_than"):
            moments = self.family == "moment"
            span = spans.relative(self.op, self.operand, self.unit, context, moments=moments)
        elif self.operand is None:
            span = spans.period(self.op, context)
        else:
            span = spans.fixed(self.op, self.operand[0], self.operand[-1])
        return spans.as_moments(span, context) if self.family == "moment" else span


def _text_sql(asked: Asked, op: str, column: str, context: Context) -> Sql:
    if op == "is_empty":
        return f"({column} IS NULL OR {column} = '')", []
    compared = column if asked.field.lower else folded_sql(column)
    if op == "in":
        return f"{compared} = ANY(%s::text[])", [[folded(text) for text in asked.operand]]
    if op == "between":
        first, last = _ends(asked)
        joined = f"replace({compared}, ' ', '') COLLATE \"C\""
        sql = f"({column} <> '' AND left({joined}, %s) >= %s AND left({joined}, %s) <= %s)"
        return sql, [len(first), first, len(last), last]
    text = folded(asked.operand)
    if op == "equals":
        return f"{compared} = %s", [text]
    before, after = {"contains": ("%", "%"), "starts_with": ("", "%"), "ends_with": ("%", "")}[op]
    return f"{compared} LIKE %s", [before + like_pattern(text) + after]


def _text_holds(asked: Asked, op: str, value: Any, context: Context) -> bool:
    if op == "is_empty":
        return value is None or value == ""
    if value is None:
        return False
    value = value if asked.field.lower else folded(value)
    if op == "in":
        return value in {folded(text) for text in asked.operand}
    if op == "between":
        first, last = _ends(asked)
        begins = value.replace(" ", "")
        return value != "" and begins[: len(first)] >= first and begins[: len(last)] <= last
    text = folded(asked.operand)
    tests: dict[str, Callable[[], bool]] = {
        "equals": lambda: value == text,
        "contains": lambda: text in value,
        "starts_with": lambda: value.startswith(text),
        "ends_with": lambda: value.endswith(text),
    }
    return tests[op]()


def _ends(asked: Asked) -> tuple[str, str]:
    """The ends of a range of texts, without blanks: all that begin with either of them are in it."""
    first, last = (folded(text).replace(" ", "") for text in asked.operand)
    return first, last


def _key_sql(asked: Asked, op: str, column: str, context: Context) -> Sql:
    texts = asked.family == "choice" and (
        not asked.field.choices or isinstance(asked.field.choices[0][0], str)
    )
    if op == "is_empty":
        return (f"({column} IS NULL OR {column} = '')" if texts else f"{column} IS NULL"), []
    if op == "is_me":
        return f"{column} = %s::bigint", [context.user_id]
    if op == "in":
        return f"{column} = ANY(%s::{'text' if texts else 'bigint'}[])", [list(asked.operand)]
    return f"{column} = %s", [asked.operand]


def _key_holds(asked: Asked, op: str, value: Any, context: Context) -> bool:
    if op == "is_empty":
        return value is None or value == ""
    if op == "is_me":
        return value is not None and value == context.user_id
    return value in asked.operand if op == "in" else value == asked.operand


_SIGNS = {"equals": "=", "greater_than": ">", "at_least": ">=", "less_than": "<", "at_most": "<="}


def _number_sql(asked: Asked, op: str, column: str, context: Context) -> Sql:
    if op == "is_empty":
        return f"{column} IS NULL", []
    if op == "in":
        return f"{column} = ANY(%s::numeric[])", [list(asked.operand)]
    if op == "between":
        return f"{column} BETWEEN %s AND %s", [_plain(number) for number in asked.operand]
    return f"{column} {_SIGNS[op]} %s", [_plain(asked.operand)]


def _number_holds(asked: Asked, op: str, value: Any, context: Context) -> bool:
    if op == "is_empty" or value is None:
        return value is None and op == "is_empty"
    if op == "in":
        return value in asked.operand
    if op == "between":
        return bool(asked.operand[0] <= value <= asked.operand[1])
    other = asked.operand
    answers = {
        "=": value == other,
        ">": value > other,
        ">=": value >= other,
        "<": value < other,
        "<=": value <= other,
    }
    return bool(answers[_SIGNS[op]])


def _plain(number: Decimal) -> int | Decimal:
    """A whole number as an integer, so that an index of integers serves."""
    return int(number) if number == number.to_integral_value() else number


def _time_sql(asked: Asked, op: str, column: str, context: Context) -> Sql:
    if op == "is_empty":
        return f"{column} IS NULL", []
    start, end = asked.span(context)
    cast = "timestamptz" if asked.family == "moment" else "date"
    edges = [(sign, edge) for sign, edge in ((">=", start), ("<", end)) if edge is not None]
    tests = [f"{column} {sign} %s::{cast}" for sign, _edge in edges]
    return f"({' AND '.join(tests)})", [edge for _sign, edge in edges]


def _time_holds(asked: Asked, op: str, value: Any, context: Context) -> bool:
    if op == "is_empty" or value is None:
        return value is None and op == "is_empty"
    start, end = asked.span(context)
    return (start is None or value >= start) and (end is None or value < end)


def _yes_no_sql(asked: Asked, op: str, column: str, context: Context) -> Sql:
    return (f"{column} IS NULL" if op == "is_empty" else column), []


def _yes_no_holds(asked: Asked, op: str, value: Any, context: Context) -> bool:
    return value is None if op == "is_empty" else bool(value)


def _tags_sql(asked: Asked, op: str, column: str, context: Context) -> Sql:
    if op == "is_empty":
        return f"({column} IS NULL OR {column} = '{{}}')", []
    return f"{column} {'&&' if op == 'has_any' else '@>'} %s", [_array(asked.operand)]


def _array(tags: tuple[str, ...]) -> str:
    """An array as PostgreSQL writes one; so it takes the column's type, text or varchar, and its index."""
    quoted = ('"' + tag.replace("\\", "\\\\").replace('"', '\\"') + '"' for tag in tags)
    return "{" + ",".join(quoted) + "}"


def _tags_holds(asked: Asked, op: str, value: Any, context: Context) -> bool:
    tags, wanted = set(value or ()), set(asked.operand or ())
    if op == "is_empty":
        return not tags
    return not tags.isdisjoint(wanted) if op == "has_any" else value is not None and wanted <= tags


def _sets_sql(asked: Asked, op: str, column: str, context: Context) -> Sql:
    if op == "is_empty":
        return f"cardinality({column}) = 0", []
    among, each = asked.field.among, _record_by_record(context)
    assert among is not None
    if op == "has_any" and len(asked.operand) > 1:
        return among.holds("= ANY(%s::bigint[])", each), [list(asked.operand)]
    # Of one set a planner knows that a record is in it once: it may begin with the set.
    test = among.named("= %s") if context.counting else among.holds("= %s", each)
    return f"({' AND '.join([test] * len(asked.operand))})", list(asked.operand)


def _record_by_record(context: Context) -> str:
    """For some records each is looked up; PostgreSQL would rather read all that are in the set."""
    return " OFFSET 0" if context.gathering and context.gathering.is_of_some else ""


def _sets_holds(asked: Asked, op: str, value: Any, context: Context) -> bool:
    sets, wanted = set(value or ()), set(asked.operand or ())
    if op == "is_empty":
        return not sets
    return not sets.isdisjoint(wanted) if op == "has_any" else wanted <= sets


_SQL: dict[str, Callable[[Asked, str, str, Context], Sql]] = {
    "text": _text_sql,
    "choice": _key_sql,
    "link": _key_sql,
    "number": _number_sql,
    "date": _time_sql,
    "moment": _time_sql,
    "yes_no": _yes_no_sql,
    "tags": _tags_sql,
    "sets": _sets_sql,
}
_PYTHON: dict[str, Callable[[Asked, str, Any, Context], bool]] = {
    "text": _text_holds,
    "choice": _key_holds,
    "link": _key_holds,
    "number": _number_holds,
    "date": _time_holds,
    "moment": _time_holds,
    "yes_no": _yes_no_holds,
    "tags": _tags_holds,
    "sets": _sets_holds,
}
