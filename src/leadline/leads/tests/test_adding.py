"""The same e-mail or phone again is the same lead (LEA-1, LEA-2)."""

import pytest

from leadline.core.drafts import clean_draft
from leadline.core.fields import catalogue
from leadline.core.refusals import NotAllowed, RuleBroken, RulesBroken
from leadline.customers.actions.cleaning import cleaning_for
from leadline.leads import actions
from leadline.leads.models import Lead


def drafts(by, *rows):
    return [
        clean_draft(catalogue("lead"), row, cleaning_for(by), row=number)
        for number, row in enumerate(rows, 1)
    ]


def test_a_new_lead_is_new_and_one_with_an_owner_is_assigned(cast, by):
    alone = actions.add_lead(name="Budi", email="budi@example.com", by=by(cast.ada))
    owned = actions.add_lead(name="Sari", phone="0812-3456-7890", owner=cast.rosa, by=by(cast.ada))

    assert (alone.stage.key, alone.owner, alone.desk) == ("new", None, "conversion")
    assert (owned.stage.key, owned.owner, owned.team) == ("assigned", cast.rosa, cast.north)
    assert owned.phone == "+6281234567890"
    assert owned.pulse.owner_id == cast.rosa.pk


def test_a_seller_owns_what_she_adds(cast, by):
    assert actions.add_lead(name="Budi", email="b@example.com", by=by(cast.rosa)).owner == cast.rosa


@pytest.mark.parametrize("again", [{"email": "BUDI@example.com"}, {"phone": "+62 812 3456 7890"}])
def test_somebody_known_is_refreshed_not_doubled(cast, by, again):
    known = actions.add_lead(
        name="Budi", email="budi@example.com", phone="0812-3456-7890", campaign="Spring", by=by(cast.ada)
    )

    refreshed = actions.add_lead(name="Budi Santoso", campaign="Autumn", **again, by=by(cast.ada))

    assert refreshed.pk == known.pk
    assert (refreshed.name, refreshed.campaign) == ("Budi Santoso", "Autumn")
    assert Lead.objects.count() == 1


def test_who_may_only_add_fills_what_is_empty(cast, make, by):
    lead = make.lead(cast.rosa, name="Budi", email="budi@example.com")
    cast.sam.roles.set([_role("marketing-manager")])
    marketing = type(cast.sam).objects.get(pk=cast.sam.pk)

    actions.add_lead(name="Somebody else", email="budi@example.com", source="Fair", by=by(marketing))

    lead.refresh_from_db()
    assert (lead.name, lead.source, lead.owner) == ("Budi", "Fair", cast.rosa)


def test_another_sellers_lead_is_neither_changed_nor_doubled(cast, make, by):
    lead = make.lead(cast.otto, name="Budi", email="budi@example.com")

    with pytest.raises(RulesBroken) as refused:
        actions.add_lead(name="Mine", email="budi@example.com", by=by(cast.rosa))

    lead.refresh_from_db()
    assert "is here already" in str(refused.value.broken[0].message)
    assert (lead.name, Lead.objects.count()) == ("Budi", 1)


def test_a_file_that_names_somebody_twice_makes_one_lead(cast, by):
    rows = drafts(
        by(cast.ada),
        {"name": "Budi", "email": "budi@example.com"},
        {"name": "Budi", "email": "budi@example.com", "phone": "+6281234567890"},
        {"name": "B. Santoso", "phone": "+6281234567890"},
        {"name": "Nobody"},
    )

    outcome = actions.add_leads(rows, by=by(cast.ada))

    assert (list(outcome.created), list(outcome.updated)) == ([1], [2, 3])
    assert [refused.row for refused in outcome.refused] == [4]
    assert Lead.objects.get().phone == "+6281234567890"


def test_rows_that_are_here_can_be_skipped_but_never_doubled(cast, make, by):
    lead = make.lead(name="Budi", email="budi@example.com")
    rows = drafts(by(cast.ada), {"name": "Other", "email": "budi@example.com"})

    assert actions.add_leads(rows, on_duplicate="skip", by=by(cast.ada)).skipped == {1: lead.pk}
    with pytest.raises(RuleBroken):
        actions.add_leads(rows, on_duplicate="create", by=by(cast.ada))


def test_an_archived_lead_does_not_come_back_by_itself(cast, make, by):
    gone = make.lead(email="budi@example.com")
    actions.archive_lead(gone, by=by(cast.ada))

    assert actions.add_lead(name="Budi", email="budi@example.com", by=by(cast.ada)).pk != gone.pk


def test_without_the_permission_nothing_comes_in(cast, by):
    with pytest.raises(NotAllowed):
        actions.add_lead(name="Budi", email="b@example.com", by=by(cast.sam))


@pytest.mark.parametrize(
    ("given", "zone"),
    [
        ({"phone": "+6281234567890"}, "Asia/Jakarta"),
        ({"country": "JP"}, "Asia/Tokyo"),
        ({"country": "US", "email": "a@example.com"}, ""),
        ({"country": "US", "time_zone": "America/Denver", "email": "a@example.com"}, "America/Denver"),
    ],
)
def test_the_zone_is_the_one_set_else_the_phones_else_the_only_one_of_the_country(cast, by, given, zone):
    email = given.get("email", "a@example.com")

    lead = actions.add_lead(name="Budi", **{**given, "email": email}, by=by(cast.ada))

    assert lead.zone == zone or (zone == "Asia/Jakarta" and lead.zone == "")


def _role(key):
    from leadline.people.models import Role

    return Role.objects.get(key=key)
