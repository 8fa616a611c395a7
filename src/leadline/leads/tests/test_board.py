"""The board of leads: what it shows, and how leads move on it (LEA-4, WSP-3)."""

import json
import re
from datetime import timedelta

import pytest

from leadline.core.clock import now
from leadline.core.refusals import RuleBroken
from leadline.leads import actions
from leadline.leads.actions.side import follow
from leadline.leads.boards import ASKS
from leadline.leads.models import Lead, Reason, Stage
from leadline.people.models import User


@pytest.fixture
def stages(db) -> dict[str, Stage]:
    """Key → stage."""
    return {stage.key: stage for stage in Stage.objects.all()}


def move(browser, lead, to, seen, **more):
    return browser.post(
        "/leads/board/move", {"card": lead.pk, "to": to.pk, "seen": seen.pk, "dragged": "1", **more}
    )


def pile(page, stage):
    return page.partition(f'data-pile="{stage.pk}"')[2].partition("</ul>")[0]


def test_each_lead_stands_in_its_stage_with_honest_totals(cast, make, as_, by, stages):
    for name in ("Ayu", "Budi"):
        make.lead(cast.rosa, name=name)
    moved = make.lead(cast.rosa, name="Citra")
    actions.set_stage_of(moved, stage=stages["contacting"], by=by(cast.rosa))
    make.lead(cast.otto, name="Qothery")

    page = as_(cast.rosa).get("/leads/board/").content.decode()

    heads = {
        key: page.partition(f'id="head-{stage.pk}"')[2].partition("</header>")[0]
        for key, stage in stages.items()
    }
    assert '<span class="badge">2</span>' in heads["assigned"]
    assert '<span class="badge">1</span>' in heads["contacting"]
    assert "Citra" in pile(page, stages["contacting"])
    assert "Qothery" not in page


def test_a_board_asks_a_fixed_number_of_queries(cast, make, as_, django_assert_max_num_queries):
    for _number in range(12):
        make.lead(cast.rosa)
    browser = as_(cast.lena)
    browser.get("/leads/board/")
    with django_assert_max_num_queries(7):
        browser.get("/leads/board/")


def test_a_lead_is_moved_and_the_board_is_the_answer(cast, make, as_, stages):
    lead = make.lead(cast.rosa, name="Ayu")

    answer = move(as_(cast.rosa, htmx=True), lead, stages["follow_up"], stages["assigned"])

    assert answer.status_code == 200
    assert "Moved to Follow-up." in answer["HX-Trigger"]
    assert "Ayu" in pile(answer.content.decode(), stages["follow_up"])
    assert Lead.objects.get(pk=lead.pk).stage.key == "follow_up"


def test_what_somebody_moved_meanwhile_is_not_moved_and_that_is_told(cast, make, as_, by, stages):
    lead = make.lead(cast.rosa, name="Ayu")
    actions.set_stage_of(lead, stage=stages["qualified"], by=by(cast.mira))

    answer = move(as_(cast.rosa, htmx=True), lead, stages["follow_up"], stages["assigned"])

    assert answer.status_code == 422
    assert "Mira Okafor moved Ayu to Qualified in the meantime" in answer.content.decode()
    assert Lead.objects.get(pk=lead.pk).stage.key == "qualified"


def test_other_changes_do_not_stand_in_the_way_of_a_move(cast, make, as_, by, stages):
    lead = make.lead(cast.rosa, name="Ayu")
    actions.edit_lead(lead, campaign="Fair", by=by(cast.mira))

    assert move(as_(cast.rosa, htmx=True), lead, stages["follow_up"], stages["assigned"]).status_code == 200


def test_closing_asks_why_and_converting_asks_what_becomes_of_it(cast, make, by, stages):
    lead = make.lead(cast.rosa)
    with pytest.raises(RuleBroken, match="Say why"):
        actions.move_lead(lead, to=stages["disqualified"], seen=stages["assigned"], by=by(cast.rosa))
    with pytest.raises(RuleBroken, match="what becomes of it"):
        actions.move_lead(lead, to=stages["converted"], seen=stages["assigned"], by=by(cast.rosa))


def test_a_closed_lead_is_opened_by_moving_it_back(cast, make, by, stages):
    lead = make.lead(cast.rosa)
    actions.disqualify_lead(lead, reason=Reason.objects.get(key="other"), by=by(cast.rosa))

    moved = actions.move_lead(lead, to=stages["contacting"], seen=stages["disqualified"], by=by(cast.rosa))

    assert (moved.stage.key, moved.reason) == ("contacting", None)


@pytest.mark.parametrize("card", ["0", "x", "", "99999999999999999999", "-1"])
def test_a_card_that_is_none_is_not_found(cast, as_, stages, card):
    sent = {"card": card, "to": stages["new"].pk, "seen": stages["assigned"].pk}
    assert as_(cast.rosa, htmx=True).post("/leads/board/move", sent).status_code == 404


