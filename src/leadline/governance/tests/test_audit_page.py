"""The audit: who sees it, what it tells, how it is filtered and taken out (PPL-7)."""

import html
import json
import re
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils import timezone

from leadline.core.conditions import Context
from leadline.core.events.models import EventRecord
from leadline.core.history import HistoryEntry
from leadline.core.jobs import Job
from leadline.core.lists.asking import asking_of
from leadline.core.lists.finding import Finding
from leadline.core.tests.plans import harbour_full, indexes_in, plan_of
from leadline.customers.actions import edit_customer
from leadline.governance.actions import redact
from leadline.governance.chain.ledgers import HISTORY
from leadline.governance.fields import ENTRY
from leadline.governance.listing import AllOrNothing
from leadline.governance.sealing import seal_all
from leadline.people.actions import create_token


@pytest.fixture
def changed(make, cast, by):
    """A customer whose phone Rosa changed."""
    customer = make.customer(cast.rosa, name="Harbour Ltd")
    edit_customer(customer, phone="+62 811 1000 200", by=by(cast.rosa))
    return customer


def asking(**where):
    parts = [{"field": field, "op": "equals", "value": value} for field, value in where.items()]
    return "/audit/?" + urlencode({"where": json.dumps({"and": parts})})


def test_an_auditor_reads_it_in_plain_words(changed, cast, as_):
    page = as_(cast.aud).get("/audit/").content.decode()

    assert "Harbour Ltd" in page
    assert "Phone: – → +62 811 1000 200" in page or "Phone: – → +628111000200" in page
    assert "Rosa Ibarra" in page


@pytest.mark.parametrize("who", ["rosa", "mira", "lena", "sam", "fina", "prue"])
def test_nobody_else_reads_it(changed, cast, as_, who):
    for address in ("/audit/", "/audit/find?q=a", "/audit/count", "/audit/export", "/audit/entries/1"):
        assert as_(getattr(cast, who)).get(address).status_code == 403
    assert "/audit/" not in as_(getattr(cast, who)).get("/jobs").content.decode()


def test_it_is_filtered_by_person_record_door_and_sort(changed, cast, as_):
    browser = as_(cast.ada)

    assert "Harbour Ltd" in browser.get(asking(who=cast.rosa.pk)).content.decode()
    assert "Harbour Ltd" not in browser.get(asking(who=cast.otto.pk)).content.decode()
    assert "Harbour Ltd" in browser.get(asking(kind="customer", record=changed.pk)).content.decode()
    assert "Harbour Ltd" in browser.get(asking(of_kind="customer", of=changed.pk)).content.decode()
    assert "Harbour Ltd" not in browser.get(asking(door="import")).content.decode()
    assert "Harbour Ltd" not in browser.get(asking(ledger="event")).content.decode()


def test_the_entries_about_a_record_are_its_changes_and_what_happened_to_it(changed, cast, make, as_):
    """Those of its contacts too; asked by what was typed, or by kind and number."""
    other = make.customer(cast.rosa, name="Otter Ltd")
    make.contact(changed, name="Nina Vance")
    browser = as_(cast.aud)
    address = re.search(r'href="(/audit/\?where=[^"]+)"', browser.get("/audit/find?q=harbour").text)[1]

    page = browser.get(html.unescape(address)).text
    rows = program_rows(browser, {"field": "about", "op": "equals", "value": f"Customer {changed.pk}"})

    assert "About the record is customer" in page
    assert "Phone: –" in page
    assert {row["ledger"] for row in rows} == {"history", "event"}
    assert {row["kind"] for row in rows} == {"customer", "contact", None}
    abouts = ", ".join(row["about"] for row in rows)
    assert f"customer:{changed.pk}" in abouts
    assert f"customer:{other.pk}" not in abouts
    refused = browser.get("/api/v1/audit", {"where": '{"field": "about", "op": "equals", "value": "x"}'})
    assert refused.status_code == 422


def test_what_belongs_to_a_record_is_asked_by_kind_and_number(changed, cast, make, as_):
    """Alone and together, with one or several of each: what the two columns say."""
    contact = make.contact(changed, name="Nina Vance")
    make.customer(cast.rosa, name="Otter Ltd")
    browser = as_(cast.aud)
    kinds = {"in": ["customer", "user"], "equals": "customer", "not_in": ["customer"]}
    numbers = {
        "in": [changed.pk, contact.pk],
        "equals": changed.pk,
        "greater_than": contact.pk,
        "between": [1, 2],
    }
    rows = dict(program_pages(browser, None))

    asked = [(of, n) for of in (*kinds, "") for n in (*numbers, "")]
    for of, number in asked[:-1]:
        parts = [{"field": "of_kind", "op": of, "value": kinds[of]}] if of else []
        parts += [{"field": "of", "op": number, "value": numbers[number]}] if number else []
        found = dict(program_pages(browser, {"and": parts}))
        assert found == {key: row for key, row in rows.items() if all(fits(row, part) for part in parts)}
    for value in ("0.5", -1, 10**18):
        parts = [{"field": "of_kind", "op": "equals", "value": "customer"}]
        assert program_rows(browser, {"and": [*parts, {"field": "of", "op": "equals", "value": value}]}) == []
    together = {
        "and": [
            {"field": "of_kind", "op": "equals", "value": "customer"},
            {"field": "of", "op": "equals", "value": changed.pk},
        ]
    }
    assert {row["kind"] for row in program_rows(browser, together)} == {"customer", "contact"}


