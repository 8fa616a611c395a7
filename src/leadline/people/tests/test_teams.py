"""Teams stand in a tree without circles (PPL-3)."""

import pytest

from leadline.core.refusals import NotAllowed, RuleBroken
from leadline.customers.models import Customer
from leadline.people import actions
from leadline.people.models import Team, User
from leadline.people.queries import tree_of_teams


def test_a_manager_of_a_team_reaches_the_teams_below(cast, by):
    actions.change_team(cast.south, name="South", parent=cast.north, manager=None, by=by(cast.ada))

    assert set(User.objects.get(pk=cast.mira.pk).grants.managed_teams) == {cast.north.pk, cast.south.pk}


def test_a_team_never_stands_below_itself(cast, by):
    below = actions.add_team(name="Far North", parent=cast.north, by=by(cast.ada))
    furthest = actions.add_team(name="North Pole", parent=below, by=by(cast.ada))

    for impossible in (cast.north, below, furthest):
        with pytest.raises(RuleBroken, match="stand below itself") as refusal:
            actions.change_team(cast.north, name="North", parent=impossible, manager=None, by=by(cast.ada))
        assert refusal.value.field == "parent"


def test_two_teams_have_two_names(cast, by):
    with pytest.raises(RuleBroken, match="There is a team of this name"):
        actions.add_team(name="north", by=by(cast.ada))


def test_only_an_empty_team_is_removed(cast, by, make):
    with pytest.raises(RuleBroken, match="Move its members"):
        actions.remove_team(cast.north, by=by(cast.ada))
    empty = actions.add_team(name="Empty", by=by(cast.ada))
    actions.remove_team(empty, by=by(cast.ada))

    assert not Team.objects.filter(name="Empty").exists()


def test_only_administrators_change_teams(cast, by, as_):
    with pytest.raises(NotAllowed):
        actions.add_team(name="Mine", by=by(cast.mira))
    assert as_(cast.mira).post("/teams/add", {"name": "Mine"}).status_code == 403
    assert as_(cast.mira).get("/teams").status_code == 200


def test_the_tree_is_told_from_the_top_in_one_query(cast, by, django_assert_num_queries):
    actions.add_team(name="Arctic", parent=cast.north, manager=cast.mira, by=by(cast.ada))

    with django_assert_num_queries(1):
        lines = tree_of_teams()

    assert [(line.team.name, line.depth, line.members) for line in lines] == [
        ("North", 0, 2),
        ("Arctic", 1, 0),
        ("South", 0, 1),
    ]


def test_ada_moves_a_team_by_the_page(cast, as_):
    answers = {"name": "South", "parent": cast.north.pk, "manager": cast.mira.pk}
    response = as_(cast.ada, htmx=True).post(f"/teams/{cast.south.pk}", answers)

    cast.south.refresh_from_db()
    assert response["HX-Redirect"] == f"/teams/{cast.south.pk}"
    assert (cast.south.parent, cast.south.manager) == (cast.north, cast.mira)


def test_everybody_reads_what_the_roles_allow(cast, as_):
    page = as_(cast.rosa).get("/roles").text

    assert "Lead Manager" in page
    assert "Log and note" in page


def test_who_and_what_stands_in_the_way_of_removing_is_named(cast, by, make):
    """PPL-3: customers too, as far as one sees them."""
    empty = actions.add_team(name="Empty", by=by(cast.ada))
    customer = make.customer(name="Left Behind")
    Customer.objects.filter(pk=customer.pk).update(team=empty)

    with pytest.raises(RuleBroken, match=r"Left Behind.*Archive it instead"):
        actions.remove_team(empty, by=by(cast.ada))


def test_an_archived_team_hands_over_people_and_customers_in_one_step(cast, by, make, settle):
    """PPL-3: also customers without an owner; the teams below move up; nobody can be put there any more."""
    below = actions.add_team(name="Far North", parent=cast.north, by=by(cast.ada))
    owned, alone = make.customer(cast.rosa), make.customer(name="Nobody's")
    Customer.objects.filter(pk=alone.pk).update(team=cast.north)

    archived = actions.archive_team(cast.north, into=cast.south, by=by(cast.ada))
    settle()

    for record in (cast.rosa, cast.mira, owned, alone, below):
        record.refresh_from_db()
    assert [cast.rosa.team, cast.mira.team, owned.team, alone.team] == [cast.south] * 4
    assert below.parent is None
    assert [line.team.name for line in tree_of_teams()] == ["Far North", "South"]
    with pytest.raises(RuleBroken, match="archived"):
        actions.add_user(
            email="new@example.com", name="New", roles=["product"], password=cast.password, team=archived,
            by=by(cast.ada),
        )  # fmt: skip
    for wrong in (archived, cast.south):
        with pytest.raises(RuleBroken):
            actions.archive_team(cast.south, into=wrong, by=by(cast.ada))
    assert actions.restore_team(archived, by=by(cast.ada)).archived_at is None


def test_the_page_of_a_team_lists_its_people_and_archives_it(cast, as_):
    page = as_(cast.otto).get(f"/teams/{cast.north.pk}").text
    assert "Rosa Ibarra" in page
    assert "Archive team" not in page

    ada = as_(cast.ada)
    assert ada.post(f"/teams/{cast.north.pk}/archive", {"into": cast.north.pk}).status_code == 422
    refused = ada.post(f"/teams/{cast.north.pk}/remove")
    assert "Move its members" in refused.text
    page = ada.post(f"/teams/{cast.north.pk}/archive", {"into": cast.south.pk}, follow=True).text
    assert "Rosa Ibarra" in page
    assert "North" in ada.get("/teams").text
    assert "Archived" in ada.get(f"/teams/{cast.north.pk}").text
    assert as_(cast.otto).post(f"/teams/{cast.north.pk}/restore").status_code == 403
    ada.post(f"/teams/{cast.north.pk}/restore")
    assert Team.objects.in_use().filter(pk=cast.north.pk).exists()