def test_who_does_not_see_a_lead_does_not_move_it(cast, make, as_, stages):
    lead = make.lead(cast.otto)

    assert move(as_(cast.rosa, htmx=True), lead, stages["new"], stages["assigned"]).status_code == 404
    assert as_(cast.rosa).get("/leads/board/move", {"card": lead.pk}).status_code == 404


def test_who_only_reads_is_refused_in_words(cast, make, as_, stages):
    lead = make.lead(cast.rosa)
    answer = move(as_(cast.aud, htmx=True), lead, stages["new"], stages["assigned"])

    assert answer.status_code == 422
    assert "Your role does not allow this" in answer.content.decode()
    assert "board-move" not in as_(cast.aud).get("/leads/board/").content.decode()


def test_without_script_a_form_moves(cast, make, as_, stages):
    lead = make.lead(cast.rosa, name="Ayu")
    browser = as_(cast.rosa)

    asked = browser.get("/leads/board/move", {"card": lead.pk}).content.decode()
    assert "Stands in Assigned." in asked
    assert f'href="/leads/{lead.pk}/disqualify"' in asked
    assert f'href="/leads/{lead.pk}/convert"' in asked

    sent = {"card": lead.pk, "to": stages["qualified"].pk, "seen": stages["assigned"].pk}
    answer = browser.post("/leads/board/move", sent)
    assert (answer.status_code, answer["Location"]) == (302, "/leads/board/")
    refused = browser.post("/leads/board/move", sent)
    assert refused.status_code == 422
    assert "in the meantime" in refused.content.decode()


def test_a_live_board_answers_only_when_something_changed(cast, make, as_, by, stages):
    lead = make.lead(cast.rosa)
    browser = as_(cast.rosa, htmx=True)
    page = browser.get("/leads/board/").content.decode()
    seen = page.partition("seen=")[2].partition('"')[0]
    ask = lambda: browser.get("/leads/board/state", {"seen": seen}).status_code  # noqa: E731

    assert ask() == 204
    actions.set_stage_of(lead, stage=stages["contacting"], by=by(cast.mira))
    assert ask() == 200


def test_filter_search_and_views_are_those_of_the_list(cast, make, as_):
    make.lead(cast.rosa, name="Ayu", country="ID")
    make.lead(cast.rosa, name="Bruno", country="DE")
    where = json.dumps({"field": "country", "op": "equals", "value": "DE"})
    browser = as_(cast.rosa)

    page = browser.get("/leads/board/", {"where": where}).content.decode()
    assert ("Bruno" in page, "Ayu" in page) == (True, False)
    assert "/leads/?where=" in page
    assert "Bruno" in browser.get("/leads/board/", {"q": "bruno"}).content.decode()
    assert browser.get("/leads/board/", {"view": "mine"}).status_code == 200
    saved = browser.post(
        "/leads/board/views/save",
        {"name": "Germans", "visibility": "private", "where": where},
    )
    assert saved.status_code == 302
    assert saved["Location"].startswith("/leads/board/?view=")


def test_lanes_part_the_board_and_count(cast, make, as_):
    make.lead(cast.rosa, name="Ayu")
    make.lead(cast.otto, name="Bruno")
    make.lead(name="Citra")

    page = as_(cast.lena).get("/leads/board/", {"lanes": "owner"}).content.decode()

    lanes = [part.partition("<span")[0].strip() for part in page.split('class="lane-head"')[1:]]
    lanes = [lane.partition(">")[2].strip() for lane in lanes]
    assert lanes == ["Otto Brandt", "Rosa Ibarra", "Without: Owner"]
    assert "Lanes: Owner" in page
    assert as_(cast.lena).get("/leads/board/", {"lanes": "phone"}).status_code == 200


def test_the_fullest_lanes_are_shown_those_without_last(cast, make, as_):
    people = User.objects.bulk_create(
        User(email=f"p{number}@example.com", name=f"Person {number:02}") for number in range(31)
    )
    for person in [*people, people[30], None, None, None]:
        Lead.objects.filter(pk=make.lead().pk).update(owner=person)

    page = as_(cast.lena).get("/leads/board/", {"lanes": "owner"}).content.decode()

    lanes = re.findall(r'class="lane-head" id="[^"]*">([^<]*) <span class="badge">(\d+)<', page)
    assert lanes == [("Person 30", "2"), *((f"Person {number:02}", "1") for number in range(29))]
    assert page.count('class="board-card"') == 31
    assert "2 more lanes" in page  # the last person's, and those without


