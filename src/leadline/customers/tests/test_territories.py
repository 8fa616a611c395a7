"""Customers lie in the first territory whose rules they fit, or where somebody put them (PPL-3)."""

from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadline.core.changesets import ChangeSet, undo_change_set
from leadline.core.drafts import Draft
from leadline.core.jobs import Job
from leadline.core.refusals import NotAllowed, RuleBroken, RulesBroken
from leadline.customers import actions
from leadline.customers.models import Customer, Pulse
from leadline.customers.queries.territories import RULED, compiled_rules, placed_by_rules, why_in_territory
from leadline.people.models import Role, Territory, TerritoryMember, User
from tests.at_once import at_once

INDONESIA = {"field": "country", "op": "equals", "value": "ID"}
RETAIL = {"field": "industry", "op": "equals", "value": "Retail"}
BANDUNG = {"field": "postcode", "op": "between", "value": ["401", "406"]}


@pytest.fixture
def territory(cast, by, settle):
    """Makes a territory by its rules, and places who is there already."""

    def made(name: str, rules: object = None, *members: User) -> Territory:
        arranged = actions.add_territory(name=name, rules=rules, members=members, by=by(cast.ada))
        settle()
        return arranged.territory

    return made


def where(customer: Customer) -> str | None:
    """The name of the territory that holds a customer now; the pulse must say the same."""
    customer.refresh_from_db()
    assert Pulse.objects.get(pk=customer.pk).territory_id == customer.territory_id
    return customer.territory.name if customer.territory else None


def test_the_first_that_fits_takes_a_customer_in(make, territory):
    territory("Bandung", {"and": [INDONESIA, BANDUNG]})
    territory("Indonesia", INDONESIA)

    bandung, surabaya = (make.customer(country="ID", postcode=code) for code in ("40 512", "60111"))
    abroad, unknown = make.customer(country="DE", postcode="40512"), make.customer()

    assert [where(each) for each in (bandung, surabaya, abroad, unknown)] == [
        "Bandung",
        "Indonesia",
        None,
        None,
    ]


def test_who_moves_house_changes_the_territory(cast, make, by, territory):
    territory("Indonesia", INDONESIA)
    territory("Retail", RETAIL)
    customer = make.customer(cast.rosa, country="ID", industry="Retail")

    actions.edit_customer(customer, country="SG", by=by(cast.rosa))
    assert where(customer) == "Retail"

    actions.change_customers({customer.pk: Draft(1, {"industry": "Mining"})}, by=by(cast.ada))
    assert where(customer) is None


def test_one_chosen_by_hand_stays_until_the_rules_are_asked_again(cast, make, by, territory):
    java, bali = territory("Java", INDONESIA), territory("Bali")
    customer = make.customer(cast.rosa, country="ID")

    actions.edit_customer(customer, territory=bali.pk, by=by(cast.rosa))
    assert where(customer) == "Bali"
    actions.edit_customer(customer, industry="Mining", territory=bali.pk, by=by(cast.rosa))
    assert where(customer) == "Bali"
    why = why_in_territory(customer)
    assert why is not None
    assert (why.by_hand, why.by_rules) == (True, java)

    actions.edit_customer(customer, territory="", by=by(cast.rosa))
    assert where(customer) == "Java"
    assert not customer.territory_by_hand


def test_a_form_that_says_what_is_pins_nothing(cast, make, by, territory):
    java = territory("Java", INDONESIA)
    territory("Singapore", {"field": "country", "op": "equals", "value": "SG"})
    customer = make.customer(cast.rosa, country="ID")

    actions.edit_customer(customer, country="SG", territory=java.pk, by=by(cast.rosa))

    assert where(customer) == "Singapore"


def test_a_file_names_a_territory(cast, make, by, territory):
    java, bali = territory("Java", INDONESIA), territory("Bali")
    drafts = [
        Draft(row, {"name": f"K{row}", "email": f"k{row}@x.example", "country": "ID", "territory": key})
        for row, key in enumerate((java.pk, bali.pk), start=1)
    ]

    outcome = actions.add_customers(drafts, by=by(cast.ada))

    placed = Customer.objects.filter(pk__in=outcome.created.values()).order_by("pk")
    assert [(row.territory, row.territory_by_hand) for row in placed] == [(java, False), (bali, True)]


