"""What the platform tells of a lead: who it is there, presence, balance, deposits (LEA-1, LEA-8, PLT-3)."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest

from leadline.core.clock import at, now
from leadline.core.privacy import person_of
from leadline.governance.actions import confirm_erasure, request_erasure
from leadline.leads import actions
from leadline.leads.models import OnPlatform
from leadline.leads.queries.queue import next_lead_for
from leadline.leads.tasks import link_all
from leadline.platform.actions import let_go_who_left
from leadline.platform.tests.conftest import event, told

__all__ = ["told"]
pytestmark = pytest.mark.django_db
ROOMY = {"and": [{"field": "balance", "op": "at_most", "value": 10}, {"field": "online", "op": "is_true"}]}


def paid(kind, user, amount, **more):
    return event(kind, user, amount=str(amount), currency="EUR", method="card", **more)


def of(lead):
    return OnPlatform.objects.get(lead=lead)


def test_a_lead_knows_its_user_by_e_mail_and_what_happened_there(told, settle, cast, make):
    lead = make.lead(cast.rosa, email="sari@example.com")
    told(event("logged_in", "u-1", email="sari@example.com"))
    settle()
    assert of(lead).user.external_id == "u-1"

    told(
        paid("deposit", "u-1", 50, balance="50"),
        paid("deposit", "u-1", 25, balance="75"),
        paid("deposit_failed", "u-1", 10, reason="card_declined"),
    )

    known = of(lead)
    assert known.is_online
    assert known.last_login_at is not None
    assert (known.balance, known.balance_currency) == (Decimal(75), "EUR")
    assert (known.deposits, known.deposited, known.failed_deposits) == (2, Decimal(75), 1)
    assert known.last_failed_at is not None


def test_who_is_there_already_is_found_by_phone_when_the_lead_comes(told, settle, cast, make):
    told({**event("logged_in", "u-1"), "user": {"id": "u-1", "phone": "+6281234567890"}})
    lead = make.lead(cast.rosa, phone="+6281234567890")
    settle()

    assert of(lead).user.external_id == "u-1"
    assert of(lead).is_online


def test_another_address_finds_the_lead_too(told, settle, cast, make, by):
    told(event("seen", "u-1", email="old@example.com"))
    first, second = make.lead(cast.rosa, email="sari@example.com"), make.lead(cast.rosa)
    told(event("seen", "u-1", email="sari@example.com"), event("seen", "u-2", email="other@example.com"))
    actions.edit_lead(second, email="other@example.com", by=by(cast.rosa))
    settle()

    assert (of(first).user.external_id, of(second).user.external_id) == ("u-1", "u-2")


def test_one_lead_is_one_user_and_the_night_finds_who_was_missed(told, cast, make, settle):
    lead = make.lead(cast.rosa, email="sari@example.com")
    told(event("seen", "u-1", email="sari@example.com"), event("seen", "u-2", email="sari@example.com"))
    OnPlatform.objects.update(user=None)

    link_all(timestamp=0)
    link_all(timestamp=0)

    assert of(lead).user.external_id == "u-1"


def test_who_falls_silent_is_online_no_more(told, settle, cast, make, by):
    lead = make.lead(cast.rosa, email="sari@example.com")
    told(event("seen", "u-1", email="sari@example.com"))
    settle()
    with at(now() + timedelta(minutes=10)):
        let_go_who_left(by=by(cast.house))

    assert not of(lead).is_online


def test_it_follows_the_owner(told, settle, cast, make, by):
    lead = make.lead(cast.rosa)

    actions.assign_leads([lead.pk], owner=cast.otto, by=by(cast.lena))

    assert (of(lead).owner_id, of(lead).team_id) == (cast.otto.pk, cast.otto.team_id)


def test_lists_filter_and_sort_by_it_and_the_api_gives_it(told, settle, cast, make, as_, program):
    poor, rich = (
        make.lead(cast.rosa, email="poor@example.com"),
        make.lead(cast.rosa, email="rich@example.com"),
    )
    never = make.lead(cast.rosa)
    told(
        event("logged_in", "u-1", email="poor@example.com", balance="4.5", currency="EUR", page="/market"),
        event("logged_in", "u-2", email="rich@example.com", balance="900", currency="EUR"),
    )
    settle()

    query = {
        "where": json.dumps(ROOMY),
        "sort": "-last_login_at",
        "columns": "name,balance,page,online_since",
    }
    page = as_(cast.rosa).get("/leads/", query).content.decode()
    found = program(cast.rosa).get("leads", {"sort": "-balance"}).json()["data"]

    assert poor.name in page
    assert rich.name not in page
    assert "€4.50" in page
    assert "/market" in page
    assert [row["id"] for row in found] == [rich.pk, poor.pk, never.pk]
    assert (found[0]["balance"], found[0]["balance_currency"], found[0]["online"]) == (
        "900.0000",
        "EUR",
        True,
    )


@pytest.mark.parametrize(
    ("view", "shows"),
    [
        ("online-now", {"here"}),
        ("online-advanced", {"here"}),
        ("last-logged-in", {"here", "gone"}),
        ("low-balance", {"here"}),
        ("failed-deposits", {"gone"}),
        ("old-conversion", {"gone"}),
        ("retention", {"here"}),
    ],
)
def test_ready_made_views(told, settle, cast, make, as_, view, shows):
    long_ago = (now() - timedelta(days=40)).isoformat()
    make.lead(cast.rosa, name="here", email="here@example.com", desk="retention")
    make.lead(cast.rosa, name="gone", email="gone@example.com", registered_at=long_ago)
    make.lead(cast.rosa, name="never")
    earlier = (now() - timedelta(hours=2)).isoformat()
    told(
        event("logged_in", "u-1", email="here@example.com", balance="3"),
        {**event("logged_in", "u-2", email="gone@example.com", balance="300"), "time": earlier},
        {**paid("deposit_failed", "u-2", 5), "time": earlier},
    )
    settle()

    page = as_(cast.rosa).get("/leads/", {"view": view})

    assert page.status_code == 200
    assert {name for name in ("here", "gone", "never") if f">{name}</a>" in page.content.decode()} == shows


def test_the_queue_takes_who_is_online_then_who_logged_in_last(told, settle, cast, make, by):
    leads = [make.lead(cast.rosa, email=f"{name}@example.com") for name in ("never", "earlier", "here")]
    actions.star_leads([lead.pk for lead in leads], until=now() + timedelta(hours=3), by=by(cast.lena))
    earlier = (now() - timedelta(hours=2)).isoformat()
    told(
        {**event("logged_in", "u-1", email="earlier@example.com"), "time": earlier},
        event("seen", "u-2", email="here@example.com"),
    )
    settle()

    order, seen = [], []
    while (found := next_lead_for(cast.rosa, without=seen)) is not None:
        seen.append(found)
        order.append(next(lead.email.partition("@")[0] for lead in leads if lead.pk == found))
    assert order == ["here", "earlier", "never"]


def test_the_page_of_a_lead_tells_of_it(told, settle, cast, make, as_):
    lead = make.lead(cast.rosa, email="sari@example.com")
    told(event("logged_in", "u-1", email="sari@example.com", page="/market"), paid("deposit", "u-1", 50))
    settle()

    part = as_(cast.rosa).get(f"/leads/{lead.pk}/platform")

    assert "u-1" in part.content.decode() or "sari@example.com" in part.content.decode()
    assert "/market" in part.content.decode()
    assert as_(cast.otto).get(f"/leads/{lead.pk}/platform").status_code == 404
    assert "Platform" not in as_(cast.rosa).get(f"/leads/{make.lead(cast.rosa).pk}/platform").content.decode()


def test_an_erased_person_leaves_nothing_beside_the_lead(told, settle, cast, make, by):
    lead = make.lead(cast.rosa, phone="+6281234567890")
    told({**event("logged_in", "u-1", balance="50"), "user": {"id": "u-1", "phone": "+6281234567890"}})
    settle()
    user = of(lead).user

    erasure = request_erasure(person_of("lead", lead.pk), reason="Asked by letter", by=by(cast.ada))
    confirm_erasure(erasure, name=lead.name, by=by(cast.ada))
    settle()

    user.refresh_from_db()
    assert (of(lead).user, of(lead).balance) == (None, None)
    assert user.is_erased
