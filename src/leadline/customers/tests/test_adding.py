"""How customers come in, one by one and in sets (CUS-1 to CUS-3, CUS-19)."""

from dataclasses import replace

import pytest

from leadline.core.drafts import Draft, clean_draft
from leadline.core.events.models import EventRecord
from leadline.core.fields import catalogue
from leadline.core.refusals import NotAllowed, RuleBroken, RulesBroken
from leadline.core.search import search_ids
from leadline.customers import actions
from leadline.customers.actions.columns import changes_of, prepared
from leadline.customers.models import Customer, Pulse
from leadline.people.scope import Reach

MEGABYTE = "x" * 1_000_000


def drafts_of(*given: dict, by) -> list[Draft]:
    """Drafts as an import cleans them, their rows numbered from 1."""
    cleaning = actions.cleaning_for(by)
    return [
        clean_draft(catalogue("customer"), values, cleaning, row=row) for row, values in enumerate(given, 1)
    ]


def test_name_and_email_are_enough(cast, by):
    """CUS-3: whoever works with own customers owns what they add, for their team."""
    customer = actions.add_customer(name="Kopi Tua", email="Hello@Kopi.example", by=by(cast.rosa))

    assert (customer.owner, customer.team) == (cast.rosa, cast.north)
    assert customer.email == "hello@kopi.example"
    assert (customer.status, customer.kind, customer.tier) == ("prospect", "enterprise", 3)
    assert Pulse.objects.get(customer=customer).owner_id == cast.rosa.pk


def test_what_was_prepared_holds_for_just_its_values(cast, by):
    """CUS-19: a draft that got other values since is written by these."""
    (draft,) = drafts_of({"name": "Kopi Tua", "email": "a@kopi.example"}, by=by(cast.ada))
    ready = prepared(draft)
    other = replace(ready, values={**ready.values, "name": "Kopi Muda"})

    outcome = actions.add_customers([other], by=by(cast.ada))

    assert Customer.objects.get(pk=outcome.created[1]).name == "Kopi Muda"
    assert changes_of(ready) == changes_of(draft)


def test_who_sees_everybody_adds_without_an_owner(cast, by):
    """CUS-1: a customer that names nobody waits for an owner."""
    customer = actions.add_customer(name="Kopi Tua", email="hello@kopi.example", by=by(cast.ada))

    assert (customer.owner, customer.team) == (None, None)


def test_phone_and_website_are_normalised(cast, by):
    """CUS-2: E.164 by the country beside it; a website gets its scheme."""
    customer = actions.add_customer(
        name="Kopi", email="a@kopi.example", phone="030 901820", country="Germany", website="Kopi.example/A",
        by=by(cast.rosa),
    )  # fmt: skip

    assert (customer.phone, customer.website) == ("+4930901820", "https://kopi.example/A")
    assert customer.unclear == []


def test_what_is_not_understood_is_kept_and_flagged(cast, by):
    """CUS-2: the input as typed is kept, never dropped."""
    customer = actions.add_customer(
        name="Kopi", email="a@kopi.example", phone="ask Budi", website="see brochure", by=by(cast.rosa)
    )

    assert (customer.phone, customer.website) == ("ask Budi", "see brochure")
    assert customer.unclear == ["phone", "website"]


def test_all_that_is_wrong_is_told_at_once(cast, by):
    """ALL-2: each field is named, with its value."""
    with pytest.raises(RulesBroken) as refused:
        actions.add_customer(
            name="", email="no address", status="happy", country="Atlantis", tags=["t" * 60], by=by(cast.rosa)
        )

    assert {rule.field for rule in refused.value.broken} >= {"email", "status", "country", "tags"}


