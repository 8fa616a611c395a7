"""The page for visitors: it makes leads, holds spam back, and gives nothing away (LEA-2)."""

from datetime import timedelta

import pytest
from django.test import Client

from leadline.core.clock import now
from leadline.governance.models import Consent
from leadline.leads.models import Lead
from leadline.timeline.models import Activity, Notification
from leadline.webforms import actions
from leadline.webforms.models import Day, Submission
from leadline.webforms.stamps import stamp_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor():
    return Client(headers={"Accept-Language": "en"}, enforce_csrf_checks=True)


def html(response):
    return response.content.decode()


def test_a_visitor_fills_the_form_and_becomes_a_lead(web_form, filled, visitor):
    shown = visitor.get(f"/f/{web_form.key}")

    sent = visitor.post(
        f"/f/{web_form.key}", filled(web_form, phone="+62 812 555 0101", description="**Call** me")
    )

    assert "Write to us" in html(shown)
    assert not shown.cookies, "a visitor carries no cookie away"
    assert not sent.cookies
    assert sent.status_code == 200
    assert "We call you." in html(sent)
    lead = Lead.objects.get(email="tess@example.com")
    assert (lead.name, lead.source, lead.campaign, lead.tags) == ("Tess Vega", "Web form", "Spring", ["site"])
    submission = Submission.objects.get()
    assert (submission.state, submission.lead_id) == ("taken", lead.pk)
    told = Activity.objects.get(lead_id=lead.pk)
    assert "\\*\\*Call\\*\\* me" in told.description, "what a stranger wrote is no Markdown"
    day = Day.objects.get()
    assert (day.views, day.sent, day.held) == (1, 1, 0)


def test_the_same_person_again_is_the_same_lead_and_overwrites_nothing(
    web_form, filled, visitor, settle, cast, make
):
    lead = make.lead(cast.rosa, name="Tess", email="tess@example.com", phone="", company="")

    sent = visitor.post(f"/f/{web_form.key}", filled(web_form, name="Mallory", phone="+628125550101"))
    settle()

    lead.refresh_from_db()
    assert "We call you." in html(sent), "nothing tells whether the person was known"
    assert Lead.objects.count() == 1
    assert (lead.name, lead.phone, lead.owner) == ("Tess", "+628125550101", cast.rosa)
    assert lead.campaign == ""
    assert Notification.objects.filter(user=cast.rosa, text__contains="wrote again").exists()


def test_what_is_missing_is_named_and_what_was_typed_stays(web_form, filled, visitor):
    sent = visitor.post(f"/f/{web_form.key}", filled(web_form, email="no address", phone="+62 812"))

    assert sent.status_code == 422
    assert "Tess Vega" in html(sent)
    assert 'aria-invalid="true"' in html(sent)
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("sign", "changed"),
    [
        ("trap", {"homepage_address": "https://spam.example"}),
        ("unstamped", {"stamp": ""}),
        ("unstamped", {"stamp": "1.abc"}),
        ("links", {"description": "http://a.example http://b.example http://c.example"}),
        ("links", {"name": "www.spam.example"}),
        ("markup", {"description": "<a href=x>buy</a>"}),
    ],
)
def test_what_looks_like_spam_is_held_and_thanked_alike(web_form, filled, visitor, sign, changed):
    sent = visitor.post(f"/f/{web_form.key}", filled(web_form, **changed))

    assert "We call you." in html(sent)
    assert not Lead.objects.exists()
    assert Submission.objects.get().signs == [sign]
    assert Day.objects.get().held == 1


@pytest.mark.parametrize(("ago", "sign"), [(timedelta(), "fast"), (timedelta(days=2), "old")])
def test_a_stamp_tells_how_long_a_page_was_open(web_form, filled, visitor, ago, sign):
    visitor.post(f"/f/{web_form.key}", filled(web_form, stamp=stamp_for(web_form.key, now() - ago)))

    assert Submission.objects.get().signs == [sign]


def test_a_stamp_of_another_form_counts_as_none(web_form, filled, visitor):
    visitor.post(
        f"/f/{web_form.key}", filled(web_form, stamp=stamp_for("other", now() - timedelta(minutes=1)))
    )

    assert Submission.objects.get().signs == ["unstamped"]


def test_the_same_within_minutes_is_one_submission(web_form, filled, visitor):
    for _time in range(3):
        visitor.post(f"/f/{web_form.key}", filled(web_form))

    assert Submission.objects.count() == 1
    assert Day.objects.get().sent == 1


def test_many_from_one_address_are_held_then_told_to_wait(web_form, filled, visitor):
    answers = [
        visitor.post(f"/f/{web_form.key}", filled(web_form, email=f"t{number}@example.com"))
        for number in range(32)
    ]

    assert Lead.objects.count() == 5
    assert Submission.objects.filter(signs=["many"]).count() == 25
    assert answers[-1].status_code == 422
    assert "Too many attempts" in html(answers[-1])


