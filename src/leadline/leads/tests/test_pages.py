"""The report of all leads, the lead's page, the queue, the settings (LEA-1, LEA-5, LEA-8)."""

from datetime import timedelta

import pytest

from leadline.core.clock import now
from leadline.leads import actions
from leadline.leads.actions.side import follow
from leadline.leads.listing import READY
from leadline.leads.models import Lead, Stage
from leadline.timeline.models import Activity


def star(make, lead):
    return actions.star_lead(lead, until=now() + timedelta(hours=8), by=make.by)


def test_the_report_shows_what_one_may_see(cast, make, as_):
    make.lead(cast.rosa, name="Budi Santoso")
    make.lead(cast.otto, name="Qothery")

    mine = as_(cast.rosa).get("/leads/").content.decode()
    every = as_(cast.lena).get("/leads/").content.decode()

    assert "Budi Santoso" in mine
    assert "Qothery" not in mine
    assert "Budi Santoso" in every
    assert "Qothery" in every


@pytest.mark.parametrize("view", [each.key for each in READY])
def test_each_ready_made_view_opens_and_counts(cast, make, as_, view):
    make.lead(cast.rosa)

    page = as_(cast.lena).get("/leads/", {"view": view})

    assert page.status_code == 200
    assert 'aria-current="page"' in page.content.decode()
    assert "There is no" not in page.content.decode()


def test_the_ready_made_views_show_what_they_say(cast, make, as_, by):
    make.lead(name="Alone Lead")
    make.lead(cast.rosa, name="Owned Lead")
    star(make, make.lead(cast.rosa, name="Star Lead"))
    due = make.lead(cast.rosa, name="Due Lead")
    Lead.objects.filter(pk=due.pk).update(callback_at=now() - timedelta(minutes=1))
    follow([due.pk])
    closed = make.lead(cast.rosa, name="Closed Lead")
    actions.disqualify_lead(closed, reason=_reason(), by=by(cast.rosa))
    browser = as_(cast.rosa)
    lena = as_(cast.lena)
    shown = lambda who, view: {  # noqa: E731
        name
        for name in ("Alone", "Owned", "Star", "Due", "Closed")
        if f"{name} Lead" in who.get("/leads/", {"view": view}).content.decode()
    }

    assert shown(lena, "unassigned") == {"Alone"}
    assert shown(lena, "new-today") == {"Alone", "Owned", "Star", "Due"}
    assert shown(browser, "mine") == {"Owned", "Star", "Due"}
    assert shown(browser, "starred") == {"Star"}
    assert shown(browser, "callbacks-due") == {"Due"}
    assert shown(browser, "closed") == {"Closed"}


def test_a_page_of_the_list_asks_a_fixed_number_of_queries(cast, make, as_, django_assert_max_num_queries):
    for _number in range(12):
        make.lead(cast.rosa)
    browser = as_(cast.lena)
    browser.get("/leads/")
    with django_assert_max_num_queries(6):
        browser.get("/leads/")


def test_the_page_of_a_lead(cast, make, as_):
    lead = make.lead(cast.rosa, name="Budi", phone="+81312345678", company="Kopi & Co")

    page = as_(cast.rosa).get(f"/leads/{lead.pk}/").content.decode()

    assert "Kopi &amp; Co" in page
    assert "there</strong>" in page
    assert as_(cast.otto).get(f"/leads/{lead.pk}/").status_code == 404
    assert as_(cast.rosa).get(f"/leads/{lead.pk}/history").status_code == 200


def test_a_lead_without_a_zone_says_so(cast, make, as_):
    page = as_(cast.rosa).get(f"/leads/{make.lead(cast.rosa).pk}/").content.decode()

    assert "Time zone unknown" in page


def test_adding_and_editing_in_the_browser(cast, as_):
    browser = as_(cast.rosa)

    refused = browser.post("/leads/add", {"name": "Budi", "desk": "conversion"})
    assert refused.status_code == 422
    assert "Give an e-mail or a phone number." in refused.content.decode()
    added = browser.post("/leads/add", {"name": "Budi", "email": "b@example.com", "desk": "conversion"})
    lead = Lead.objects.get()
    assert added["Location"] == f"/leads/{lead.pk}/"

    form = {"name": "Budi S.", "email": "b@example.com", "desk": "retention", "version": lead.version}
    assert browser.post(f"/leads/{lead.pk}/edit", form).status_code == 302
    lead.refresh_from_db()
    assert (lead.name, lead.desk) == ("Budi S.", "retention")


