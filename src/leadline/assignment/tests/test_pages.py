"""The pages of assignment, and the API beside them (LEA-7, SIG-5)."""

from datetime import timedelta

import pytest

from leadline.assignment import actions
from leadline.assignment.actions import assign_by_rules
from leadline.assignment.models import Given, Rule, Ruleset, Share
from leadline.core.changesets import ChangeSet, undo_change_set
from leadline.core.clock import now
from leadline.leads.actions import assign_lead
from leadline.leads.models import Lead
from leadline.people.working.actions import enter_absence


@pytest.fixture
def assigned(cast, make, by, floor):
    """A lead that went to Rosa by a rule, while Otto was away."""
    floor.rule()
    day = now().date()
    enter_absence(cast.otto, begins_on=day - timedelta(1), ends_on=day + timedelta(1), by=by(cast.ada))
    lead = make.lead(name="Nets & Co")
    assign_by_rules("lead", [lead.pk], by=by(cast.lena))
    return lead


def test_a_rule_is_made_asked_switched_on_and_moved(cast, as_, floor):
    browser = as_(cast.lena)
    given = {"name": "Premium", "way": "fair", "people": [cast.rosa.pk], "kind": "lead"}

    made = browser.post("/assignment/add", given)
    rule = Rule.objects.get()
    assert made["Location"] == f"/assignment/{rule.pk}/which"
    browser.post(f"/assignment/{rule.pk}/which", {"where": '{"field":"country","op":"equals","value":"DE"}'})
    browser.post(f"/assignment/{rule.pk}/switch", {"is_on": "on"})

    rule.refresh_from_db()
    assert (rule.is_on, rule.where["field"]) == (True, "country")
    page = browser.get("/assignment/").content.decode()
    assert "Country is Germany" in page
    assert "Rosa Ibarra" in page
    assert (
        f"/assignment/{rule.pk}/which/filter" in browser.get(f"/assignment/{rule.pk}/which").content.decode()
    )


def test_what_is_wrong_stands_beside_its_field_and_typed_input_stays(cast, as_):
    answer = as_(cast.lena).post("/assignment/add", {"name": "Premium", "way": "fair", "kind": "lead"})

    assert answer.status_code == 422
    assert "Say who may get them" in answer.content.decode()
    assert 'value="Premium"' in answer.content.decode()


def test_a_rule_is_not_switched_on_without_an_overflow_owner(cast, as_, by):
    rule = actions.add_rule("lead", name="All", people=[cast.rosa.pk], by=by(cast.ada))
    browser = as_(cast.lena)

    refused = browser.post(f"/assignment/{rule.pk}/switch", {"is_on": "on"})
    assert refused.status_code == 422
    assert "overflow owner" in refused.content.decode()

    browser.post("/assignment/overflow", {"owner": cast.lena.pk, "kind": "lead"})
    browser.post("/assignment/switch", {"is_on": "on", "kind": "lead"})
    assert Ruleset.objects.get().is_on


def test_somebodys_share_is_set_in_a_dialog(cast, as_):
    answer = as_(cast.lena).post(f"/assignment/shares/{cast.rosa.pk}", {"weight": 50, "capacity": 30})

    assert answer.status_code == 302
    assert list(Share.objects.values_list("weight", "capacity")) == [(50, 30)]
    assert "50 %" in as_(cast.lena).get("/assignment/shares").content.decode()


def test_why_this_owner_tells_the_rule_and_who_lost(cast, as_, assigned):
    page = as_(cast.lena, htmx=True).get(f"/assignment/why/lead/{assigned.pk}").content.decode()

    assert "It was the turn of Rosa Ibarra." in page
    assert "1 away" in page
    assert "Otto Brandt" in page
    assert (
        f"/assignment/why/lead/{assigned.pk}" in as_(cast.lena).get(f"/leads/{assigned.pk}/").content.decode()
    )


def test_a_seller_reads_why_but_not_how_colleagues_stand(cast, as_, assigned):
    page = as_(cast.rosa, htmx=True).get(f"/assignment/why/lead/{assigned.pk}").content.decode()

    assert "It was the turn of Rosa Ibarra." in page
    assert "Otto Brandt" not in page.split("<section>", 2)[-1]
    assert "candidates" not in page