def test_new_rules_place_everybody_and_undo_takes_all_back(cast, make, by, territory, settle):
    """PPL-3, SIG-3: as a job that is one change set, with the rules themselves."""
    java = territory("Java", INDONESIA)
    customers = [make.customer(country=code) for code in ("ID", "SG")]

    arranged = actions.change_territory(
        java, rules={"field": "country", "op": "equals", "value": "SG"}, by=by(cast.ada)
    )
    settle()
    assert [where(each) for each in customers] == [None, "Java"]
    assert arranged.job is not None
    assert Job.objects.get(pk=arranged.job.pk).counts["changed"] == 2

    undo_change_set(ChangeSet.objects.get(pk=arranged.job.change_set_id), by=by(cast.ada))
    settle()
    assert [where(each) for each in customers] == ["Java", None]
    java.refresh_from_db()
    assert java.rules == INDONESIA


def test_the_order_decides(cast, make, by, territory, settle):
    territory("Indonesia", INDONESIA)
    retail = territory("Retail", RETAIL)
    customer = make.customer(country="ID", industry="retail")
    assert where(customer) == "Indonesia"

    actions.change_territory(retail, position=1, by=by(cast.ada))
    settle()

    assert where(customer) == "Retail"
    order = Territory.objects.order_by("position")
    assert [(each.name, each.position) for each in order] == [("Retail", 1), ("Indonesia", 2)]


def test_a_new_name_moves_nobody(cast, by, territory):
    java = territory("Java", INDONESIA)

    assert actions.change_territory(java, name="Jawa", position=9, by=by(cast.ada)).job is None


def test_what_lay_in_a_retired_one_goes_elsewhere(cast, make, by, territory, settle):
    java, bali = territory("Java", INDONESIA), territory("Bali")
    by_rules, by_hand = make.customer(country="ID"), make.customer(country="ID", territory=bali.pk)

    actions.retire_territory(bali, by=by(cast.ada))
    settle()
    assert [where(each) for each in (by_rules, by_hand)] == ["Java", "Java"]
    with pytest.raises(RulesBroken, match="not found"):
        make.customer(territory=bali.pk)

    actions.retire_territory(java, by=by(cast.ada))
    settle()
    assert where(by_rules) is None
    actions.restore_territory(java, by=by(cast.ada))
    settle()
    assert where(by_rules) == "Java"


def test_rules_ask_where_and_what_alone(cast, by):
    """PPL-3: and what can't be meant is refused by the name of the field."""
    for wrong in (
        {"field": "email", "op": "equals", "value": "a@b.example"},
        {"field": "owner", "op": "is_me"},
        {"count": "activities", "op": "at_least", "value": 3},
        {"field": "country", "op": "equals", "value": "Atlantis"},
        {"created_in": 4},
        "{",
    ):
        with pytest.raises(RuleBroken) as refusal:
            actions.add_territory(name="X", rules=wrong, by=by(cast.ada))
        assert refusal.value.field == "rules"
    assert not Territory.objects.exists()


def test_only_administrators_arrange_territories(cast, by):
    with pytest.raises(NotAllowed):
        actions.add_territory(name="Mine", by=by(cast.mira))


def test_members_see_what_lies_in_their_territory(cast, make, by, territory):
    """PPL-3: with Field Sales; the members change without placing anybody anew."""
    cast.otto.roles.set([Role.objects.get(key="field-sales")])
    java = territory("Java", INDONESIA, cast.otto)
    customer = make.customer(cast.rosa, country="ID")
    assert customer in Customer.objects.visible_to(User.objects.get(pk=cast.otto.pk))

    arranged = actions.change_territory(java, members=[cast.rosa], by=by(cast.ada))

    assert arranged.job is None
    assert customer not in Customer.objects.visible_to(User.objects.get(pk=cast.otto.pk))
    assert list(TerritoryMember.objects.values_list("user", flat=True)) == [cast.rosa.pk]


