"""A list can be kept under a name, shared as far as the role allows, and opened with one click (CUS-5)."""

from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.db import connection

from leadline.core.actions import Actor
from leadline.core.fields import Catalogue, Field, Sort, register
from leadline.core.fields.kinds import TEXT
from leadline.core.lists import asking_of
from leadline.core.lists.actions import make_default, remove_view, rename_view, save_view, share_view
from leadline.core.lists.queries import default_view, view_named, views_for
from leadline.core.lists.tabs import VIEWS_STAMP_SQL, tabs_for
from leadline.core.refusals import NotAllowed, RuleBroken, RulesBroken

pytestmark = pytest.mark.django_db
KITES = register(
    Catalogue(
        kind="kite",
        label="Kite",
        plural="Kites",
        model="",
        table="kites",
        default_columns=("name",),
        default_sort="name",
        fields=(Field(name="name", label="Name", kind=TEXT, sql="kites.name", sort=Sort(sql="kites.name")),),
    )
)
WHERE = {"field": "name", "op": "contains", "value": "red"}


def person(name: str, share: str | None = None):
    user = get_user_model().objects.create(name=name, email=f"{name}@kites.test", is_active=True)
    user._grants = SimpleNamespace(scope=lambda kind, verb: share, managed_teams=())
    return user


@pytest.fixture
def rosa():
    return person("rosa")


@pytest.fixture
def otto():
    return person("otto", share="all")


def test_a_kept_view_opens_the_list_as_it_was(rosa):
    view = save_view("kite", name=" Red  ones ", where=WHERE, columns=["name"], sort="-name", by=Actor(rosa))
    make_default("kite", view=view, by=Actor(rosa))

    asking = asking_of({}, KITES, user=rosa, view=default_view(rosa, "kite"))

    assert view.name == "Red ones"
    assert asking.where.given == WHERE
    assert asking.sort == "-name"
    assert not asking.refusals


def test_a_view_keeps_its_search_and_whether_archived_are_shown(rosa):
    """CUS-5: in the order of likeness, as the search showed them."""
    view = save_view("kite", name="Old red", q=" red ", archived="only", by=Actor(rosa))

    asking = asking_of({}, KITES, user=rosa, view=view)

    assert (asking.q, asking.archived, asking.sort) == ("red", "only", "rank")
    assert asking_of({"q": "", "archived": "no"}, KITES, user=rosa, view=view).q == ""


def test_a_private_view_is_seen_by_its_owner_alone(rosa, otto):
    view = save_view("kite", name="Mine", by=Actor(rosa))

    assert view_named(rosa, "kite", str(view.pk)) == view
    assert view_named(otto, "kite", str(view.pk)) is None
    with pytest.raises(NotAllowed):
        rename_view(view, name="Yours", by=Actor(otto))
    with pytest.raises(NotAllowed):
        make_default("kite", view=view, by=Actor(otto))


def test_sharing_with_everybody_takes_a_role_that_may(rosa, otto):
    with pytest.raises(NotAllowed):
        save_view("kite", name="For all", visibility="everybody", by=Actor(rosa))
    view = save_view("kite", name="For all", visibility="everybody", by=Actor(otto))
    make_default("kite", view=view, by=Actor(rosa))

    assert list(views_for(rosa, "kite")) == [view]
    share_view(view, visibility="private", by=Actor(otto))
    assert default_view(rosa, "kite") is None
    remove_view(view, by=Actor(otto))
    assert not views_for(otto, "kite")


@pytest.mark.parametrize(
    "asked",
    [
        {"name": " "},
        {"name": "x" * 81},
        {"name": "a\x00"},
        {"name": "x", "where": {"field": "nope"}},
        {"name": "x", "columns": ["nope"]},
        {"name": "x", "sort": "nope"},
        {"name": "x", "visibility": "world"},
        {"name": "x", "visibility": "team"},
        {"name": "TAKEN"},
        {"name": "x", "q": "x" * 201},
        {"name": "x", "q": "a\x00"},
        {"name": "x", "archived": "perhaps"},
    ],
)
def test_a_view_that_can_not_be_opened_is_not_kept(otto, asked):
    save_view("kite", name="taken", by=Actor(otto))

    with pytest.raises((RuleBroken, RulesBroken)):
        save_view("kite", **asked, by=Actor(otto))


def tabs_of(user, stamp):
    user.views_as_of = stamp
    return [(view.name, view.opens) for view in tabs_for(user, "kite")]


def stamp_now():
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {VIEWS_STAMP_SQL}")
        return cursor.fetchone()[0]


def test_tabs_are_asked_once_until_somebody_changes_a_view(rosa, otto, django_assert_num_queries):
    """Each change gives another stamp, whoever makes it; so every process knows of it."""
    view = save_view("kite", name="Red", by=Actor(otto))
    before = stamp_now()
    assert tabs_of(rosa, before) == []
    with django_assert_num_queries(0):
        assert tabs_of(rosa, before) == []

    share_view(view, visibility="everybody", by=Actor(otto))
    shared = stamp_now()
    assert tabs_of(rosa, shared) == [("Red", False)]
    make_default("kite", view=view, by=Actor(rosa))
    opened = stamp_now()
    assert tabs_of(rosa, opened) == [("Red", True)]
    assert tabs_of(otto, opened) == [("Red", False)]
    remove_view(view, by=Actor(otto))

    assert tabs_of(rosa, stamp_now()) == []
    assert len({before, shared, opened, stamp_now()}) == 4


def test_tabs_of_a_person_without_a_stamp_are_asked_each_time(rosa, django_assert_num_queries):
    for _time in range(2):
        with django_assert_num_queries(1):
            assert tabs_of(rosa, None) == []


def test_tabs_are_the_views_that_one_may_open(rosa, otto):
    """CUS-5: the same, in the same order, by plain SQL and by `views_for`."""
    otto.team = get_user_model()._meta.get_field("team").related_model.objects.create(name="Kites")
    otto.save()
    for who, seen in [(rosa, "private"), (otto, "private"), (otto, "team"), (otto, "everybody")]:
        save_view("kite", name=f"{who.name} {seen}", visibility=seen, by=Actor(who))
    in_team = person("tess")
    in_team.team = otto.team
    in_team.save()

    shown = {who.name: [view.name for view in tabs_for(who, "kite")] for who in (rosa, otto, in_team)}

    assert shown == {
        who.name: [view.name for view in views_for(who, "kite")] for who in (rosa, otto, in_team)
    }
    assert shown["tess"] == ["otto everybody", "otto team"]
    assert len(shown["otto"]) == 3
