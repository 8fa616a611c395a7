"""SQL and Python give the same answer to every condition, for every record (design 4.2)."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadline.core.conditions import Context, Gathering, parse
from leadline.core.conditions.gathering import Half, Some
from leadline.core.fields import Catalogue, Field, Link
from leadline.core.fields.catalogue import _registered
from leadline.core.fields.field import Among
from leadline.core.fields.kinds import (
    ANSWERED,
    CHOICE,
    DATE,
    KINDS,
    LONG_TEXT,
    MOMENT,
    MONEY,
    NUMBER,
    SETS,
    SEVERAL,
    TAGS,
    TEXT,
    USER,
    YES_NO,
)
from leadline.core.refusals import RuleBroken

pytestmark = pytest.mark.django_db

TYPES = {
    "text": "text",
    "lowered": "text",
    "choice": "varchar(20)",
    "level": "smallint",
    "number": "numeric",
    "day": "date",
    "moment": "timestamptz",
    "flag": "boolean",
    "tags": "varchar(50)[]",
    "person": "bigint",
}
COLOURS = (("red", "Red"), ("green", "Green"), ("old", "Old"))
CUSTOM = [
    Field(
        name=f"x_{kind.key}",
        label=kind.key,
        kind=kind,
        sql=kind.custom_sql("things.custom", f"x_{kind.key}"),
        stored_in="custom",
        choices=COLOURS if kind in (CHOICE, SEVERAL) else (),
        retired=frozenset(["old"]) if kind in (CHOICE, SEVERAL) else frozenset(),
    )
    for kind in (TEXT, LONG_TEXT, NUMBER, MONEY, DATE, CHOICE, SEVERAL, ANSWERED, USER)
]
THINGS = Catalogue(
    kind="thing",
    label="Thing",
    plural="Things",
    model="",
    table="things",
    fields=(
        Field(name="text", label="Text", kind=TEXT, sql="things.text"),
        Field(name="lowered", label="Lowered", kind=TEXT, sql="things.lowered", lower=True),
        Field(
            name="choice", label="Choice", kind=CHOICE, sql="things.choice", choices=(("a", "A"), ("b", "B"))
        ),
        Field(name="level", label="Level", kind=CHOICE, sql="things.level", choices=((1, "One"), (2, "Two"))),
        Field(name="number", label="Number", kind=NUMBER, sql="things.number"),
        Field(name="day", label="Day", kind=DATE, sql="things.day"),
        Field(name="moment", label="Moment", kind=MOMENT, sql="things.moment"),
        Field(name="flag", label="Flag", kind=YES_NO, sql="things.flag"),
        Field(name="tags", label="Tags", kind=TAGS, sql="things.tags"),
        Field(name="person", label="Person", kind=USER, sql="things.person"),
        Field(
            name="sets",
            label="Sets",
            kind=SETS,
            sql="ARRAY(SELECT set_id FROM belonging WHERE belonging.thing_id = things.id)",
            among=Among("FROM belonging WHERE belonging.set_id {}", "belonging.thing_id", "things.id"),
        ),
        *CUSTOM,
    ),
    links=(
        Link(
            name="parts",
            label="Parts",
            kind="part",
            on="parts.thing_id = things.id",
            always="parts.kept",
            sums=("amount",),
            dates=("at", "due"),
        ),
    ),
)
PARTS = Catalogue(
    kind="part",
    label="Part",
    plural="Parts",
    model="",
    table="parts",
    fields=(
        Field(name="amount", label="Amount", kind=NUMBER, sql="parts.amount"),
        Field(name="at", label="At", kind=MOMENT, sql="parts.at"),
        Field(name="due", label="Due", kind=DATE, sql="parts.due"),
        Field(name="word", label="Word", kind=TEXT, sql="parts.word"),
    ),
)
PART_TYPES = {"amount": "numeric", "at": "timestamptz", "due": "date", "word": "text"}
NOW = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
CONTEXTS = [
    Context(user_id=7, now=NOW, zone=zone, week_starts=start)
    for zone, start in (
        ("UTC", 0),
        ("Asia/Jakarta", 6),
        ("Europe/Berlin", 0),
        ("America/New_York", 6),
    )
]

texts = st.text(alphabet="aAbÉéİıßΣσς%_\\' \t\"", max_size=4)
some_texts = st.text(alphabet="aAbÉéİıßΣσς%_\\' \t\"", min_size=1, max_size=3)
days = st.dates(date(2024, 12, 1), date(2027, 2, 1)) | st.sampled_from(
    [date(2026, 3, 28) + timedelta(days=step) for step in range(-8, 9)]
)
moments = st.datetimes(datetime(2025, 12, 1), datetime(2026, 8, 1), timezones=st.just(UTC)) | st.builds(
    lambda minutes: NOW + timedelta(minutes=minutes), st.integers(-3000, 3000)
)
numbers = st.decimals(-10, 10, places=2) | st.integers(-3, 3).map(Decimal)
parts = st.lists(
    st.fixed_dictionaries(
        {
            "amount": st.none() | numbers,
            "at": st.none() | moments,
            "due": st.none() | days,
            "word": st.none() | texts,
            "kept": st.booleans(),
        }
    ),
    max_size=4,
)
tags = st.lists(st.sampled_from(["a", "b", 'q"', "b\\", "x y", "null", "{"]), max_size=3)
records = st.fixed_dictionaries(
    {
        "text": st.none() | texts,
        "lowered": st.none() | st.text(alphabet="abé%_\\ ", max_size=4),
        "choice": st.sampled_from([None, "", "a", "b"]),
        "level": st.sampled_from([None, 1, 2]),
        "number": st.none() | numbers,
        "day": st.none() | days,
        "moment": st.none() | moments,
        "flag": st.none() | st.booleans(),
        "tags": st.none() | tags,
        "person": st.sampled_from([None, 7, 8]),
        "sets": st.lists(st.integers(1, 4), unique=True, max_size=3),
        "parts": parts,
        "x_text": st.sampled_from([""]) | texts,
        "x_long_text": st.sampled_from([""]) | texts,
        "x_number": st.none() | numbers,
        "x_money": st.none() | numbers,
        "x_date": st.none() | days,
        "x_choice": st.sampled_from(["", "red", "green", "old"]),
        "x_several": st.lists(st.sampled_from(["red", "green", "old"]), unique=True),
        "x_yes_no": st.none() | st.booleans(),
        "x_user": st.sampled_from([None, 7, 8]),
    }
)
choices = st.sampled_from(["red", "green", "old"])
VALUES = {
    "text": some_texts,
    "choice": st.sampled_from(["a", "b"]),
    "number": numbers.map(str),
    "date": days.map(date.isoformat),
    "moment": days.map(date.isoformat) | moments.map(datetime.isoformat),
    "tags": st.sampled_from(["a", 'q"', "b\\", "null", "{"]),
    "link": st.sampled_from([7, 8, 9]),
    "sets": st.integers(1, 4),
}


@pytest.fixture(autouse=True)
def parts_are_known(monkeypatch):
    monkeypatch.setitem(_registered, "part", PARTS)


@st.composite
def questions(draw, about=THINGS):
    """A question about a field."""
    field = draw(st.sampled_from(about.fields))
    return {"field": field.name, **draw(answers(field))}


@st.composite
def figures(draw):
    """A question about linked objects: how many, their sum, the latest; of all or of some."""
    where = draw(st.none() | nested(questions(PARTS)))
    measure = draw(st.sampled_from(["count", "sum", "latest"]))
    of = {"count": None, "sum": "amount", "latest": draw(st.sampled_from(["at", "due"]))}[measure]
    compared = PARTS.by_name[of] if measure == "latest" else PARTS.by_name["amount"]
    inside = {**({"of": of} if of else {}), **({"where": where} if where else {})}
    return {measure: "parts", **inside, **draw(answers(compared))}


@st.composite
def answers(draw, field):
    """An operator with its value, as far as it takes one."""
    op = draw(st.sampled_from(field.operators))
    asked = {"op": op}
    if op in ("in_last", "in_next", "older_than"):
        return asked | {
            "value": draw(st.integers(0, 14)),
            "unit": draw(st.sampled_from(["days", "weeks", "months"])),
        }
    if op.startswith(("is_", "this_", "last_", "next_")):
        return asked
    values = st.sampled_from([1, 2]) if field.name == "level" else VALUES[field.kind.family]
    values = choices if field.choices and field.stored_in else values
    if op == "between":
        pair = (
            st.dates(date(2025, 12, 1), date(2026, 6, 1)).map(date.isoformat)
            if field.kind.family != "number"
            else values
        )
        return asked | {
            "value": sorted(
                [draw(pair), draw(pair)],
                key=lambda text: text if "-0" in text[4:] or len(text) == 10 else float(text),
            )
        }
    if op in ("in", "not_in", "has_any", "has_all", "has_none"):
        return asked | {"value": draw(st.lists(values, min_size=1, max_size=3))}
    return asked | {"value": draw(values)}


def nested(leaves):
    """Groups within groups."""
    return st.recursive(
        leaves,
        lambda inner: (
            st.builds(lambda parts: {"and": parts}, st.lists(inner, max_size=3))
            | st.builds(lambda parts: {"or": parts}, st.lists(inner, max_size=3))
            | st.builds(lambda part: {"not": part}, inner)
        ),
        max_leaves=6,
    )


conditions = nested(questions() | figures())


def in_sql(condition, record, context) -> bool:
    """The answer of the database, which is the same for one record and for all at once."""
    row = ", ".join(f"%s::{TYPES[name]} AS {name}" for name in TYPES)
    stored = {field.name: field.kind.stored(record[field.name]) for field in CUSTOM}
    custom = json.dumps({name: value for name, value in stored.items() if value is not None})
    linked = ", ".join(f"NULL::{kind} AS {name}" for name, kind in PART_TYPES.items())
    each = "".join(
        f" UNION ALL SELECT 1, %s::boolean, {', '.join(f'%s::{kind}' for kind in PART_TYPES.values())}"
        for _part in record["parts"]
    )
    values = [part[name] for part in record["parts"] for name in ("kept", *PART_TYPES)]
    answers = set()
    ways = [
        (each, False) for each in (None, Gathering(), Gathering(Some([1])), Gathering(Half(1, is_upper=True)))
    ]
    for gathering, counting in [*ways, (None, True)]:
        sql, params = condition.sql(replace(context, gathering=gathering, counting=counting))
        joins, its_params = gathering.joins() if gathering else ("", [])
        with connection.cursor() as cursor:
            cursor.execute(
                # Of another thing there is always a part: whatever asks of whom it belongs to is noticed.
                f"WITH parts AS (SELECT 2 AS thing_id, true AS kept, {linked}{each}), belonging AS"
                " (SELECT 1 AS thing_id, set_id FROM unnest(%s::bigint[]) AS set_id)"
                f" SELECT count(*) FROM (SELECT 1 AS id, {row}, %s::jsonb AS custom) AS things {joins}"
                f" WHERE {sql}",
                [
                    *values,
                    record["sets"],
                    *(record[name] for name in TYPES),
                    custom,
                    *its_params,
                    *params,
                ],
            )
            answers.add(cursor.fetchone()[0] == 1)
    assert len(answers) == 1, "asked of one and asked of all differ"
    return answers.pop()


def in_python(condition, record, context) -> bool:
    """The answer without the database; what is not kept is not linked."""
    return condition.matches({**record, "parts": [part for part in record["parts"] if part["kept"]]}, context)


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(given=conditions, record=records, context=st.sampled_from(CONTEXTS))
def test_sql_and_python_agree_on_every_condition(given, record, context):
    condition = parse(given, THINGS)

    assert in_python(condition, record, context) is in_sql(condition, record, context)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(question=questions() | figures(), record=records, context=st.sampled_from(CONTEXTS))
def test_a_question_and_its_opposite_never_agree(question, record, context):
    asked, opposite = parse(question, THINGS), parse({"not": question}, THINGS)

    assert in_sql(asked, record, context) is in_python(asked, record, context)
    assert in_sql(opposite, record, context) is not in_python(asked, record, context)
    assert asked.sentence()
    assert parse(asked.json(), THINGS).root == asked.root


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(record=records)
def test_a_custom_value_comes_back_from_json_and_from_sql_as_it_was(record):
    for field in CUSTOM:
        stored = field.kind.stored(record[field.name])
        kept = json.dumps({field.name: stored} if stored is not None else {})
        assert field.kind.loaded(json.loads(kept).get(field.name)) == record[field.name]
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {field.sql} FROM (SELECT %s::jsonb AS custom) AS things", [kept])
            (found,) = cursor.fetchone()
        assert (found if found is not None else field.kind.loaded(None)) == record[field.name]


def test_every_kind_has_operators_and_they_all_have_words():
    """No operator is offered that can't be asked or said."""
    from leadline.core.conditions.sentences import PHRASES

    assert {op for kind in KINDS.values() for op in kind.operators} <= set(PHRASES)
    assert all(kind.operators for kind in KINDS.values())


@pytest.mark.parametrize(
    "given", [{"created_in": True}, {"created_in": "1"}, {"changed_in": 2**63}, {"created_in": 1, "x": 2}]
)
def test_a_change_set_is_named_by_its_id_alone(given):
    with pytest.raises(RuleBroken) as refused:
        parse(given, THINGS)

    assert refused.value.field == "where"