def test_the_verbs_in_the_browser(cast, make, as_):
    lead = make.lead(cast.rosa)
    browser = as_(cast.mira)

    assert browser.post(f"/leads/{lead.pk}/star", {"until": _local(8)}).status_code == 302
    assert browser.post(f"/leads/{lead.pk}/stage", {"stage": _stage("qualified")}).status_code == 302
    assert browser.post(f"/leads/{lead.pk}/tag", {"add": "fair"}).status_code == 302
    assert browser.post(f"/leads/{lead.pk}/assign", {"owner": cast.mira.pk}).status_code == 302
    lead.refresh_from_db()
    assert (lead.is_starred, lead.stage.key, lead.tags, lead.owner) == (
        True,
        "qualified",
        ["fair"],
        cast.mira,
    )
    assert browser.post(f"/leads/{lead.pk}/unstar").status_code == 302
    assert browser.post(f"/leads/{lead.pk}/disqualify", {"reason": _reason().pk}).status_code == 302
    assert browser.post(f"/leads/{lead.pk}/reopen").status_code == 302
    assert browser.post(f"/leads/{lead.pk}/archive").status_code == 302
    assert browser.post(f"/leads/{lead.pk}/restore").status_code == 302


def test_who_was_assigned_meanwhile_is_told_in_the_dialog(cast, make, as_, by):
    lead, seen_at = make.lead(), now().isoformat()
    actions.assign_lead(lead, owner=cast.otto, by=by(cast.ada))

    refused = as_(cast.lena, htmx=True).post(
        f"/leads/{lead.pk}/assign", {"owner": cast.rosa.pk, "seen_at": seen_at}
    )

    assert refused.status_code == 422
    assert "assigned to Otto Brandt in the meantime" in refused.content.decode()


def test_one_press_in_the_queue_opens_the_next_lead(cast, make, as_):
    first = star(make, make.lead(cast.rosa, name="First Lead", time_zone="UTC"))
    star(make, make.lead(cast.rosa, name="Second Lead", time_zone="UTC"))
    browser = as_(cast.rosa, htmx=True)
    assert "First Lead" in browser.get("/leads/queue").content.decode()

    answer = browser.post(f"/leads/{first.pk}/work", {"outcome": "no_answer", "from": "queue"})

    assert "Second Lead" in answer.content.decode()
    assert "First Lead: callback" in answer["HX-Trigger"]
    assert Activity.objects.get(lead_id=first.pk).outcome == "no_answer"


def test_a_refusal_in_the_queue_keeps_the_lead_and_what_was_typed(cast, make, as_):
    lead = star(make, make.lead(cast.rosa, name="First Lead"))
    browser = as_(cast.rosa, htmx=True)
    sent = {"outcome": "no_answer", "from": "queue", "callback_at": "2001-01-01T10:00", "notes": "Busy line"}

    refused = browser.post(f"/leads/{lead.pk}/work", sent)

    assert refused.status_code == 422
    assert "First Lead" in refused.content.decode()
    assert "Busy line" in refused.content.decode()
    assert "within a year" in refused.content.decode()


def test_what_was_put_off_comes_again_when_all_else_is_done(cast, make, as_):
    first = star(make, make.lead(cast.rosa, name="First Lead", time_zone="UTC"))
    second = star(make, make.lead(cast.rosa, name="Second Lead", time_zone="UTC"))
    browser = as_(cast.rosa)

    assert "Second Lead" in browser.get("/leads/queue", {"skip": first.pk}).content.decode()
    assert "First Lead" in browser.get("/leads/queue", {"skip": f"{first.pk},{second.pk}"}).content.decode()


def test_an_empty_queue_says_how_it_fills(cast, as_):
    assert "Nothing waits" in as_(cast.rosa).get("/leads/queue").content.decode()
    assert as_(cast.aud).get("/leads/queue").status_code == 403