@pytest.mark.parametrize(
    ("asked", "indexes"),
    [
        ({"about": "customer:9"}, {"core_history_record", "core_history_belongs"}),
        ({"of_kind": "customer", "of": 9}, {"core_history_record", "core_history_belongs"}),
        ({"of_kind": "team"}, {"core_history_belongs"}),
    ],
)
def test_what_belongs_to_a_record_is_found_by_the_indexes_of_history(db, asked, indexes):
    harbour_full("customer", "contact")
    parts = [{"field": name, "op": "equals", "value": value} for name, value in asked.items()]
    asking = asking_of({"where": json.dumps({"and": parts})}, ENTRY)
    assert asking.refusals == ()

    nodes = plan_of(*Finding(asking, AllOrNothing(True), Context()).rows_sql())

    sought = [node for node in nodes if "Bitmap" in node["Node Type"]]
    assert indexes_in(sought) >= indexes


def fits(row, part):
    """Whether the columns of an entry say what a part of a condition asks."""
    value, given = row[part["field"]], part["value"]
    return {
        "in": lambda: value in given,
        "equals": lambda: value == given,
        "not_in": lambda: value not in given,
        "greater_than": lambda: value is not None and value > given,
        "between": lambda: value is not None and given[0] <= value <= given[1],
    }[part["op"]]()


def program_rows(browser, where):
    asked = {"where": json.dumps(where), "limit": 100, "fields": "ledger,kind,about"}
    return browser.get("/api/v1/audit", asked).json()["data"]


def program_pages(browser, where):
    """All entries that a condition finds, by number."""
    asked = {"limit": 200, "fields": "of_kind,of"} | ({"where": json.dumps(where)} if where else {})
    address = "/api/v1/audit?" + urlencode(asked)
    while address:
        answer = browser.get(address).json()
        assert "data" in answer, answer
        yield from ((row["id"], row) for row in answer["data"])
        address = answer["next"] and f"/api/v1/audit?{urlencode(asked | {'cursor': answer['next']})}"


def test_exact_times_stand_behind_the_row_and_in_the_entry(changed, cast, as_):
    """In the reader's zone, with seconds."""
    entry = HistoryEntry.objects.filter(kind="customer", verb="changed").latest("id")
    exact = timezone.localtime(entry.at, ZoneInfo("Asia/Jakarta"))
    cast.aud.time_zone = "Asia/Jakarta"
    cast.aud.save()

    page, whole = (as_(cast.aud).get(each).text for each in ("/audit/", f"/audit/entries/{entry.pk}"))

    assert f"{exact:%H:%M:%S}" in re.search(r'<time datetime="[^"]+" title="([^"]+)"', page)[1]
    assert f"{exact:%H:%M:%S}" in whole


def test_a_sign_in_from_nowhere_known_is_a_sentence(cast, as_):
    as_(cast.rosa)

    assert "Signed in (password, address not known)" in as_(cast.aud).get("/audit/").text


def test_one_entry_shows_old_and_new(changed, cast, as_):
    entry = HistoryEntry.objects.filter(kind="customer", verb="changed").latest("id")

    page = as_(cast.aud, htmx=True).get(f"/audit/entries/{entry.pk}").content.decode()

    assert "Harbour Ltd" in page
    assert "Rosa Ibarra" in page
    assert f"/customers/{changed.pk}/" in page
    assert as_(cast.aud).get("/audit/entries/999999999").status_code == 404


def test_a_happening_shows_what_it_was_about(changed, cast, as_):
    event = EventRecord.objects.filter(name="customers.CustomersChanged").latest("id")

    page = as_(cast.aud).get(f"/audit/entries/-{event.pk}").content.decode()

    assert "Harbour Ltd" in page


def test_erased_content_is_told_as_erased(changed, cast, as_, by):
    entry = HistoryEntry.objects.filter(kind="customer", verb="changed").latest("id")
    redact(HISTORY, [entry.pk], because="erasure:1", by=by(cast.ada))

    page = as_(cast.aud).get("/audit/").content.decode()

    assert "The content was erased." in page
    assert "1000" not in page.split("The content was erased.")[0][-300:]


