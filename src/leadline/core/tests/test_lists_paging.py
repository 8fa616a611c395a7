"""A list pages by key within a scope: nothing twice, nothing left out, in both directions (CUS-4)."""

import json
from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadline.core.conditions import Context
from leadline.core.fields import Catalogue, Field, Sort, Viewer, register
from leadline.core.fields.kinds import DATE, NUMBER, TEXT
from leadline.core.lists import Count, Selection, asking_of, page_of
from leadline.core.refusals import RuleBroken, RulesBroken

pytestmark = pytest.mark.django_db

BOATS = register(
    Catalogue(
        kind="boat",
        label="Boat",
        plural="Boats",
        model="",
        table="boats",
        archived_sql="boats.archived_at",
        default_columns=("name", "built"),
        default_sort="name",
        fields=(
            Field(name="name", label="Name", kind=TEXT, sql="boats.name", sort=Sort(sql="boats.name")),
            Field(
                name="built",
                label="Built",
                kind=DATE,
                sql="boats.built",
                sort=Sort(sql="boats.built", holds="date", nullable=True),
            ),
            Field(name="length", label="Length", kind=NUMBER, sql="boats.length"),
            Field(
                name="secret",
                label="Secret",
                kind=TEXT,
                sql="boats.secret",
                visible=lambda user: user == "admiral",
            ),
        ),
    )
)


@dataclass(frozen=True)
class Reaching:
    """Own boats and those of some teams."""

    everything: bool = False
    owner: int = 0
    teams: tuple[int, ...] = ()

    def sql(self, table):
        if self.everything:
            return "TRUE", []
        return f"({table}.owner_id = %s OR {table}.team_id = ANY(%s))", [self.owner, list(self.teams)]

    def branches(self, table):
        if self.everything:
            return [("TRUE", [])]
        own = (f"{table}.owner_id = %s AND {table}.team_id <> ALL(%s)", [self.owner, list(self.teams)])
        return [own, *((f"{table}.team_id = %s", [team]) for team in self.teams)]


ALL = Reaching(everything=True)
TEAM = Reaching(owner=1, teams=(2, 3))
CONTEXT = Context()


