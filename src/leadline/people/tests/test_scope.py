"""Scope is one answer, whoever asks: queryset, SQL, branches, list, count, search, selection (PPL-4)."""

from contextlib import suppress
from dataclasses import dataclass

from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadline.core.clock import now
from leadline.core.conditions import Context
from leadline.core.fields import catalogue
from leadline.core.lists import Selection, asking_of, page_of
from leadline.core.search import index, search_ids
from leadline.customers.models import Customer, Pulse
from leadline.people.models import Role, Team, Territory, User
from leadline.people.scope import Reach, reach

T = "customers_customer"
PEOPLE = 4
TERRITORIES = 2


@dataclass(frozen=True)
class House:
    """A drawn house: places in lists stand for teams and people, None for nobody."""

    parents: list[int | None]
    managers: list[int | None]
    teams: list[int | None]
    roles: list[list[str]]
    territories: list[set[int]]
    customers: list[tuple[int | None, int | None, int | None]]


@st.composite
def houses(draw: st.DrawFn) -> House:
    """A tree of teams (a parent stands before its children), people with roles, territories, customers."""
    size = draw(st.integers(1, 5))
    a_team, a_person = st.none() | st.integers(0, size - 1), st.none() | st.integers(0, PEOPLE - 1)
    a_territory = st.none() | st.integers(0, TERRITORIES - 1)
    role = st.sampled_from(["inside-sales", "field-sales", "sales-manager", "auditor", "product"])
    return House(
        parents=[draw(st.none() | st.integers(0, at - 1)) if at else None for at in range(size)],
        managers=[draw(a_person) for _ in range(size)],
        teams=[draw(a_team) for _ in range(PEOPLE)],
        roles=[draw(st.lists(role, max_size=2, unique=True)) for _ in range(PEOPLE)],
        territories=[draw(st.sets(st.integers(0, PEOPLE - 1))) for _ in range(TERRITORIES)],
        customers=draw(st.lists(st.tuples(a_person, a_team, a_territory), max_size=9)),
    )


class Undone(Exception):
    """Takes a house down again."""


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(house=houses())
def test_all_who_ask_get_the_same_answer(cast, house):
    """PPL-4, ALL-3: for each person of any house, as the rules in words say."""
    with suppress(Undone), transaction.atomic():
        people, customers = _build(house)
        for at, person in enumerate(people):
            expected = {customers[place] for place in _reached(house, at)}
            _check(User.objects.get(pk=person.pk), expected)
        raise Undone


def _reached(house: House, person: int) -> set[int]:
    """The rule in words: all; else the own, for managers those of the teams they manage and all below, and in
    field sales those of the territories one is a member of."""
    roles = set(house.roles[person])
    everybody = set(range(len(house.customers)))
    if "auditor" in roles:
        return everybody
    if not roles - {"product"}:
        return set()
    managed: set[int] = set()
    if "sales-manager" in roles:
        for team, parent in enumerate(house.parents):  # parents stand before their children
            if house.managers[team] == person or parent in managed:
                managed.add(team)
    lands = {at for at, members in enumerate(house.territories) if person in members}
    lands = lands if "field-sales" in roles else set()
    return {
        place
        for place, (owner, team, land) in enumerate(house.customers)
        if owner == person or team in managed or land in lands
    }


def _build(house: House) -> tuple[list[User], list[int]]:
    teams: list[Team] = []
    for at, parent in enumerate(house.parents):
        teams.append(Team.objects.create(name=f"T{at}", parent=None if parent is None else teams[parent]))
    people = []
    roles = {role.key: role for role in Role.objects.all()}
    for at in range(PEOPLE):
        team = house.teams[at]
        person = User.objects.create(
            email=f"p{at}@h.example", name=f"P{at}", password="!", team=None if team is None else teams[team]
        )
        person.roles.set([roles[key] for key in house.roles[at]])
        people.append(person)
    for at, manager in enumerate(house.managers):
        Team.objects.filter(pk=teams[at].pk).update(manager=None if manager is None else people[manager])
    lands = [Territory.objects.create(name=f"L{at}") for at in range(TERRITORIES)]
    for land, members in zip(lands, house.territories, strict=True):
        land.members.set([people[at] for at in members])
    rows = Customer.objects.bulk_create(
        Customer(
            name=f"Kopi {at}",
            name_key=f"kopi {at}",
            email=f"{at}@k.example",
            created_at=now(),
            updated_at=now(),
            owner=None if owner is None else people[owner],
            team=None if team is None else teams[team],
            territory=None if land is None else lands[land],
        )
        for at, (owner, team, land) in enumerate(house.customers)
    )
    Pulse.objects.bulk_create(
        Pulse(customer=row, owner_id=row.owner_id, team_id=row.team_id, territory_id=row.territory_id)
        for row in rows
    )
    index("customer", [row.pk for row in rows])
    return people, [row.pk for row in rows]


