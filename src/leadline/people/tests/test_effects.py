"""What a change of a role would do is told exactly, before it is done (PPL-2)."""

import pytest
from django.utils.translation import override

from leadline.people import actions
from leadline.people.effects import effects_on
from leadline.people.models import Role, User
from leadline.people.tests.test_roles import altered, role_of


@pytest.fixture
def foreseen(cast, by):
    """`foreseen("auditor", view="own")`: the effects of other scopes on customers."""

    def effects(key: str, **verbs: str):
        role = role_of(key)
        answers = {"name": role.name, "purpose": role.purpose, "grants": altered(role, **verbs)}
        return effects_on(role, actions.edit_role, role, **answers, by=by(cast.ada))

    return effects


def sentences(effects) -> list[str]:
    return [effect.sentence for effect in effects]


def test_who_loses_sight_of_how_many(cast, make, foreseen):
    for owner in (cast.lena, cast.rosa, cast.rosa, cast.otto, None):
        make.customer(owner)

    effects = foreseen("lead-manager", view="own", log="")

    assert sentences(effects) == [
        "1 person loses sight of 4 customers.",
        "1 person may no longer log on 5 customers.",
    ]
    assert [(each.user, each.records) for each in effects[0].people] == [(cast.lena, 4)]


def test_each_record_counts_once_for_however_many_people(cast, make, foreseen):
    make.customer(cast.rosa), make.customer(cast.otto), make.customer(cast.otto)

    effects = foreseen("inside-sales", view="all")

    # Rosa gains Otto's two, Otto gains Rosa's one: three together.
    assert sentences(effects) == ["2 people now see 3 customers."]
    assert {(each.user, each.records) for each in effects[0].people} == {(cast.rosa, 2), (cast.otto, 1)}


def test_roles_of_one_person_add_up(cast, make, foreseen):
    make.customer(cast.otto)
    cast.lena.roles.add(role_of("auditor"))

    effects = foreseen("lead-manager", view="own", assign="")

    # What the other role shows is not lost.
    assert sentences(effects) == ["1 person may no longer assign 1 customer."]


def test_what_may_be_done_at_all(cast, make, foreseen):
    make.customer(cast.otto)

    effects = foreseen("support-rep", export="all", create="all")

    assert sentences(effects) == ["1 person may now add customers.", "1 person may now export 1 customer."]


def test_who_left_counts_for_nothing(cast, make, foreseen):
    make.customer(cast.otto)
    User.objects.filter(pk=cast.sam.pk).update(is_active=False)

    assert foreseen("support-rep", view="own") == []


def test_archived_customers_are_not_counted(cast, make, foreseen, by):
    from leadline.customers.actions import archive_customer

    archive_customer(make.customer(cast.otto), by=by(cast.ada))

    assert foreseen("lead-manager", view="own") == []


def test_retiring_and_plain_permissions(cast, make, by):
    make.customer(cast.otto)
    role = role_of("auditor")

    effects = effects_on(role, actions.retire_role, role, by=by(cast.ada))

    assert set(sentences(effects)) >= {
        "1 person may no longer read what is kept of colleagues.",
        "1 person may no longer see the jobs of everybody.",
        "1 person loses sight of 1 customer.",
    }


def test_nothing_is_changed_by_asking(cast, make, foreseen):
    make.customer(cast.otto)
    before = list(Role.objects.order_by("pk").values())

    foreseen("lead-manager", view="own")

    assert list(Role.objects.order_by("pk").values()) == before


def test_asking_costs_the_same_however_many_people(cast, make, foreseen, django_assert_max_num_queries):
    make.customer(cast.otto)
    others = [User(email=f"{n}@example.com", name=str(n), password="!") for n in range(30)]
    for user in User.objects.bulk_create(others):
        user.roles.add(role_of("lead-manager"))

    with django_assert_max_num_queries(25):
        effects = foreseen("lead-manager", view="own")

    assert sentences(effects) == ["31 people lose sight of 1 customer."]


def test_in_indonesian(cast, make, foreseen):
    make.customer(cast.otto)

    with override("id"):
        assert "1 pelanggan" in sentences(foreseen("lead-manager", view="own"))[0]
