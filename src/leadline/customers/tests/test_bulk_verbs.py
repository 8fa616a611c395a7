"""Each thing that can be done with many customers, and its undoing (CUS-7, SIG-3)."""

import json
from dataclasses import replace

import pytest

from leadline.core.changesets import undo_change_set
from leadline.core.jobs import result_path, resume_job
from leadline.core.lists import Selection
from leadline.core.lists.bulk.verbs import _registered
from leadline.core.refusals import NotAllowed, RuleBroken
from leadline.customers.bulk import VERBS, preview_bulk, start_bulk
from leadline.customers.models import Customer

ALL = Selection("customer")

# Verb, answers, what the field holds before and after.
CHANGES = [
    ("tag", {"add": ["spring"], "remove": ["old"]}, "tags", ["old"], ["spring"]),
    ("status", {"status": "active"}, "status", "prospect", "active"),
    ("edit", {"field": "industry", "value": "Shipping"}, "industry", "", "Shipping"),
    ("edit", {"field": "tier", "value": "1"}, "tier", 3, 1),
    ("block", {"reason": "Owes us"}, "blocked_reason", "", "Owes us"),
]


@pytest.fixture
def three(cast, make):
    """Three customers of Rosa's with a tag."""
    return [make.customer(cast.rosa, tags=["old"]) for _ in range(3)]


def values(records, name):
    return list(Customer.objects.filter(pk__in=[each.pk for each in records]).values_list(name, flat=True))


@pytest.mark.parametrize(("verb", "answers", "name", "before", "after"), CHANGES)
def test_a_verb_changes_all_of_a_selection_and_undo_brings_back_what_was(
    cast, by, settle, three, verb, answers, name, before, after
):
    assert values(three, name) == [before] * 3

    job = start_bulk(ALL, verb, answers, by=by(cast.ada))
    settle()

    job.refresh_from_db()
    assert (job.state, job.counts) == ("done", {"changed": 3, "unchanged": 0, "refused": 0})
    assert values(three, name) == [after] * 3

    undo_change_set(job.change_set, by=by(cast.ada))
    settle()
    assert values(three, name) == [before] * 3


def test_assigning_moves_owner_and_team_and_undo_moves_them_back(cast, by, settle, three):
    job = start_bulk(ALL, "assign", {"owner": cast.otto.pk}, by=by(cast.lena))
    settle()
    assert values(three, "owner") == [cast.otto.pk] * 3
    assert values(three, "team") == [cast.south.pk] * 3

    job.refresh_from_db()
    undo_change_set(job.change_set, by=by(cast.lena))
    settle()
    assert values(three, "owner") == [cast.rosa.pk] * 3
    assert values(three, "team") == [cast.north.pk] * 3


def test_archiving_and_restoring_are_each_others_undoing(cast, by, settle, three):
    start_bulk(ALL, "archive", {}, by=by(cast.ada))
    settle()
    assert None not in values(three, "archived_at")

    only = Selection("customer", archived="only")
    start_bulk(only, "restore", {}, by=by(cast.ada))
    settle()
    assert values(three, "archived_at") == [None] * 3


def test_unblocking_takes_the_reason_away(cast, by, settle, three):
    start_bulk(ALL, "block", {"reason": "Owes us"}, by=by(cast.ada))
    settle()
    start_bulk(ALL, "unblock", {}, by=by(cast.ada))
    settle()
    assert values(three, "blocked_reason") == [""] * 3


def test_all_that_match_never_touches_others(cast, by, make, settle, three):
    """A manager's selection is asked within her scope, whatever it names (ALL-3)."""
    others = make.customer(cast.otto)
    ids = Selection.of_ids("customer", [each.pk for each in three] + [others.pk])

    for selection in (ALL, ids):
        start_bulk(selection, "status", {"status": "active"}, by=by(cast.mira))
        settle()

    assert values(three, "status") == ["active"] * 3
    assert values([others], "status") == ["prospect"]


def test_excluded_rows_of_all_that_match_are_left_alone(cast, by, settle, three):
    selection = Selection("customer", excluded=(three[0].pk,))
    start_bulk(selection, "status", {"status": "active"}, by=by(cast.ada))
    settle()
    assert values(three, "status").count("active") == 2


def test_changing_the_field_that_is_filtered_by_reaches_each_once(cast, by, make, settle, monkeypatch):
    """Changed rows leave the filter while the job runs; those that wait are reached all the same."""
    monkeypatch.setattr("leadline.core.lists.bulk.running.PORTION", 2)
    for _ in range(7):
        make.customer(cast.rosa)
    prospects = Selection("customer", where={"field": "status", "op": "equals", "value": "prospect"})

    job = start_bulk(prospects, "status", {"status": "active"}, by=by(cast.ada))
    settle()

    job.refresh_from_db()
    assert job.counts["changed"] == 7
    assert not Customer.objects.filter(status="prospect").exists()


