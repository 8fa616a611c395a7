"""Looking at what happened: whether it fits, the values that were asked, and those that texts name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import translation

from leadline.automation.occasions import Happening
from leadline.automation.places import OF_THE_RECORD
from leadline.automation.rules import Understood
from leadline.core.conditions import Condition, Context
from leadline.core.fields import Catalogue, Field, Viewer, catalogue
from leadline.core.organisation import organisation
from leadline.core.sets import array_of

Facts = list[list[str]]
A_MONTH = timedelta(days=31)


@dataclass
class Looked:
    """Whether one thing fits, with the values of what was asked, in words, and those that texts name."""

    fits: bool = True
    facts: Facts = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)


def look(
    meant: Understood, happenings: Sequence[Happening], context: Context, *, with_moments: bool = True
) -> list[Looked]:
    """Look at all of them: at most one query for what happened, one for each kind of record.

    Without their moments (a run keeps its own) they are looked for in all months.
    """
    found = [Looked() for _each in happenings]
    about = meant.start.about
    if about is not None and happenings:
        keys = [_key_in(about, each) for each in happenings]
        _ask(about, meant.happened, keys, found, meant, context, span=happenings if with_moments else ())
    for kind in (meant.record,) if meant.record else ("customer", "lead"):
        records = [each.record(meant.record) for each in happenings]
        keys_of_kind = [record[1] if record and record[0] == kind else None for record in records]
        if any(keys_of_kind) and (meant.record or not meant.start.takes_whoever):
            _ask(catalogue(kind), meant.where, keys_of_kind, found, meant, context)
    return found


def _key_in(about: Catalogue, happening: Happening) -> int:
    """By which a thing is found in the table of its fields: an event's values stand in the ledger."""
    return int(happening.cause.partition(":")[2]) if about.table == "core_event" else happening.id


def _ask(
    about: Catalogue,
    condition: Condition | None,
    keys: Sequence[int | None],
    found: Sequence[Looked],
    meant: Understood,
    context: Context,
    span: Sequence[Happening] = (),
) -> None:
    asked = list({each.name: each for each in condition.root.fields()}.values()) if condition else []
    named = [each for each in about.fields if each.name in _wanted(meant) and each.name not in OF_THE_RECORD]
    rows = _rows(about, condition, asked, named, [key for key in keys if key], context, span)
    for key, looked in zip(keys, found, strict=True):
        if key is None:
            continue
        row = rows.get(key)
        looked.fits = looked.fits and row is not None and bool(row[0])
        if row is not None:
            looked.facts += _facts(asked, row[1 : 1 + len(asked)], context)
            for field_named, value in zip(named, row[1 + len(asked) :], strict=True):
                looked.values.setdefault(field_named.name, value)


def _wanted(meant: Understood) -> set[str]:
    """The fields that texts name, those behind places of the occasion too."""
    places = {
        place.name: place.source for place in (meant.start.occasion.places if meant.start.occasion else ())
    }
    return {places.get(name, name) for name in meant.places}


def _rows(
    about: Catalogue,
    condition: Condition | None,
    asked: Sequence[Field],
    named: Sequence[Field],
    keys: Sequence[int],
    context: Context,
    span: Sequence[Happening],
) -> Mapping[int, tuple[Any, ...]]:
    where, params = condition.sql(context) if condition else ("TRUE", [])
    needs = (condition.needs if condition else frozenset()) | {
        need for each in (*asked, *named) for need in each.joins
    }
    shown = "".join(f", {each.shown_sql}" for each in (*asked, *named))
    sql = f"SELECT {about.id}, ({where}){shown} FROM {about.table} {about.join_sql(needs)} WHERE "
    if span:
        # What happened stands in partitions by month, where moment and key find it. The span is wider than
        # they are: a short one the planner would read through, which holds all that others did meanwhile.
        table = about.table
        sql += (
            f"{table}.at BETWEEN %s AND %s AND ({table}.at, {about.id}) IN"
            " (SELECT at, key FROM unnest(%s::timestamptz[], %s::bigint[]) AS known (at, key))"
        )
        moments = [each.at for each in span]
        of_each = [array_of(each.isoformat() for each in moments), array_of(keys)]
        params = [*params, min(moments) - A_MONTH, max(moments), *of_each]
    else:
        sql += f"{about.id} = ANY(%s::bigint[])"
        params = [*params, array_of(sorted(set(keys)))]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return {key: tuple(rest) for key, *rest in cursor.fetchall()}


def _facts(asked: Sequence[Field], values: Sequence[Any], context: Context) -> Facts:
    house = organisation()
    viewer = Viewer(language=house.language, zone=context.zone)
    with translation.override(house.language):
        return [
            [str(each.label), each.show(value, viewer) or "–"]
            for each, value in zip(asked, values, strict=True)
        ]
