"""A program works with segments (CUS-16 to CUS-18, ALL-10)."""

import pytest

from leadline.segments.models import Segment

pytestmark = pytest.mark.django_db
TECH = {"field": "industry", "op": "equals", "value": "Technology"}


def test_a_program_makes_reads_changes_and_archives_one(cast, program, make, settle):
    make.customer(cast.rosa, industry="Technology")
    rosa = program(cast.rosa)

    made = rosa.post("segments", {"name": "Technology", "rule": TECH})
    assert made.status_code == 201
    assert made.json()["finding"] is True
    settle()
    read = rosa.get(made["Location"].removeprefix("/api/v1/"))
    assert (read.json()["size"], read.json()["finding"]) == (1, False)
    assert read.json()["sentence"] == "Industry is “Technology”"
    address = f"segments/{made.json()['id']}"
    assert [row["id"] for row in rosa.get("segments").json()["data"]] == [made.json()["id"]]

    changed = rosa.patch(address, {"name": "Tech"}, If_Match=read["ETag"])
    assert changed.json()["name"] == "Tech"
    assert rosa.patch(address, {"name": "Again"}, If_Match=read["ETag"]).status_code in (409, 412)
    assert rosa.post(f"{address}/refresh").json()["finding"] is True
    assert rosa.post(f"{address}/archive").json()["archived_at"]
    assert rosa.post(f"{address}/restore").json()["archived_at"] is None
    assert program(cast.otto).get(address).status_code == 404


def test_members_are_picked_listed_and_dated(cast, program, make, settle):
    own, foreign = make.customer(cast.rosa), make.customer(cast.otto)
    rosa = program(cast.rosa)
    key = rosa.post("segments", {"name": "Invited", "dynamic": False}).json()["id"]
    settle()

    picked = rosa.post(f"segments/{key}/members", {"ids": [own.pk, foreign.pk]}).json()
    listed = rosa.get(f"segments/{key}/members").json()
    where = {"field": "segments", "op": "has_any", "value": [key]}
    found = rosa.get("customers", {"where": where, "fields": "name,segments"}).json()["data"]
    out = rosa.send("delete", f"segments/{key}/members", {"ids": [own.pk]}).json()
    left = rosa.get(f"segments/{key}/members", {"way": "left", "day": "2020-01-01"}).json()["data"]

    assert (picked["changed"], [each["id"] for each in picked["refused"]]) == ([own.pk], [foreign.pk])
    assert [row["record"]["id"] for row in listed["data"]] == [own.pk]
    assert listed["count"] == {"value": 1, "exact": True}
    assert [(row["id"], row["segments"]) for row in found] == [(own.pk, [key])]
    assert out["changed"] == [own.pk]
    assert (left[0]["record"]["id"], left[0]["left_by"]) == (own.pk, "Rosa Ibarra")


@pytest.mark.parametrize("who", ["rosa", "mira", "ada"])
def test_a_list_tells_all_sizes_in_the_same_few_queries(
    who, cast, program, make, settle, django_assert_max_num_queries
):
    """ALL-7: a size is that of the records one sees, however many segments are on the page."""
    make.customer(cast.rosa, industry="Technology")
    make.customer(cast.otto, industry="Technology")
    asker = program(getattr(cast, who))
    for place in range(6):
        program(cast.ada).post("segments", {"name": f"Tech {place}", "rule": TECH, "visibility": "everybody"})
    settle()
    asker.get("segments")

    with django_assert_max_num_queries(9):
        listed = asker.get("segments").json()

    expected = 2 if who == "ada" else 1
    assert [row["size"] for row in listed["data"]] == [expected] * 6


def test_a_rule_is_counted_without_being_kept(cast, program, make):
    mine, _other = (
        make.customer(cast.rosa, industry="Technology"),
        make.customer(cast.otto, industry="Technology"),
    )

    counted = program(cast.rosa).post("segments/count", {"rule": TECH}).json()

    assert (counted["count"], counted["exact"], counted["sample"]) == (1, True, [mine.pk])
    assert not Segment.objects.exists()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": "", "rule": TECH}, "name"),
        ({"name": "N", "rule": {}}, "rule"),
        ({"name": "N", "rule": []}, "rule"),
        ({"name": "N", "rule": {"field": "name", "op": "matches", "value": "(a+)+$"}}, "rule"),
        ({"name": "N", "rule": {"not": {"not": {"or": [TECH] * 250}}}}, "rule"),
        ({"name": "N", "kind": "user", "rule": TECH}, "kind"),
        ({"name": "N", "rule": TECH, "visibility": "everybody"}, None),
        ({"name": "N", "rule": TECH, "visibility": "world"}, "visibility"),
        ({"name": "N", "rule": TECH, "owner": 1}, "owner"),
        ({"name": "N", "dynamic": False, "rule": TECH}, "rule"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_name(body, field, cast, program):
    answer = program(cast.rosa).post("segments", body)

    assert answer.status_code == (422 if field else 403)
    assert not field or answer.json()["errors"][0]["field"] == field