def test_name_and_email_are_asked_for_by_name(cast, by):
    """CUS-1: what is required is missed in words."""
    with pytest.raises(RulesBroken) as refused:
        actions.add_customer(phone="+4930901820", by=by(cast.rosa))

    assert {rule.field for rule in refused.value.broken} == {"name", "email"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "Kopi\x00Tua"),
        ("name", MEGABYTE),
        ("name", "\ud800"),
        ("name", ["a", "list"]),
        ("name", {"$gt": ""}),
        ("email", "a@kopi.example\x00"),
        ("email", "a" * 300 + "@kopi.example"),
        ("phone", "1" * 61),
        ("phone", "+49\x0030"),
        ("website", "javascript:alert(1)"),
        ("website", "kopi.example/" + "a" * 287),  # fits as typed, not with its scheme
        ("industry", "i" * 101),
        ("city", "c" * 101),
        ("postcode", "p" * 21),
        ("country", "Atlantis"),
        ("country", "USX"),
        ("language", "klingon!"),
        ("time_zone", "Mars/Olympus"),
        ("description", MEGABYTE),
        ("tags", ["t" * 60]),
        ("tags", [f"tag {number}" for number in range(51)]),
        ("tags", ["a,b"]),
        ("tags", [["nested"]]),
        ("status", None),
        ("status", "happy"),
        ("kind", True),
        ("tier", 0),
        ("tier", "9" * 40),
        ("customer_since", "0001-01-01"),
        ("customer_since", "9999-12-31"),
        ("customer_since", "3/4/2026"),
        ("customer_since", "tomorrow"),
        ("owner", 2**63),
        ("owner", "nobody@example.com"),
        ("parent", "-1"),
        ("team", 1),
        ("id", 1),
        ("blocked", True),
        ("created_at", "2020-01-01"),
        ("name_key", "a"),
        ("no such field", "x"),
    ],
)
def test_hostile_values_are_refused_in_words(cast, make, by, field, value):
    """ALL-2: never an error of the database, and nothing else changes."""
    customer = make.customer(cast.rosa, name="Kopi Tua")

    with pytest.raises((RuleBroken, RulesBroken)) as refused:
        actions.edit_customer(customer, **{field: value}, by=by(cast.ada))

    assert len(refused.value.message) < 2000
    assert Customer.objects.get(pk=customer.pk).version == 1


def test_a_name_that_grows_when_folded_is_kept(cast, by):
    """CUS-6: ﷺ folds to eighteen letters; the sort key ends where its column does."""
    customer = actions.add_customer(name="ﷺ" * 200, email="a@b.example", by=by(cast.rosa))

    assert len(customer.name) == len(customer.name_key) == 200


def test_one_bad_draft_does_not_spoil_the_others(cast, by):
    """CUS-19: it is refused by name and row, the others come in."""
    one, three = {"name": "One", "email": "1@x.example"}, {"name": "Three", "email": "3@x.example"}
    given = drafts_of(one, {"name": "No address"}, three, by=by(cast.ada))

    outcome = actions.add_customers(given, by=by(cast.ada))

    assert sorted(outcome.created) == [1, 3]
    assert [(refused.row, refused.broken[0].field) for refused in outcome.refused] == [(2, "email")]


def test_rosa_hands_nothing_to_otto(cast, by):
    """PPL-4: an owner beyond one's reach is refused, named as the field."""
    with pytest.raises(RulesBroken) as refused:
        actions.add_customer(name="Kopi", email="a@b.example", owner=cast.otto, by=by(cast.rosa))

    assert [rule.field for rule in refused.value.broken] == ["owner"]


def test_mira_hands_to_her_team(cast, by):
    """PPL-3: a manager adds for the people of her teams, and the customer comes to the owner's team."""
    customer = actions.add_customer(name="Kopi", email="a@b.example", owner=cast.rosa, by=by(cast.mira))

    assert (customer.owner, customer.team) == (cast.rosa, cast.north)


@pytest.mark.parametrize("who", ["sam", "aud", "lena", "fina", "prue"])
def test_who_may_not_add_is_told_so(cast, by, who):
    """PPL-2: reading roles add nothing."""
    with pytest.raises(NotAllowed):
        actions.add_customer(name="Kopi", email="a@b.example", by=by(getattr(cast, who)))

    assert not Customer.objects.exists()


def test_what_came_in_is_found_and_told(cast, by):
    """CUS-6: it can be searched at once; a set is told once, with a subject for each."""
    given = drafts_of(*({"name": f"Kopi {n}", "email": f"{n}@x.example"} for n in range(3)), by=by(cast.ada))

    outcome = actions.add_customers(given, by=by(cast.ada))

    assert sorted(search_ids("customer", "kopi", Reach(everything=True))) == sorted(outcome.created.values())
    assert EventRecord.objects.filter(name="customers.CustomersAdded").count() == 1


def test_nothing_at_all_is_no_error(cast, by):
    """CUS-19: an empty set has an empty outcome."""
    assert actions.add_customers([], by=by(cast.ada)).created == {}