def test_pages_go_on_by_key_without_a_gap(changed, cast, as_):
    client = as_(cast.aud)
    total = HistoryEntry.objects.count() + EventRecord.objects.count()
    seen, address = [], "/api/v1/audit?limit=7&count=exact"
    while address:
        answer = client.get(address).json()
        assert "data" in answer, answer
        seen += [row["id"] for row in answer["data"]]
        address = answer["next"] and f"/api/v1/audit?limit=7&count=exact&cursor={answer['next']}"

    assert answer["count"] == {"value": total, "exact": True}
    assert len(seen) == len(set(seen)) == total


def test_pages_go_back_years_and_through_a_moment_that_many_share(changed, cast, as_):
    """The months nearest to the reader are asked first; what is older or shares a moment still comes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_history (at, kind, record_id, about_kind, about_id, verb, via, trace)"
            " SELECT now() - days * interval '1 day', 'customer', n, 'customer', n, 'created', via, ''"
            " FROM (VALUES (400, 'import'), (40, 'web'), (40, 'import')) AS past (days, via),"
            " generate_series(1, 9) n"
        )
    client = as_(cast.aud)
    total = HistoryEntry.objects.count() + EventRecord.objects.count()
    for sort in ("-at", "at"):
        rows, address = [], f"/api/v1/audit?limit=5&sort={sort}"
        while address:
            answer = client.get(address).json()
            rows += [(row["at"], row["id"]) for row in answer["data"]]
            address = answer["next"] and f"/api/v1/audit?limit=5&sort={sort}&cursor={answer['next']}"

        assert len(rows) == len(set(rows)) == total
        assert rows == sorted(rows, reverse=sort == "-at")


def test_a_page_can_be_turned_back(changed, cast, as_):
    browser = as_(cast.aud)

    def page(way):
        text = browser.get(f"/audit/?limit=3{way}").content.decode()
        return text, re.findall(r'href="/audit/entries/(-?\d+)"', text)

    text, first = page("")
    text, second = page("&after=" + re.search(r"after=([\w-]+)", text)[1])
    _text, again = page("&before=" + re.search(r"before=([\w-]+)", text)[1])

    assert first == again
    assert not {*first} & {*second}


def test_a_person_or_record_is_found_by_what_is_typed(changed, cast, as_):
    page = as_(cast.aud).get("/audit/find?q=harbour").content.decode()
    people = as_(cast.aud).get("/audit/find?q=rosa").content.decode()

    assert "Harbour Ltd" in page
    assert "about" in page
    assert "Rosa Ibarra" in people


def test_the_state_of_the_chain_stands_on_top(changed, cast, as_, by):
    assert "Nothing is sealed yet" in as_(cast.aud).get("/audit/").content.decode()

    seal_all(by=by(cast.house), patience=5)

    assert "Sealed until" in as_(cast.aud).get("/audit/").content.decode()


def test_taking_the_audit_out_is_itself_in_the_audit(changed, cast, client, settle):
    secret = create_token(cast.aud, by=_actor(cast.aud))
    body = {
        "kind": "audit",
        "where": {"field": "who", "op": "equals", "value": cast.rosa.pk},
        "format": "jsonl",
    }
    headers = {"Authorization": f"Bearer {secret}"}

    answer = client.post(
        "/api/v1/exports", json.dumps(body), content_type="application/json", headers=headers
    )
    settle()

    assert answer.status_code == 201, answer.content
    assert Job.objects.get(pk=answer.json()["id"]).state == Job.State.DONE
    file = b"".join(
        client.get(f"/api/v1/exports/{answer.json()['id']}/file", headers=headers).streaming_content
    )
    rows = [json.loads(line) for line in file.splitlines()]
    assert {row["who"] for row in rows} == {cast.rosa.email}
    told = EventRecord.objects.filter(name="core.ListExported").latest("id")
    assert told.payload["kind"] == "audit"
    assert told.actor_id == cast.aud.pk


def test_a_page_takes_few_queries(changed, cast, as_, django_assert_max_num_queries):
    browser = as_(cast.aud)
    browser.get("/audit/")
    # One for each kind of record that the page names, however many of a kind: stages, templates, roles, …
    with django_assert_max_num_queries(20):
        browser.get("/audit/")


def test_the_api_refuses_others(changed, cast, as_):
    assert as_(cast.rosa).get("/api/v1/audit").status_code == 403
    assert as_(cast.aud).get("/api/v1/audit?where=nonsense").status_code == 422


def _actor(user):
    from leadline.core.actions import Actor

    return Actor(user, via="api")


def test_values_that_hold_more_than_a_word_are_told_too(cast, as_, changed):
    """A role's grants are an object in an object."""
    from leadline.core.history.wording import Wording

    told = Wording().value("user", "grants", {"customer": {"view": "all", "tags": ["a", "b"]}})

    assert told == "customer: view: all; tags: a, b"
