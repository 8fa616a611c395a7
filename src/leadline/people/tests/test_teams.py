"""Teams stand in a tree without circles (PPL-3)."""

import pytest

from leadline.core.refusals import NotAllowed, RuleBroken
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
    assert response["HX-Redirect"] == "/teams"
    assert (cast.south.parent, cast.south.manager) == (cast.north, cast.mira)


def test_everybody_reads_what_the_roles_allow(cast, as_):
    page = as_(cast.rosa).get("/roles").text

    assert "Lead Manager" in page
    assert "Log and note" in page