LEAVES = st.one_of(
    st.builds(
        lambda name, op, value: {"field": name, "op": op, "value": value},
        st.sampled_from(["region", "city", "industry", "postcode"]),
        st.sampled_from(["equals", "starts_with", "contains", "not_equals"]),
        st.sampled_from(["a", "Ä", "b1", "1 2", "%"]),
    ),
    st.builds(
        lambda ends: {"field": "postcode", "op": "between", "value": sorted(ends)},
        st.tuples(st.sampled_from(["1", "12", "a 1"]), st.sampled_from(["13", "2", "b"])),
    ),
    st.builds(
        lambda ends: {"field": "employees", "op": "between", "value": sorted(ends)},
        st.tuples(st.integers(0, 20), st.integers(0, 20)),
    ),
    st.builds(
        lambda code: {"field": "country", "op": "in", "value": code},
        st.lists(st.sampled_from(["ID", "SG", "DE"]), min_size=1, max_size=2),
    ),
)
RULES = st.recursive(
    LEAVES,
    lambda inner: (
        st.builds(
            lambda word, parts: {word: parts},
            st.sampled_from(["and", "or"]),
            st.lists(inner, min_size=1, max_size=3),
        )
        | st.builds(lambda part: {"not": part}, inner)
    ),
    max_leaves=4,
)
RECORDS = st.fixed_dictionaries(
    {
        "country": st.sampled_from(["", "ID", "SG"]),
        "region": st.sampled_from(["", "A", "ä"]),
        "city": st.sampled_from(["", "ab1", "B1"]),
        "industry": st.sampled_from(["", "a%", "A"]),
        "postcode": st.sampled_from(["", "1 2", "129", "13", "A12", "b 9"]),
        "employees": st.none() | st.integers(0, 20),
        "kind": st.sampled_from(["enterprise", "dealer"]),
    }
)  # fmt: skip


class Undone(Exception):
    """Takes back what was tried."""


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rules=st.lists(RULES, max_size=4), records=st.lists(RECORDS, min_size=1, max_size=6))
def test_coming_in_changing_and_the_job_agree_with_python(cast, by, rules, records):
    """PPL-3: first match wins, whichever way a customer gets there."""
    with suppress(Undone), transaction.atomic():
        for place, given_rules in enumerate(rules):
            Territory.objects.create(name=f"T{place}", position=place, rules=given_rules)
        compiled = compiled_rules()
        expected = [placed_by_rules(record, compiled) for record in records]
        drafts = [
            Draft(row, {"name": "N", "email": f"{row}@x.example", **record})
            for row, record in enumerate(records)
        ]
        came = list(actions.add_customers(drafts, by=by(cast.ada)).created.values())
        assert _placed(came) == expected

        Customer.objects.update(territory=None)
        actions.place_customers(came, by=by(cast.ada))
        assert _placed(came) == expected

        plain = [Draft(row, {"name": "N", "email": f"p{row}@x.example"}) for row in range(len(records))]
        changed = list(actions.add_customers(plain, by=by(cast.ada)).created.values())
        changes = {key: Draft(1, record) for key, record in zip(changed, records, strict=True)}
        actions.change_customers(changes, by=by(cast.ada))
        assert _placed(changed) == expected
        raise Undone


def _placed(ids: list[int]) -> list[Territory | None]:
    found = Customer.objects.select_related("territory").in_bulk(ids)
    return [found[key].territory for key in ids]


@pytest.mark.django_db(transaction=True)
def test_rules_changed_while_customers_come_in_hold_for_them_too(cast, make, by, settle):
    """PPL-3, ALL-1: whoever comes second sees the first, so nobody is left by rules that are no more."""
    java = actions.add_territory(name="Java", rules=INDONESIA, by=by(cast.ada)).territory
    settle()
    retail = {"field": "industry", "op": "equals", "value": "Retail"}

    at_once(
        lambda: actions.change_territory(java, rules=retail, by=by(cast.ada)),
        lambda: actions.add_customer(name="A", email="a@x.example", country="ID", by=by(cast.ada)),
        lambda: actions.add_customer(name="B", email="b@x.example", industry="Retail", by=by(cast.ada)),
    )
    settle()

    assert set(Customer.objects.values_list("name", "territory__name")) == {("A", None), ("B", "Java")}
    assert set(RULED) >= {"country", "industry"}
