"""Which drafts are customers that are here already (CUS-19, CUS-20, SIG-12)."""

import pytest

from leadline.core.refusals import NotAllowed
from leadline.customers import actions
from leadline.customers.models import Customer
from leadline.customers.tests.test_adding import drafts_of


def test_the_same_file_twice_changes_nothing_when_skipping(cast, by):
    """CUS-20: the second time all are skipped, and no row has a new version."""
    given = drafts_of(*({"name": f"K {n}", "email": f"{n}@x.example"} for n in range(5)), by=by(cast.ada))
    first = actions.add_customers(given, on_duplicate="skip", by=by(cast.ada))
    again = actions.add_customers(given, on_duplicate="skip", by=by(cast.ada))

    assert again.skipped == first.created
    assert set(Customer.objects.values_list("version", flat=True)) == {1}


def test_updating_changes_only_what_is_given(cast, make, by):
    """CUS-19: an empty cell erases nothing, the same values are no change."""
    known = make.customer(cast.rosa, email="a@x.example", city="Solo", industry="Coffee")
    given = drafts_of(
        {"email": "A@x.example", "name": known.name, "city": "Medan", "industry": ""}, by=by(cast.ada)
    )

    changed = actions.add_customers(given, on_duplicate="update", by=by(cast.ada))
    again = actions.add_customers(given, on_duplicate="update", by=by(cast.ada))

    known.refresh_from_db()
    assert (known.city, known.industry) == ("Medan", "Coffee")
    assert (changed.updated, again.unchanged) == ({1: known.pk}, {1: known.pk})


def test_always_creating_asks_no_key(cast, make, by):
    """CUS-19: e-mail is a match key, not unique."""
    known = make.customer(cast.rosa, email="a@x.example")
    given = drafts_of({"name": "Other", "email": "a@x.example"}, by=by(cast.ada))

    outcome = actions.add_customers(given, on_duplicate="create", by=by(cast.ada))

    assert outcome.created[1] != known.pk


def test_a_file_that_names_a_customer_twice_makes_one(cast, by):
    """CUS-19: the later row joins the earlier; skipping keeps the first, updating takes the later values."""
    rows = ({"name": "One", "email": "a@x.example"}, {"name": "Two", "email": "a@x.example", "city": "Solo"})
    skipped = actions.add_customers(drafts_of(*rows, by=by(cast.ada)), on_duplicate="skip", by=by(cast.ada))
    Customer.objects.update(email="other@x.example")
    updated = actions.add_customers(drafts_of(*rows, by=by(cast.ada)), on_duplicate="update", by=by(cast.ada))

    assert (list(skipped.created), list(skipped.skipped)) == ([1], [2])
    assert (list(updated.created), list(updated.updated)) == ([1], [2])
    assert Customer.objects.get(pk=updated.created[1]).name == "Two"


@pytest.mark.parametrize(
    ("key", "draft"),
    [
        ("phone", {"name": "Else", "email": "b@x.example", "phone": "(030) 901820", "country": "DE"}),
        ("name", {"name": "  KOPI  Túa ", "email": "b@x.example"}),
    ],
)
def test_other_keys_match_too(cast, make, by, key, draft):
    """SIG-12: a phone in any form, a name without case and accents."""
    known = make.customer(cast.rosa, name="Kopi Tua", phone="+4930901820")

    outcome = actions.add_customers(
        drafts_of(draft, by=by(cast.ada)), on_duplicate="skip", key=key, by=by(cast.ada)
    )

    assert outcome.skipped == {1: known.pk}


def test_a_phone_that_is_not_understood_matches_nothing(cast, make, by):
    """CUS-2: two customers whose phone is “ask Budi” are two customers."""
    make.customer(cast.rosa, phone="ask Budi")
    given = drafts_of({"name": "Else", "email": "b@x.example", "phone": "ask Budi"}, by=by(cast.ada))

    assert actions.add_customers(given, on_duplicate="skip", key="phone", by=by(cast.ada)).created


def test_archived_customers_match_nothing(cast, make, by):
    """CUS-19: what was archived stays so, and the draft makes a new customer."""
    known = make.customer(cast.rosa, email="a@x.example")
    actions.archive_customer(known, by=by(cast.ada))
    given = drafts_of({"name": "New", "email": "a@x.example"}, by=by(cast.ada))

    assert actions.add_customers(given, on_duplicate="update", by=by(cast.ada)).created


@pytest.mark.parametrize("key", ["email", "phone", "name"])
def test_what_was_merged_leads_to_its_survivor(cast, make, by, key):
    """CUS-23: a file from before the merge makes no duplicate anew, and gives no old key back."""
    old = {"name": "Acme Ltd", "email": "old@acme.example", "phone": "+62 21 555 0100"}
    last = make.customer(cast.rosa, name="Acme Group", email="a@acme.example", phone="+62 21 555 0199")
    between = make.customer(cast.rosa, name="Acme", email="b@acme.example", phone="+62 21 555 0198")
    gone = make.customer(cast.rosa, **old)
    actions.merge_customers(between, others=[gone.pk], by=by(cast.rosa))
    actions.merge_customers(last, others=[between.pk], by=by(cast.rosa))
    given = drafts_of({**old, "industry": "Tea"}, by=by(cast.ada))

    skipped = actions.add_customers(given, on_duplicate="skip", key=key, by=by(cast.ada))
    updated = actions.add_customers(given, on_duplicate="update", key=key, by=by(cast.ada))

    last.refresh_from_db()
    assert (skipped.skipped, updated.updated) == ({1: last.pk}, {1: last.pk})
    assert last.industry == "Tea"
    assert getattr(last, key) != getattr(gone, key)
    actions.archive_customer(last, by=by(cast.rosa))
    assert actions.add_customers(given, on_duplicate="skip", key=key, by=by(cast.ada)).created


def test_updating_what_one_may_not_edit_is_refused_by_row(cast, make, by):
    """PPL-4: Mira's file can't reach Otto's customer, nor give hers to him."""
    his = make.customer(cast.otto, email="otto@x.example")
    hers = make.customer(cast.rosa, email="rosa@x.example")
    given = drafts_of(
        {"name": "Stolen", "email": "otto@x.example"},
        {"name": "Given away", "email": "rosa@x.example", "owner": "otto@example.com"},
        by=by(cast.mira),
    )

    outcome = actions.add_customers(given, on_duplicate="update", by=by(cast.mira))

    assert [refused.row for refused in outcome.refused] == [2, 1]
    assert {c.pk: c.owner for c in Customer.objects.all()} == {his.pk: cast.otto, hers.pk: cast.rosa}
    assert not Customer.objects.filter(name__in=["Stolen", "Given away"]).exists()


def test_who_may_not_import_adds_no_set(cast, by):
    """PPL-2: the policy holds for a set as for one."""
    given = drafts_of({"name": "K", "email": "k@x.example"}, by=by(cast.aud))

    with pytest.raises(NotAllowed):
        actions.add_customers(given, by=by(cast.aud))
