"""Lanes of the board of leads: whoever may change the field brings cards from one to another (WSP-3)."""

import json

import pytest

from leadline.assignment.models import Given
from leadline.leads import actions
from leadline.leads.models import Lead, Reason, Stage


@pytest.fixture
def stages(db) -> dict[str, Stage]:
    """Key → stage."""
    return {stage.key: stage for stage in Stage.objects.all()}


def move(browser, lead, seen, lanes, *, lane, lane_seen, to=None):
    sent = {"card": lead.pk, "seen": seen.pk, "to": (to or seen).pk, "lane": lane, "lane_seen": lane_seen}
    return browser.post(f"/leads/board/move?lanes={lanes}", {**sent, "dragged": "1"})


def test_another_owners_lane_assigns_by_the_rules_of_assignment(cast, make, as_, stages):
    lead = make.lead(cast.rosa, name="Ayu")
    browser = as_(cast.lena, htmx=True)

    answer = move(browser, lead, stages["assigned"], "owner", lane=cast.otto.pk, lane_seen=cast.rosa.pk)

    assert answer.status_code == 200
    assert json.loads(answer["HX-Trigger"])["toast"]["message"] == "Owner changed."
    lead.refresh_from_db()
    assert (lead.owner, lead.team) == (cast.otto, cast.south)
    assert Given.objects.filter(kind="lead", record_id=lead.pk).exists()  # what the action keeps, by any door


def test_who_may_not_assign_is_refused_in_words_and_nothing_moves(cast, make, as_, stages):
    lead = make.lead(cast.mira, name="Ayu")
    Lead.objects.filter(pk=lead.pk).update(owner=cast.mira, team=cast.north)

    answer = move(
        as_(cast.mira, htmx=True), lead, stages["assigned"], "owner",
        lane=cast.otto.pk, lane_seen=cast.mira.pk, to=stages["qualified"],
    )  # fmt: skip

    assert answer.status_code == 422
    assert "people of your own teams only" in answer.content.decode()
    lead.refresh_from_db()
    assert (lead.owner, lead.stage.key) == (cast.mira, "assigned")  # all of the step, or nothing


def test_other_lanes_edit_their_field(cast, make, as_, stages):
    lead = make.lead(cast.rosa, name="Ayu", country="ID", source="Fair")
    browser = as_(cast.rosa, htmx=True)

    assert move(browser, lead, stages["assigned"], "country", lane="DE", lane_seen="ID").status_code == 200
    both = move(
        browser, lead, stages["assigned"], "source", lane="", lane_seen="Fair", to=stages["qualified"]
    )

    toast = json.loads(both["HX-Trigger"])["toast"]
    assert toast["message"] == "Moved to Qualified. Source changed."
    lead.refresh_from_db()
    assert (lead.country, lead.source, lead.stage.key) == ("DE", "", "qualified")
    undone = browser.post(toast["url"], toast["values"])
    assert undone.status_code == 200
    lead.refresh_from_db()
    assert (lead.source, lead.stage.key) == ("Fair", "assigned")


@pytest.mark.parametrize(
    ("lanes", "lane", "told"),
    [
        ("team", "1", "The team is the owner&#39;s"),
        ("starred", "True", "A star is given on the lead&#39;s page"),
        ("desk", "", "Desk"),
        ("desk", "nonsense", "nonsense"),
        ("country", "Atlantis", "Atlantis"),
        ("owner", "nobody", "Choose somebody who works here."),
        ("owner", "999999999", "Choose somebody who works here."),
    ],
)
def test_what_can_not_be_is_refused_in_words(cast, make, as_, stages, lanes, lane, told):
    lead = make.lead(cast.rosa)
    seen = {"team": cast.north.pk, "starred": "", "desk": lead.desk, "owner": cast.rosa.pk}.get(lanes, "")

    answer = move(as_(cast.lena, htmx=True), lead, stages["assigned"], lanes, lane=lane, lane_seen=seen)

    assert answer.status_code == 422
    assert told in answer.content.decode().partition('role="alert"')[2].partition("</div></div>")[0]


def test_lanes_that_nobody_changes_by_hand_say_so(cast, make, as_):
    make.lead(cast.rosa)
    browser = as_(cast.rosa)

    assert "Cards stay in their lanes here." in browser.get("/leads/board/?lanes=team").content.decode()
    assert "Cards stay in their lanes here." not in browser.get("/leads/board/?lanes=owner").content.decode()


def test_what_somebody_changed_meanwhile_is_not_overruled(cast, make, as_, by, stages):
    lead = make.lead(cast.rosa, name="Ayu")
    actions.assign_lead(lead, owner=cast.otto, by=by(cast.lena))

    answer = move(
        as_(cast.lena, htmx=True),
        lead,
        stages["assigned"],
        "owner",
        lane=cast.mira.pk,
        lane_seen=cast.rosa.pk,
    )

    assert answer.status_code == 422
    assert "Somebody else changed Ayu in the meantime" in answer.content.decode()
    assert Lead.objects.get(pk=lead.pk).owner == cast.otto


def test_the_dialog_offers_lanes_and_works_without_script(cast, make, as_, stages):
    lead = make.lead(cast.rosa, name="Ayu")
    make.lead(cast.otto, name="Bruno")
    browser = as_(cast.lena)

    asked = browser.get(f"/leads/board/move?lanes=owner&card={lead.pk}").content.decode()
    assert "Lane: Owner" in asked
    assert f'name="lane" value="{cast.otto.pk}"' in asked
    assert f'name="lane" value="{cast.rosa.pk}"' not in asked
    assert f'href="/leads/{lead.pk}/assign"' in asked

    sent = {"card": lead.pk, "seen": stages["assigned"].pk, "lane": cast.otto.pk, "lane_seen": cast.rosa.pk}
    answer = browser.post("/leads/board/move?lanes=owner", sent)
    assert (answer.status_code, answer["Location"]) == (302, "/leads/board/?lanes=owner")
    assert Lead.objects.get(pk=lead.pk).owner == cast.otto


def test_a_way_back_that_asks_something_is_not_offered(cast, make, as_, by, stages):
    lead = make.lead(cast.rosa, name="Ayu")
    actions.disqualify_lead(lead, reason=Reason.objects.get(key="other"), by=by(cast.rosa))
    sent = {"card": lead.pk, "seen": stages["disqualified"].pk, "to": stages["contacting"].pk, "dragged": "1"}

    answer = as_(cast.rosa, htmx=True).post("/leads/board/move", sent)

    assert json.loads(answer["HX-Trigger"])["toast"] == {"message": "Moved to Contacting."}


def test_programs_bring_leads_into_lanes_by_the_same_actions(cast, make, program):
    lead = make.lead(cast.rosa, country="ID")

    lena = program(cast.lena)
    assert lena.send("post", f"leads/{lead.pk}/assign", {"owner": cast.otto.pk}).status_code == 200
    assert lena.patch(f"leads/{lead.pk}", {"country": "DE"}).status_code == 200
    lead.refresh_from_db()
    assert (lead.owner, lead.country) == (cast.otto, "DE")