def test_of_a_lead_one_does_not_see_there_is_no_why(cast, as_, assigned):
    assert as_(cast.otto).get(f"/assignment/why/lead/{assigned.pk}").status_code == 404
    assert as_(cast.lena).get("/assignment/why/shoe/1").status_code == 404


def test_a_manager_reads_of_the_own_team_only(cast, as_, assigned):
    page = as_(cast.mira, htmx=True).get(f"/assignment/why/lead/{assigned.pk}").content.decode()

    assert "1 more is beyond your reach." in page


def test_given_by_hand_it_says_by_whom(cast, make, by, as_):
    lead = assign_lead(make.lead(), owner=cast.rosa, by=by(cast.lena))

    page = as_(cast.rosa, htmx=True).get(f"/assignment/why/lead/{lead.pk}").content.decode()

    assert "Lena Sari gave it to Rosa Ibarra by hand." in page


def test_a_rehearsal_tells_and_writes_nothing(cast, make, by, as_, floor):
    rule = actions.add_rule("lead", name="Draft", people=[cast.rosa.pk, cast.otto.pk], by=floor.by)
    for _number in range(4):
        make.lead(cast.rosa)
    before = list(Lead.objects.values_list("pk", "owner", "version").order_by("pk"))
    day = now().date().isoformat()

    page = as_(cast.lena).get(f"/assignment/rehearse?rule={rule.pk}&first={day}&last={day}").content.decode()

    assert "Who would have got how many" in page
    assert "−2" in page or "-2" in page
    assert list(Lead.objects.values_list("pk", "owner", "version").order_by("pk")) == before
    assert not Given.objects.exists()
    assert as_(cast.mira).get("/assignment/rehearse").status_code == 403


def test_fairness_counts_by_rule_and_opens_the_leads(cast, as_, assigned):
    page = as_(cast.lena).get("/assignment/fairness").content.decode()

    assert "Rosa Ibarra" in page
    assert "assigned_at" in page
    link = page.split('href="/leads/?where=')[1].split('"')[0]
    assert "Nets &amp; Co" in as_(cast.lena).get("/leads/?where=" + link).content.decode()
    assert "The last day is before the first" in (
        as_(cast.lena).get("/assignment/fairness?first=2026-02-01&last=2026-01-01").content.decode()
    )


def test_by_rules_for_chosen_leads_with_preview_and_undo(cast, make, by, as_, floor, settle):
    floor.rule()
    ids = [make.lead().pk for _number in range(4)]
    browser = as_(cast.lena)

    preview = browser.post("/leads/bulk/by_rules", {"step": "preview", "ids": ids})
    assert preview.status_code == 200
    assert not Given.objects.exists()
    browser.post("/leads/bulk/by_rules", {"step": "start", "ids": ids})
    settle()

    got = list(Lead.objects.filter(pk__in=ids).values_list("owner", flat=True))
    assert sorted((got.count(cast.rosa.pk), got.count(cast.otto.pk))) == [2, 2]
    undo_change_set(ChangeSet.objects.get(), by=by(cast.lena))
    settle()
    assert not Lead.objects.filter(pk__in=ids).exclude(owner=None).exists()


def test_the_api_does_all_of_it(cast, make, program):
    lena = program(cast.lena)

    assert lena.patch("assignment", {"overflow": cast.lena.pk}).json()["overflow"]["name"] == "Lena Sari"
    made = lena.post("assignment-rules", {"name": "All", "people": [cast.rosa.pk], "speaks": False})
    rule = made.json()
    assert (made.status_code, rule["is_on"]) == (201, False)
    assert rule["in_words"] == "All leads → Rosa Ibarra; in turn, by share"
    assert lena.patch(f"assignment-rules/{rule['id']}", {"is_on": True}).json()["is_on"]
    lead = make.lead()
    told = lena.post("assignment/rehearse", {}).json()
    assert (told["total"], told["people"][0]["would"]) == (1, 1)
    assert lena.post(f"leads/{lead.pk}/assign-by-rules").json()["owner"]["id"] == cast.rosa.pk
    why = lena.get(f"leads/{lead.pk}/assignment").json()
    assert (why["how"], why["rule"], why["candidates"][0]["got_it"]) == ("turn", "All", True)
    fair = lena.get("assignment/fairness").json()
    assert (fair["total"], fair["people"][0]["by_rule"]) == (1, {"All": 1})
    refused = lena.post("assignment-rules", {"name": "All", "people": "everybody"})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "people")