@pytest.fixture
def boats():
    """Sixty boats with few names and few dates, so that many are equal, and some without a date."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE boats ON COMMIT DROP AS SELECT i::bigint AS id, 'b' || i % 4 AS name,"
            " CASE WHEN i % 3 > 0 THEN date '2020-01-01' + i % 5 END AS built, i::numeric AS length,"
            " 'x' AS secret, 1 + i % 3 AS owner_id, 1 + i % 4 AS team_id,"
            " CASE WHEN i % 10 = 0 THEN now() END AS archived_at FROM generate_series(1, 60) i"
        )


def walk(given, scope, *, back=False):
    """All ids from the first page to the last; with `back`, from the last page to the first."""
    given, pages = dict(given), []
    while True:
        page = page_of(asking_of(given, BOATS), scope=scope, context=CONTEXT)
        pages.append([row.id for row in page.rows])
        if not page.next:
            break
        given["after"] = page.next
    if not back:
        return [number for ids in pages for number in ids]
    backwards = [pages[-1]]
    given.pop("after", None)
    while page.previous:
        page = page_of(asking_of(given | {"before": page.previous}, BOATS), scope=scope, context=CONTEXT)
        backwards.insert(0, [row.id for row in page.rows])
    return [number for ids in backwards for number in ids]


def in_order(scope, order):
    where, params = scope.sql("boats")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM boats WHERE archived_at IS NULL AND {where} ORDER BY {order}", params)
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.parametrize("scope", [ALL, TEAM], ids=["everything", "team"])
@pytest.mark.parametrize("limit", [1, 7, 54, 200])
@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("name", "name, id"),
        ("-name", "name DESC, id DESC"),
        ("built", "built NULLS LAST, id"),
        ("-built", "built DESC NULLS LAST, id DESC"),
    ],
)
def test_pages_on_and_back_show_each_record_once_in_order(boats, scope, limit, sort, order):
    expected = in_order(scope, order)

    assert walk({"sort": sort, "limit": str(limit)}, scope) == expected
    if limit * 2 < len(expected) and limit > 1:
        assert sorted(walk({"sort": sort, "limit": str(limit)}, scope, back=True)) == sorted(expected)


def test_the_page_before_the_first_is_the_first_page_whole(boats):
    first = page_of(asking_of({"limit": "5"}, BOATS), scope=ALL, context=CONTEXT)
    second = page_of(asking_of({"limit": "5", "after": first.next}, BOATS), scope=ALL, context=CONTEXT)

    again = page_of(asking_of({"limit": "5", "before": second.previous}, BOATS), scope=ALL, context=CONTEXT)

    assert [row.id for row in again.rows] == [row.id for row in first.rows]
    assert again.previous is None
    assert again.next


def test_a_page_takes_one_query_for_its_rows_and_one_for_its_count(boats, django_assert_num_queries):
    with django_assert_num_queries(2):
        page = page_of(asking_of({"limit": "5"}, BOATS), scope=TEAM, context=CONTEXT, viewer=Viewer())
        assert page.count.exact

    assert page.count.value == len(in_order(TEAM, "id"))
    assert page.rows[0].cells[1] in ("", "1 Jan 2020", "2 Jan 2020", "3 Jan 2020", "4 Jan 2020", "5 Jan 2020")


def test_a_page_that_holds_all_is_its_own_count(boats, django_assert_num_queries):
    with django_assert_num_queries(1):
        page = page_of(asking_of({}, BOATS), scope=TEAM, context=CONTEXT, viewer=Viewer())

    assert page.count == Count(len(in_order(TEAM, "id")), exact=True)


def test_where_counting_takes_long_the_page_tells_at_least_how_many(boats, monkeypatch):
    monkeypatch.setattr("leadline.core.lists.counts.DEAREST", 0)
    given = {"limit": "2", "where": '{"field": "name", "op": "not_equals", "value": "x"}'}

    page = page_of(asking_of(given, BOATS), scope=ALL, context=CONTEXT)
    rest = page_of(asking_of(given | {"after": page.next}, BOATS), scope=ALL, context=CONTEXT)

    assert str(page.count) == str(rest.count) == "2+"
    assert page_of(asking_of({"limit": "2"}, BOATS), scope=ALL, context=CONTEXT).count.exact


def test_a_search_orders_by_likeness_and_stays_in_scope(boats):
    given = {"q": "b", "limit": "2"}
    search = SimpleNamespace(ids=lambda text: [33, 3, 7, 1, 2])
    page = page_of(asking_of(given, BOATS), scope=ALL, context=CONTEXT, search=search)
    rest = page_of(asking_of(given | {"after": page.next}, BOATS), scope=ALL, context=CONTEXT, search=search)

    assert [row.id for row in page.rows + rest.rows] == [33, 3, 7, 1]
    narrow = page_of(asking_of({"q": "b"}, BOATS), scope=TEAM, context=CONTEXT, search=search)
    assert {row.id for row in narrow.rows} == {33, 3, 7, 1, 2} & set(in_order(TEAM, "id"))
    assert page_of(asking_of({"q": "b"}, BOATS), scope=ALL, context=CONTEXT).rows == []


def test_archived_boats_show_only_when_asked_for(boats):
    def ids(archived):
        return {
            row.id
            for row in page_of(
                asking_of({"archived": archived, "limit": "200"}, BOATS), scope=ALL, context=CONTEXT
            ).rows
        }

    assert ids("only") == {10, 20, 30, 40, 50, 60}
    assert ids("all") == ids("no") | ids("only")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("where", "{"),
        ("where", '{"field": "nothing", "op": "equals", "value": 1}'),
        ("where", "[" * 100_000),
        ("where", '{"field": "name", "op": "equals", "value": "a\\u0000"}'),
        ("where", '{"field": "name", "op": "equals", "value": "\\ud800"}'),
        ("where", '{"field": "secret", "op": "equals", "value": "x"}'),
        ("where", '{"field": "length", "op": "equals", "value": 1e999}'),
        ("where", '{"field": "length", "op": "equals", "value": ' + "9" * 5000 + "}"),
        ("sort", "length"),
        ("sort", "name; drop table boats"),
        ("sort", "rank"),
        ("sort", "secret"),
        ("columns", "name,secret"),
        ("columns", "name\x00"),
        ("columns", ",".join("abc" * 100)),
        ("limit", "0"),
        ("limit", "-1"),
        ("limit", "1e3"),
        ("limit", "9" * 50),
        ("limit", "٣"),
        ("after", "x"),
        ("after", "W10"),
        ("before", "é"),
        ("after", "A" * 10_000),
        ("q", "a" * 500),
        ("q", "a\x00"),
        ("archived", "maybe"),
    ],
)
def test_what_can_not_be_meant_is_told_and_the_list_still_shown(boats, name, value):
    """ALL-2: the message names the parameter; the page is shown without it; a program is refused."""
    asking = asking_of({name: value}, BOATS, user="sailor")

    assert [refusal.field for refusal in asking.refusals] == [name]
    assert page_of(asking, scope=ALL, context=CONTEXT).rows
    with pytest.raises(RulesBroken):
        asking.require()


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    key=st.none() | st.integers() | st.text() | st.floats() | st.booleans() | st.lists(st.integers()),
    number=st.integers() | st.none() | st.text(),
    sort=st.sampled_from(["name", "built", "-built"]),
)
def test_an_altered_cursor_is_refused_or_harmless(boats, key, number, sort):
    import base64

    word = base64.urlsafe_b64encode(json.dumps([sort, key, number]).encode()).decode().rstrip("=")

    asking = asking_of({"sort": sort, "after": word}, BOATS)
    page = page_of(asking, scope=TEAM, context=CONTEXT)

    assert {row.id for row in page.rows} <= set(in_order(TEAM, "id"))


def test_a_selection_of_all_that_match_leaves_out_the_excluded_and_what_is_out_of_scope(boats):
    """CUS-7"""
    where = {"field": "name", "op": "equals", "value": "B1"}
    kept = Selection.of(asking_of({"where": json.dumps(where)}, BOATS), excluded=(5,)).as_params()
    selection = Selection.from_params(json.loads(json.dumps(kept)))

    sql, params = selection.ids_sql(scope=TEAM, context=CONTEXT)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found = {row[0] for row in cursor.fetchall()}

    assert found == {number for number in in_order(TEAM, "id") if number % 4 == 1 and number != 5}
    assert selection.count(scope=TEAM, context=CONTEXT).value == len(found)
    picked = Selection.of_ids("boat", ["1", 2, 3])
    with connection.cursor() as cursor:
        cursor.execute(*picked.ids_sql(scope=Reaching(owner=2), context=CONTEXT))
        assert cursor.fetchall() == [(1,)]


@pytest.mark.parametrize(
    "ids", [["x"], [None], ["--1"], ["1; drop"], ["9" * 30], "12", [True], list(range(20_000))]
)
def test_ids_that_are_none_are_refused(ids):
    with pytest.raises(RuleBroken):
        Selection.of_ids("boat", ids)