def test_what_is_refused_is_told_with_name_and_reason(cast, by, make, settle):
    """The role or the archive says no to some; the others change, and a file names those (ALL-8)."""
    mine = make.customer(cast.rosa, name="=Mine")
    gone = make.customer(cast.rosa, name="Gone")
    start_bulk(Selection.of_ids("customer", [gone.pk]), "archive", {}, by=by(cast.ada))
    settle()

    both = Selection.of_ids("customer", [mine.pk, gone.pk])
    told = preview_bulk(both, "status", {"status": "active"}, by=by(cast.ada))
    assert (told.total, told.can_change) == (2, 1)
    assert list(told.reasons.values()) == [1]

    job = start_bulk(both, "status", {"status": "active"}, by=by(cast.ada))
    settle()
    job.refresh_from_db()
    assert job.counts == {"changed": 1, "unchanged": 0, "refused": 1}
    lines = result_path(job).read_text().splitlines()
    assert lines[0] == "id,name,reason"
    assert lines[1].startswith(f"{gone.pk},Gone,")


def test_a_preview_changes_nothing(cast, by, three):
    told = preview_bulk(ALL, "status", {"status": "active"}, by=by(cast.ada))
    assert (told.total, told.can_change, told.would_change) == (3, 3, 3)
    assert values(three, "status") == ["prospect"] * 3


def test_a_role_without_the_permission_may_not(cast, by, three):
    with pytest.raises(NotAllowed):
        start_bulk(ALL, "status", {"status": "active"}, by=by(cast.sam))


def test_an_empty_selection_and_an_answer_nobody_knows_are_refused_at_once(cast, by, three):
    with pytest.raises(RuleBroken):
        start_bulk(Selection.of_ids("customer", []), "archive", {}, by=by(cast.ada))
    with pytest.raises(RuleBroken):
        start_bulk(ALL, "status", {"status": "asleep"}, by=by(cast.ada))
    with pytest.raises(RuleBroken):
        start_bulk(ALL, "erase", {}, by=by(cast.ada))


def test_a_double_click_starts_one_job(cast, by, three):
    first = start_bulk(ALL, "archive", {}, once="abc", by=by(cast.ada))
    second = start_bulk(ALL, "archive", {}, once="abc", by=by(cast.ada))
    assert first.pk == second.pk


def test_a_search_selects_all_that_it_finds(cast, by, make, settle):
    found = [make.customer(cast.rosa, name=f"Kapal {number}") for number in range(3)]
    other = make.customer(cast.rosa, name="Perahu")
    start_bulk(Selection("customer", q="kapal"), "tag", {"add": ["ship"]}, by=by(cast.ada))
    settle()
    assert values(found, "tags") == [["ship"]] * 3
    assert values([other], "tags") == [[]]


def test_the_dialog_asks_previews_and_starts(cast, as_, settle, three):
    browser = as_(cast.ada, htmx=True)
    chosen = {"ids": [str(each.pk) for each in three]}

    asked = browser.post("/customers/bulk/status", chosen)
    assert asked.status_code == 200
    assert 'name="status"' in asked.content.decode()

    selection = json.dumps(Selection.of_ids("customer", [each.pk for each in three]).as_params())
    answers = {"selection": selection, "status": "active"}
    told = browser.post("/customers/bulk/status", {**answers, "step": "preview"}).content.decode()
    assert "Change 3" in told

    started = browser.post("/customers/bulk/status", {**answers, "step": "start", "once": "x"})
    assert "/jobs/" in started["HX-Trigger"]
    settle()
    assert values(three, "status") == ["active"] * 3


@pytest.mark.parametrize(
    "selection",
    ["", "[]", "{", '{"ids": ["x"]}', '{"where": {"field": "nope"}}', '{"ids": null, "where": 7}'],
)
def test_a_forged_selection_is_refused_in_words(cast, as_, three, selection):
    answered = as_(cast.ada, htmx=True).post(
        "/customers/bulk/archive", {"selection": selection, "step": "start"}
    )
    assert answered.status_code in (422, 400)
    assert values(three, "archived_at") == [None] * 3


def test_a_job_that_broke_off_goes_on_and_does_each_row_once(cast, by, make, settle, monkeypatch):
    """Whatever stops it between two portions, what is done stays done and the rest follows (ALL-8)."""
    monkeypatch.setattr("leadline.core.lists.bulk.running.PORTION", 2)
    records = [make.customer(cast.rosa) for _ in range(5)]
    verb, calls = VERBS["tag"], []

    def broken(ids, answers, by):
        calls.append(ids)
        if len(calls) == 3:  # the first call was the preview's
            raise MemoryError
        return verb.run(ids, answers, by)

    monkeypatch.setitem(_registered["customer"], "tag", replace(verb, run=broken))
    job = start_bulk(ALL, "tag", {"add": ["x"]}, by=by(cast.ada))
    settle()
    job.refresh_from_db()
    assert (job.state, job.done) == ("failed", 2)

    resume_job(job, by=by(cast.ada))
    settle()
    job.refresh_from_db()
    assert (job.state, job.counts["changed"]) == ("done", 5)
    assert values(records, "tags") == [["x"]] * 5