def test_each_column_of_a_lane_says_how_it_stands(cast, make, as_, by, stages):
    actions.change_stage(stages["assigned"], name="Assigned & <new>", most=11, by=by(cast.ada))
    for _number in range(12):
        make.lead(cast.rosa)

    page = as_(cast.lena).get("/leads/board/", {"lanes": "owner"}).content.decode()

    lane = page.partition(f'data-lane="{cast.rosa.pk}"')[2]
    sections = {
        key: next(part for part in lane.split("<section") if f'data-pile="{stage.pk}"' in part)
        for key, stage in stages.items()
    }
    assert 'class="pile over" aria-label="Assigned &amp; &lt;new&gt;"' in sections["assigned"]
    assert f'id="pile-{stages["assigned"].pk}-{cast.rosa.pk}"' in sections["assigned"]
    assert sections["assigned"].count('class="board-card"') == 10
    assert ">2 more</p>" in sections["assigned"]
    assert all("more</p>" not in sections[key] for key in stages if key != "assigned")
    shut = {key for key in stages if 'class="pile shut"' in sections[key]}
    assert shut == {key for key, stage in stages.items() if not stage.is_open}
    asking = {key for key in stages if 'data-asks="/leads/0/' in sections[key]}
    assert asking == {key for key, stage in stages.items() if stage.kind in ASKS}


def test_more_cards_on_demand(cast, make, as_, stages):
    for number in range(30):
        make.lead(cast.rosa, name=f"Lead {number:02}")
    browser = as_(cast.rosa)

    first = browser.get("/leads/board/").content.decode()
    more = f"more={stages['assigned'].pk}:50"
    assert first.count('class="board-card"') == 25
    assert more in first
    assert browser.get(f"/leads/board/?{more}").content.decode().count('class="board-card"') == 30


def test_a_limit_is_told_when_more_stand_in_a_stage(cast, make, as_, by, stages):
    actions.change_stage(stages["assigned"], name="Assigned", most=1, by=by(cast.ada))
    for _number in range(2):
        make.lead(cast.rosa)

    assert "over the limit of 1" in as_(cast.rosa).get("/leads/board/").content.decode()


def test_closed_stages_are_folded_until_somebody_opens_them(cast, make, as_, by, stages):
    lead = make.lead(cast.rosa, name="Ayu")
    actions.disqualify_lead(lead, reason=Reason.objects.get(key="other"), by=by(cast.rosa))
    browser = as_(cast.rosa)

    assert "Ayu" not in browser.get("/leads/board/").content.decode()
    assert "Ayu" in browser.get("/leads/board/", {"open": stages["disqualified"].pk}).content.decode()


def test_a_card_says_what_matters(cast, make, as_):
    lead = make.lead(cast.rosa, name="<b>Ayu", company="Kopi & Co", time_zone="Asia/Tokyo")
    actions.star_lead(lead, until=now() + timedelta(hours=2), by=make.by)
    Lead.objects.filter(pk=lead.pk).update(callback_at=now() - timedelta(minutes=1))
    follow([lead.pk])

    page = as_(cast.rosa).get("/leads/board/").content.decode()

    assert "&lt;b&gt;Ayu" in page
    for told in ("Kopi &amp; Co", "Starred", "Callback due", "there</span>", "Rosa Ibarra", "1 min"):
        assert told in page


def test_an_exact_count_is_given_when_asked(cast, make, as_, stages):
    make.lead(cast.rosa)
    answer = as_(cast.lena).get("/leads/board/count", {"column": stages["assigned"].pk})

    assert answer.content.decode().strip() == '<span class="badge">1</span>'


def test_programs_read_the_same_board(cast, make, program, by, stages):
    moved = make.lead(cast.rosa, name="Ayu")
    actions.set_stage_of(moved, stage=stages["contacting"], by=by(cast.rosa))
    make.lead(cast.otto, name="Qothery")

    board = program(cast.rosa).get("leads/board", {"fields": "name,stage", "limit": 5}).json()

    told = {column["name"]: column for column in board["columns"]}
    assert [name for name in told][:2] == ["New", "Assigned"]
    assert told["Contacting"]["count"] == {"value": 1, "exact": True}
    assert told["Contacting"]["data"][0]["name"] == "Ayu"
    assert told["Contacting"]["data"][0]["stage"]["name"] == "Contacting"
    assert sum(column["count"]["value"] for column in board["columns"]) == 1
    assert program(cast.rosa).get("leads/board", {"lanes": "owner"}).status_code == 422


def test_programs_limit_a_stage(cast, program, stages):
    patch = lambda body: program(cast.ada).patch(f"lead-stages/{stages['new'].pk}", body)  # noqa: E731

    assert patch({"most": 20}).json()["most"] == 20
    assert patch({"most": 0}).status_code == 422
    assert patch({"most": None}).json()["most"] is None
