"""The pages of segments: builder, list, one segment, picking (CUS-16, CUS-18)."""

import json
import re

import pytest

from leadline.core.custom.actions import make_field
from leadline.segments import actions
from leadline.segments.fields import segments_to_choose
from leadline.segments.models import Segment
from tests.cast import PEOPLE

pytestmark = pytest.mark.django_db
TECH = {"field": "industry", "op": "equals", "value": "Technology"}
CALLS = {"count": "activities", "where": {"field": "kind", "op": "equals", "value": "call"}, "op": "at_least"}
ONE = {
    "node": "r-0",
    "r-0.is": "question",
    "r-0.field": "industry",
    "r-0.op": "equals",
    "r-0.value": "Technology",
}
WHAT = {"kind": "customer", "name": "Technology", "visibility": "private"}


def html(response):
    return response.content.decode()


def test_a_segment_is_made_in_the_builder(cast, as_, make, settle):
    make.customer(industry="Technology", name="Qfit")
    make.customer(industry="Energy", name="Qother")

    tried = as_(cast.ada, htmx=True).post("/segments/found", {"kind": "customer", **ONE})
    response = as_(cast.ada).post("/segments/add", {**WHAT, **ONE})
    settle()

    assert "Industry is “Technology”" in html(tried)
    assert "Qfit" in html(tried)
    assert "Qother" not in html(tried)
    segment = Segment.objects.get()
    assert response.url == f"/segments/{segment.pk}"
    assert segment.rule == {"and": [TECH]}
    page = html(as_(cast.ada).get(response.url))
    assert "Qfit" in page
    assert "Qother" not in page
    assert "Industry is “Technology”" in page


def test_the_builder_adds_groups_and_removes_them(cast, as_):
    browser = as_(cast.ada, htmx=True)

    grouped = html(browser.post("/segments/build", {"kind": "customer", **ONE, "do": "group r"}))
    removed = html(browser.post("/segments/build", {"kind": "customer", **ONE, "do": "remove r-0"}))

    assert 'name="r-1.is" value="group"' in grouped
    assert 'name="r-1-0.is" value="question"' in grouped
    assert 'name="r-0.is"' not in removed


def test_without_script_a_step_keeps_what_was_typed(cast, as_):
    page = html(as_(cast.ada).post("/segments/add", {**WHAT, **ONE, "do": "add r"}))

    assert 'value="Technology"' in page
    assert 'name="r-1.is" value="question"' in page
    assert not Segment.objects.exists()


def test_a_rule_comes_back_into_the_builder_as_it_was(cast, as_, segment_of):
    rule = {
        "or": [
            TECH,
            {"not": {"and": [{**CALLS, "value": 2}, {"field": "tags", "op": "has_any", "value": ["vip"]}]}},
            {"field": "last_interaction_at", "op": "in_last", "value": 2, "unit": "weeks"},
        ]
    }
    segment = segment_of(rule)
    page = html(as_(cast.ada).get(f"/segments/{segment.pk}/edit"))
    sent = {"node": [], "name": "Again", "visibility": "private"}
    for name, value in re.findall(r'<input[^>]*?name="([^"]+)"[^>]*?value="([^"]*)"', page):
        if name.startswith("r-") or name == "node":
            sent.setdefault(name, []).append(value)
    for name, options in re.findall(r'<select[^>]*?name="(r[^"]*)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.findall(r'<option value="([^"]*)" selected', options)
        sent[name] = chosen or re.findall(r'<option value="([^"]*)"', options)[:1]

    response = as_(cast.ada).post(f"/segments/{segment.pk}/edit", sent)

    assert response.status_code == 302, html(response)
    segment.refresh_from_db()
    counted = {**CALLS, "where": {"and": [CALLS["where"]]}, "value": "2"}
    assert segment.rule["or"][0] == TECH
    assert segment.rule["or"][1]["not"]["and"][0] == counted
    assert segment.rule["or"][2] == rule["or"][2]


def test_what_is_not_finished_is_told_and_nothing_is_made(cast, as_):
    unfinished = {**ONE, "r-0.field": "employees", "r-0.op": "at_least", "r-0.value": "many"}

    response = as_(cast.ada).post("/segments/add", {**WHAT, **unfinished})

    assert response.status_code == 422
    assert "many" in html(response)
    assert not Segment.objects.exists()


