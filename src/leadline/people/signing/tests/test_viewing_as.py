"""“View as” (PPL-9)."""

import pytest
from django.test import Client

from leadline.core.events.models import EventRecord
from leadline.core.history.models import HistoryEntry
from leadline.core.refusals import NotAllowed
from leadline.people.actions import create_token
from leadline.people.signing import actions
from leadline.people.signing.models import Session, SigningRules, forget_rules


@pytest.fixture
def viewing(cast, as_):
    """Ada's browser, in which she views as Rosa."""
    browser = as_(cast.ada)
    browser.post(f"/people/{cast.rosa.pk}/view-as")
    return browser


def allow_writing():
    SigningRules.objects.update_or_create(pk=1, defaults={"view_as_may_write": True})
    forget_rules()


def test_an_administrator_sees_what_the_person_sees_under_a_banner(cast, viewing, make):
    own, other = make.customer(cast.rosa), make.customer(cast.otto)

    page = viewing.get("/customers/").text

    assert "Ada Santoso, you view as Rosa Ibarra." in page
    assert own.name in page
    assert other.name not in page
    assert viewing.get("/settings").status_code == 403


def test_one_looks_and_does_not_change(cast, viewing, make):
    customer = make.customer(cast.rosa)

    response = viewing.post(f"/customers/{customer.pk}/archive")

    customer.refresh_from_db()
    assert response.status_code == 403
    assert "you may look, not change" in response.text
    assert customer.archived_at is None


def test_where_a_setting_allows_changes_both_names_stand_in_the_history(cast, viewing, make):
    allow_writing()
    customer = make.customer(cast.rosa)

    viewing.post(f"/customers/{customer.pk}/archive")

    entry = HistoryEntry.objects.filter(kind="customer", record_id=customer.pk).latest("at")
    assert entry.actor_id == cast.rosa.pk
    assert entry.trace.startswith(f"view-as:{cast.ada.pk} ")
    assert "Rosa Ibarra (Ada Santoso viewed as)" in viewing.get(f"/customers/{customer.pk}/history").text


@pytest.mark.parametrize("address", ["/me/security", "/me/codes", "/confirm", "/me/passkeys/add"])
def test_how_the_person_signs_in_is_not_to_be_seen(viewing, address):
    allow_writing()

    assert viewing.get(address).status_code == 403
    assert viewing.post(address).status_code == 403


def test_stopping_leads_back_and_beginning_and_end_are_told(cast, viewing):
    before = viewing.cookies["sessionid"].value

    viewing.post("/view-as/end")

    assert viewing.get("/settings").status_code == 200
    assert viewing.cookies["sessionid"].value != before
    told = EventRecord.objects.filter(name__startswith="people.Viewing").order_by("id")
    assert [(event.name, event.actor_id) for event in told] == [
        ("people.ViewingBegan", cast.ada.pk),
        ("people.ViewingEnded", cast.ada.pk),
    ]


def test_nobody_else_views_and_never_as_an_equal(cast, by, as_):
    as_(cast.ada)
    session = Session.objects.get(user=cast.ada)
    for person in (cast.ada, cast.house):
        with pytest.raises(NotAllowed):
            actions.begin_viewing(session.pk, person=person, by=by(cast.ada))
    assert as_(cast.mira).post(f"/people/{cast.rosa.pk}/view-as").status_code == 403


def test_an_administrator_who_left_no_longer_views(cast, viewing):
    cast.ada.is_active = False
    cast.ada.save()

    assert viewing.get("/customers/").status_code == 302


def test_a_token_never_views_as_somebody(cast, by):
    program = Client(headers={"Authorization": f"Bearer {create_token(cast.ada, by=by(cast.ada))}"})

    assert program.post(f"/people/{cast.rosa.pk}/view-as").status_code == 302  # a page: sign in


def test_signing_out_ends_the_session_of_the_administrator(cast, viewing):
    viewing.post("/sign-out")

    assert Session.objects.get(user=cast.ada).ended_at