def test_a_form_that_is_closed_or_was_never_there_answers_alike(web_form, visitor, cast, by):
    actions.switch_form(web_form, on=False, by=by(cast.ada))

    closed, never = visitor.get(f"/f/{web_form.key}"), visitor.get("/f/never-was")
    sent = visitor.post(f"/f/{web_form.key}", {"name": "T", "email": "t@example.com"})

    assert closed.status_code == never.status_code == sent.status_code == 404
    assert html(closed) == html(never)
    assert closed["X-Frame-Options"] == "DENY"


def test_it_speaks_the_visitors_language(web_form):
    indonesian = Client(headers={"Accept-Language": "id,en;q=0.5"}).get(f"/f/{web_form.key}")
    named = Client().get(f"/f/{web_form.key}?language=id")
    unknown = Client(headers={"Accept-Language": "fi"}).get(f"/f/{web_form.key}")

    assert "Hubungi kami" in html(indonesian)
    assert indonesian["Content-Language"] == "id"
    assert "Hubungi kami" in html(named)
    assert "Write to us" in html(unknown)


def test_only_this_page_may_be_framed_and_only_where_the_form_says(web_form, visitor, cast, by, as_):
    anywhere = visitor.get(f"/f/{web_form.key}")
    actions.change_form(web_form, sites=["www.example.com"], by=by(cast.ada))
    there = visitor.get(f"/f/{web_form.key}")
    ours = as_(cast.ada).get("/web-forms/")

    assert "frame-ancestors *" in anywhere["Content-Security-Policy"]
    assert "X-Frame-Options" not in anywhere
    assert "frame-ancestors 'self' www.example.com" in there["Content-Security-Policy"]
    assert "script-src 'self'" in there["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in ours["Content-Security-Policy"]
    assert ours["X-Frame-Options"] == "DENY"


def test_the_visitor_is_led_on_where_the_form_says_and_nowhere_else(web_form, filled, visitor, cast, by):
    actions.change_form(web_form, redirect="https://example.com/thanks?a=1", by=by(cast.ada))

    alone = visitor.post(f"/f/{web_form.key}?next=https://evil.example", filled(web_form))
    framed = visitor.post(f"/f/{web_form.key}?embedded=1", filled(web_form, email="u@example.com"))

    assert alone.url == "https://example.com/thanks?a=1"
    assert "form-action 'self' https://example.com;" in alone["Content-Security-Policy"] + ";"
    assert framed.status_code == 200
    assert 'target="_top"' in html(framed)


def test_the_owner_hears_of_a_new_lead(web_form, filled, visitor, cast, by, settle):
    actions.change_form(web_form, owner=cast.rosa.pk, by=by(cast.ada))

    visitor.post(f"/f/{web_form.key}", filled(web_form))
    settle()

    assert Lead.objects.get().owner == cast.rosa
    assert Notification.objects.filter(user=cast.rosa, text__contains="came in").exists()


def test_boxes_are_kept_with_the_words_that_were_shown(web_form, filled, visitor, cast, by):
    boxes = [
        {"channel": "email", "required": False, "words": {"en": "Send me news.", "id": "Kirimi saya kabar."}},
        {"channel": "phone", "required": True, "words": {"en": "Call me."}},
    ]
    actions.change_form(web_form, consents=boxes, by=by(cast.ada))

    without = visitor.post(f"/f/{web_form.key}", filled(web_form))
    with_them = visitor.post(f"/f/{web_form.key}?language=id", filled(web_form, consent_1="on"))

    lead = Lead.objects.get()
    stated = Consent.objects.get()
    assert (lead.consent_phone, lead.consent_email) == ("given", "")
    assert (stated.record_id, stated.source) == (lead.pk, "Formulir web “Contact us”")
    assert stated.text_version == f"web_form_submission:{Submission.objects.get().pk}"
    assert without.status_code == 422
    assert with_them.status_code == 200
    assert Submission.objects.get().consents == [
        {"channel": "email", "words": "Kirimi saya kabar.", "given": False},
        {"channel": "phone", "words": "Call me.", "given": True},
    ]


def test_a_consent_that_was_withdrawn_comes_back_by_no_form(web_form, filled, visitor, cast, by, make):
    make.lead(cast.rosa, name="Tess", email="tess@example.com", consent_email="withdrawn")
    boxes = [{"channel": "email", "words": {"en": "Send me news."}}]
    actions.change_form(web_form, consents=boxes, by=by(cast.ada))

    visitor.post(f"/f/{web_form.key}", filled(web_form, consent_0="on"))

    assert Lead.objects.get().consent_email == "withdrawn"
    assert Submission.objects.get().consents[0]["given"]