@pytest.mark.parametrize(
    "sent",
    [
        {"node": ["r-0"] * 300 + ["x", "r-0-0-0", "r-9999-1", "<b>"]},
        {"node": "r-0", "r-0.is": "kept", "r-0.given": "{"},
        {"node": "r-0", "r-0.is": "kept", "r-0.given": '{"created_in": 10000000000000000000000}'},
        {"node": "r-0", "r-0.is": "question", "r-0.field": "password"},
        {
            "node": "r-0",
            "r-0.is": "question",
            "r-0.field": "activities.count",
            "r-0.op": "at_least",
            "r-0.value": "9" * 40,
        },
        {"node": "r-" + "-".join(["0"] * 400)},
        {"node": "r-0", "r-0.is": "kept", "r-0.given": "[" * 1000},
        {
            "node": "r-0",
            "r-0.is": "question",
            "r-0.field": "owner",
            "r-0.op": "equals",
            "r-0.value": "9" * 5000,
        },
        {"do": "remove r"},
        {"do": "explode everything"},
    ],
)
def test_no_form_from_elsewhere_breaks_the_builder(sent, cast, as_):
    for address in ("/segments/build", "/segments/found"):
        assert as_(cast.ada, htmx=True).post(address, {"kind": "customer", **sent}).status_code == 200


def test_a_filtered_list_becomes_a_segment(cast, as_, make):
    where = json.dumps({"and": [TECH, {"field": "city", "op": "equals", "value": "Solo"}]})

    listed = html(as_(cast.ada).get("/customers/", {"where": where}))
    page = html(as_(cast.ada).get("/segments/add", {"kind": "customer", "where": where}))

    assert "Keep this filter as a segment" in listed
    assert 'value="Technology"' in page
    assert 'value="Solo"' in page


def test_each_sees_the_members_and_the_counts_of_their_own(cast, as_, make, segment_of):
    make.customer(cast.rosa, industry="Technology", name="Qrosa")
    make.customer(cast.otto, industry="Technology", name="Qotto")
    segment = segment_of(TECH, visibility="everybody")

    rosa, ada = (html(as_(user).get(f"/segments/{segment.pk}/members")) for user in (cast.rosa, cast.ada))
    lines = html(as_(cast.rosa).get("/segments/"))

    assert "Qrosa" in rosa
    assert "Qotto" not in rosa
    assert "1 in all" in rosa
    assert "Qrosa" in ada
    assert "Qotto" in ada
    assert "2 in all" in ada
    assert "From 0 to 1 in 30 days" in lines


def test_a_private_segment_is_not_there_for_others(cast, as_, segment_of, make):
    segment = segment_of(TECH, name="Qsecret")
    customer = make.customer(cast.rosa, industry="Technology")
    where = json.dumps({"field": "segments", "op": "has_any", "value": [segment.pk]})

    for address in ("", "/members", "/history", "/edit"):
        assert as_(cast.rosa).get(f"/segments/{segment.pk}{address}").status_code == 404
    listed = html(as_(cast.rosa).get("/customers/", {"where": where, "columns": "name,segments"}))

    assert "Qsecret" not in listed
    assert "is not known" in listed
    assert "Qsecret" not in html(as_(cast.rosa).get(f"/segmented/customer/{customer.pk}"))


def test_segments_are_a_column_a_filter_and_an_export(cast, as_, make, segment_of):
    make.customer(industry="Technology", name="Qin")
    make.customer(industry="Energy", name="Qout")
    segment = segment_of(TECH, name="Qsegment")
    where = json.dumps({"field": "segments", "op": "has_any", "value": [segment.pk]})

    listed = html(as_(cast.ada).get("/customers/", {"where": where, "columns": "name,segments"}))

    assert "Qin" in listed
    assert "Qout" not in listed
    assert listed.count("Qsegment") >= 2  # the chip and the cell
    dialog = html(as_(cast.ada, htmx=True).get("/customers/filter", {"field": "segments"}))
    assert "Qsegment" in dialog


def test_a_record_is_put_in_and_taken_out_on_its_page(cast, as_, make, segment_of, members):
    customer, segment = make.customer(cast.rosa), segment_of(owner=cast.rosa, name="Qpicked")
    browser, address = as_(cast.rosa, htmx=True), f"/segmented/customer/{customer.pk}"

    assert "Qpicked" in html(browser.get(address))
    added = browser.post(f"{address}/add", {"segment": segment.pk})
    assert added.status_code == 200
    assert members(segment) == {customer.pk}
    browser.post(f"{address}/remove", {"segment": segment.pk})

    assert members(segment) == set()
    assert as_(cast.otto).get(address).status_code == 404