def _check(user: User, expected: set[int]) -> None:
    within = reach(user, "customer", "view")
    assert set(Customer.objects.visible_to(user).values_list("pk", flat=True)) == expected
    assert set(_ids(*within.sql(T))) == expected
    by_branch = [found for branch in within.branches(T) for found in _ids(*branch)]
    assert sorted(by_branch) == sorted(expected), "branches overlap or leave something out"
    rows = Customer.objects.values_list("pk", "owner_id", "team_id", "territory_id")
    assert {pk for pk, *whose in rows if within.covers(*whose)} == expected

    about = catalogue("customer")
    for sort in ("name", "-created_at", "last_interaction_at", "-last_interaction_at"):
        asking = asking_of({"sort": sort, "limit": "200"}, about, user=user).require()
        page = page_of(asking, scope=within, context=Context.of_organisation(user.pk))
        assert sorted(row.id for row in page.rows) == sorted(expected)
        assert page.count is not None
        assert (page.count.value, page.count.exact) == (len(expected), True)
    assert set(search_ids("customer", "kopi", within)) == expected
    selected = Selection("customer").ids_sql(
        scope=within, context=Context.of_organisation(user.pk), user=user
    )
    with connection.cursor() as cursor:
        cursor.execute(*selected)
        assert {found for (found,) in cursor.fetchall()} == expected


def _ids(condition: str, params: list) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {T} WHERE {condition}", params)
        return [found for (found,) in cursor.fetchall()]


def test_a_manager_sees_the_teams_below(cast, make):
    """PPL-3: North-East stands below North, which Mira manages; its manager sees North-East alone."""
    north_east = Team.objects.create(name="North-East", parent=cast.north, manager=cast.rosa)
    User.objects.filter(pk=cast.otto.pk).update(team=north_east)
    customer = make.customer(cast.otto)

    assert customer in Customer.objects.visible_to(cast.mira)
    assert customer not in Customer.objects.visible_to(User.objects.get(pk=cast.rosa.pk))  # her role: own


def test_who_has_left_reaches_nothing(cast, make):
    """PPL-1: and whose role was retired neither."""
    make.customer(cast.rosa)
    Role.objects.filter(key="auditor").update(retired_at=now())
    left = User.objects.get(pk=cast.ada.pk)
    left.is_active = False

    assert reach(left, "customer") == Reach() == reach(User.objects.get(pk=cast.aud.pk), "customer")


def test_the_widest_of_several_roles_holds(cast):
    """PPL-2: permissions add up."""
    cast.rosa.roles.add(Role.objects.get(key="support-rep"))
    rosa = User.objects.get(pk=cast.rosa.pk)

    assert reach(rosa, "customer", "view").everything
    assert reach(rosa, "customer", "edit") == Reach(owner_id=rosa.pk)


def test_nobody_is_nobody(cast, make):
    """PPL-4: no owner and no team are within nobody's own or team reach."""
    make.customer(None)

    assert not Reach(owner_id=None, team_ids=()).covers(None, None)
    assert not Reach(owner_id=cast.mira.pk, team_ids=(cast.north.pk,)).covers(None, None)
    assert not Reach(owner_id=cast.mira.pk, territory_ids=(1,)).covers(None, None, None)
    assert not Customer.objects.visible_to(cast.mira).exists()


def test_team_and_territory_add_up(cast, make):
    """PPL-2, PPL-3: a manager who also works in the field sees both, and so do lists and search."""
    java = Territory.objects.create(name="Java")
    java.members.add(cast.mira)
    teams, lands = make.customer(cast.rosa), make.customer(cast.otto)
    Customer.objects.filter(pk=lands.pk).update(territory=java)
    assert set(Customer.objects.visible_to(cast.mira)) == {teams}  # a manager's role alone knows no territory

    cast.mira.roles.add(Role.objects.get(key="field-sales"))
    mira = User.objects.get(pk=cast.mira.pk)

    assert set(Customer.objects.visible_to(mira)) == {teams, lands}
    assert set(Customer.objects.visible_to(mira, "edit")) == {teams}
    assert set(Customer.objects.visible_to(mira, "export")) == {teams}


def test_a_retired_territory_shows_nothing(cast, make):
    """PPL-3: nor does one that somebody is no member of."""
    java = Territory.objects.create(name="Java")
    java.members.add(cast.rosa)
    cast.rosa.roles.add(Role.objects.get(key="field-sales"))
    customer = make.customer(cast.otto)
    Customer.objects.filter(pk=customer.pk).update(territory=java)
    assert customer in Customer.objects.visible_to(User.objects.get(pk=cast.rosa.pk))

    Territory.objects.update(retired_at=now())

    assert customer not in Customer.objects.visible_to(User.objects.get(pk=cast.rosa.pk))