def test_activities_are_logged_corrected_and_taken_off(cast, make, as_):
    lead = make.lead(cast.rosa)
    browser = as_(cast.rosa)
    browser.post(f"/leads/{lead.pk}/activities/log", {"kind": "email", "title": "Sent the brochure"})
    logged = Activity.objects.get(lead_id=lead.pk)

    address = f"/leads/{lead.pk}/activities/{logged.pk}"
    browser.post(f"{address}/edit", {"kind": "email", "title": "Sent the price list", "version": 1})
    assert Activity.objects.get(pk=logged.pk).title == "Sent the price list"
    assert as_(cast.otto).post(f"{address}/archive").status_code == 404
    assert browser.post(f"{address}/archive").status_code == 302
    assert not Activity.objects.current().filter(lead_id=lead.pk).exists()


def test_settings_of_leads(cast, as_):
    browser = as_(cast.ada)

    assert "Follow-up" in browser.get("/settings/leads").content.decode()
    browser.post("/settings/lead-lists/stages/add", {"name": "Warm"})
    warm = Stage.objects.get(name="Warm")
    browser.post(f"/settings/lead-lists/stages/{warm.pk}", {"name": "Lukewarm"})
    browser.post(f"/settings/lead-lists/stages/{warm.pk}/move", {"to": 1})
    browser.post("/settings/leads/hours", {"begins": "08:00", "ends": "18:00", "days": ["1", "2"]})
    assert Stage.objects.in_use().first().name == "Lukewarm"
    assert browser.post("/settings/leads/hours", {"begins": "08:00", "ends": "18:00"}).status_code == 422
    assert as_(cast.lena).get("/settings/leads").status_code == 403


def test_many_are_spread_in_the_browser_and_undone(cast, make, as_, settle):
    from leadline.core.changesets import ChangeSet, undo_change_set

    for _number in range(4):
        make.lead()
    sent = {"all": "1", "step": "start", "among": [cast.rosa.pk, cast.otto.pk]}

    assert as_(cast.lena, htmx=True).post("/leads/bulk/spread", sent).status_code == 200
    settle()
    assert (
        sorted(Lead.objects.values_list("owner__name", flat=True))
        == ["Otto Brandt"] * 2 + ["Rosa Ibarra"] * 2
    )

    undo_change_set(ChangeSet.objects.latest("pk"), by=make.by)
    settle()
    assert set(Lead.objects.values_list("owner", "pulse__owner_id")) == {(None, None)}


@pytest.mark.parametrize(
    ("verb", "answers"),
    [
        ("star", {"until": "2099-01-01T10:00"}),
        ("stage", {"stage": "qualified"}),
        ("disqualify", {"reason": "no_budget"}),
        ("tag", {"add": "fair"}),
        ("assign", {"owner": "rosa"}),
        ("archive", {}),
    ],
)
def test_each_verb_for_many_is_previewed(cast, make, as_, verb, answers):
    make.lead(cast.rosa), make.lead(cast.otto)
    known = {"qualified": _stage("qualified"), "no_budget": _reason().pk, "rosa": cast.rosa.pk}
    known["2099-01-01T10:00"] = _local(8)
    sent = {name: known.get(value, value) for name, value in answers.items()}

    page = as_(cast.ada, htmx=True).post(f"/leads/bulk/{verb}", {"all": "1", "step": "preview", **sent})

    assert page.status_code == 200, page.content.decode()
    assert "Change 2" in page.content.decode() or "Change 1" in page.content.decode()


def test_search_and_palette_find_leads(cast, make, as_):
    make.lead(cast.rosa, name="Budi Santoso", phone="+6281234567890")

    assert "Budi Santoso" in as_(cast.rosa).get("/leads/", {"q": "345678"}).content.decode()
    assert "Budi Santoso" in as_(cast.rosa, htmx=True).get("/palette", {"q": "santo"}).content.decode()
    assert "Budi Santoso" not in as_(cast.otto, htmx=True).get("/palette", {"q": "santo"}).content.decode()


def _local(hours):
    from django.utils import timezone

    return timezone.localtime(now() + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M")


def _stage(key):
    return Stage.objects.get(key=key).pk


def _reason():
    from leadline.leads.models import Reason

    return Reason.objects.get(key="no_budget")