def test_who_was_in_it_on_a_day_and_who_came(cast, as_, make, segment_of, by):
    customer, segment = make.customer(name="Qonce"), segment_of()
    actions.add_members(segment, [customer.pk], by=by(cast.ada))
    actions.remove_members(segment, [customer.pk], by=by(cast.ada))
    browser, address = as_(cast.ada), f"/segments/{segment.pk}/members"

    assert "Qonce" not in html(browser.get(address))
    assert "Qonce" in html(browser.get(address, {"way": "joined", "day": "2020-01-01"}))
    assert "Qonce" in html(browser.get(address, {"way": "left", "day": "2020-01-01"}))
    assert "Qonce" not in html(browser.get(address, {"way": "on", "day": "2020-01-01"}))
    assert browser.get(address, {"way": "on", "day": "nonsense", "after": "x"}).status_code == 200


@pytest.mark.parametrize(
    "asked",
    [
        "way=on&day=9999-12-31",
        "way=on&day=0001-01-01",
        "way=on&day=20x",
        "after=2020-01-01T00:00:00%2B23:00_1",
        "after=0001-01-01T00:00:00%2B14:00_1",
        "after=2020-01-01T00:00:00Z_" + "9" * 30,
    ],
)
def test_no_address_breaks_the_members(asked, cast, as_, segment_of):
    segment = segment_of(TECH)

    assert as_(cast.ada).get(f"/segments/{segment.pk}/members?{asked}").status_code == 200


def test_what_a_hidden_field_is_asked_is_told_to_nobody_who_may_not_see_it(cast, as_, by, segment_of):
    """CUS-21: not in the sentence, not in the history, not by linked objects."""
    make_field("contact", label="Mood", kind="text", seen_by=["administrator"], by=by(cast.ada))
    inside = {"field": "x_mood", "op": "equals", "value": "Qsulking"}
    rule = {"count": "contacts", "where": inside, "op": "at_least", "value": 1}
    segment = segment_of(rule, visibility="everybody")
    actions.change_segment(segment, rule={**rule, "value": 2}, by=by(cast.ada))

    for page in ("", "/history"):
        assert "Qsulking" in html(as_(cast.ada).get(f"/segments/{segment.pk}{page}"))
        assert "Qsulking" not in html(as_(cast.mira).get(f"/segments/{segment.pk}{page}"))


def test_the_list_asks_a_fixed_number_of_queries(cast, as_, segment_of, django_assert_max_num_queries):
    for place in range(5):
        segment_of({**TECH, "value": f"T{place}"}, visibility="everybody")
    browser = as_(cast.rosa)
    browser.get("/segments/")

    with django_assert_max_num_queries(3):  # person, segments, their trends
        browser.get("/segments/")


def test_page_and_members_ask_a_fixed_number_of_queries(
    cast, make, as_, segment_of, django_assert_max_num_queries
):
    for _ in range(3):
        make.customer(owner=cast.rosa, industry="Technology")
    segment = segment_of(TECH, visibility="everybody")
    browser = as_(cast.rosa)
    browser.get(f"/segments/{segment.pk}")

    with django_assert_max_num_queries(5):  # person, segment, trend, newest, what asks for it
        browser.get(f"/segments/{segment.pk}")
    with django_assert_max_num_queries(3):  # person, segment, members: all of them, so counted
        browser.get(f"/segments/{segment.pk}/members")


def test_a_page_opens_for_whom_the_list_shows_it(cast, as_, by):
    """ALL-3: of each owner and each way of sharing; the same answer by plain SQL and by `visible_to`."""
    made = [
        actions.add_segment(
            kind="customer", name=f"{who} {seen}", rule=TECH, visibility=seen, by=by(getattr(cast, who))
        )
        for who, seen in [
            ("rosa", "private"),
            ("mira", "team"),
            ("mira", "private"),
            ("ada", "everybody"),
            ("ada", "private"),
        ]
    ]
    opened = {}
    for name in PEOPLE:
        user = getattr(cast, name)
        browser = as_(user)
        opened[name] = {each.name for each in made if browser.get(f"/segments/{each.pk}").status_code == 200}
        seen = Segment.objects.visible_to(user).filter(pk__in=[each.pk for each in made])
        assert opened[name] == {each.name for each in seen}, name
        offered = [made_name for _pk, made_name in segments_to_choose("customer", user)]
        assert offered == [each.name for each in seen.by_name()], name

    assert opened["rosa"] == {"rosa private", "mira team", "ada everybody"}
    assert opened["otto"] == {"ada everybody"}
    assert opened["prue"] == set()
