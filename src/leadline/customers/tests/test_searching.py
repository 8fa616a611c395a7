"""Finding customers: any part, any order, accents, phones in any format, one letter wrong (CUS-6)."""

import pytest
from django.db import connection
from django.utils import timezone

from leadline.core import search as searching
from leadline.core.actions import Actor
from leadline.core.drafts import Draft
from leadline.core.normalise.text import sort_key
from leadline.core.search import index, matching_sql, not_found_help, rebuild, search, search_ids
from leadline.customers.actions import add_customers
from leadline.customers.models import Contact, Customer
from leadline.people.models import Team, User
from leadline.people.scope import Reach

EVERYTHING = Reach(everything=True)


@pytest.fixture
def rosa(db):
    """A seller in the team North."""
    return User.objects.create(email="rosa@example.com", name="Rosa", team=Team.objects.create(name="North"))


def customer(name, email="info@example.com", phone="", owner=None, archived=False, contacts=()):
    stamp = timezone.now()
    stamps = {"created_at": stamp, "updated_at": stamp}
    made = Customer.objects.create(
        name=name,
        name_key=sort_key(name),
        email=email,
        phone=phone,
        owner=owner,
        team=owner and owner.team,
        archived_at=stamp if archived else None,
        **stamps,
    )
    for contact_name, contact_email, contact_phone in contacts:
        Contact.objects.create(
            customer=made,
            name=contact_name,
            name_key=sort_key(contact_name),
            email=contact_email,
            phone=contact_phone,
            **stamps,
        )
    index("customer", [made.pk])
    return made


@pytest.fixture
def maju(rosa):
    return customer(
        "PT Maju Jäya",
        "office@maju-jaya.co.id",
        "+6281234567890",
        owner=rosa,
        contacts=[
            ("Håkan Łukasz", "hakan@elsewhere.example", "+4930901820"),
            ("Ann Berg", "a.berg@maju.example", ""),
        ],
    )


@pytest.fixture
def others(db):
    return [
        customer("Zebra Foods", "zebra@foods.example"),
        customer("Alpha Trading", "alpha@trading.example"),
    ]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("maju", "name"),
        ("AJU", "name"),
        ("jaya pt", "name"),
        ("jäy", "name"),
        ("pt", "name"),
        ("p", "name"),
        ("office@maju-jaya.co.id", "email"),
        ("OFFICE@maju", "email"),
        ("+62 812-3456-7890", "phone"),
        ("0812 3456 7890", "phone"),
        ("81234567890", "phone"),
        ("0062 (812) 345", "phone"),
        ("+62 (0)812 3456", "phone"),
        ("7890", "phone"),
        ("hakan", "contact_name"),
        ("lukasz HÅKAN", "contact_name"),
        ("a.berg@", "contact_email"),
        ("030 901820", "contact_phone"),
        ("maju hakan 7890", "name"),
    ],
)
def test_any_part_in_any_order_finds(maju, others, typed, why):
    [hit] = search("customer", typed, EVERYTHING)

    assert hit.id == maju.pk
    assert hit.meant == ""
    assert typed == "maju hakan 7890" or hit.why == why


@pytest.mark.parametrize(
    "typed", ["", "   ", "%", "_", "\x00", "\\", "aju%ja", "nobody", "0", "999999", "'; DROP TABLE x; --"]
)
def test_what_nobody_has_finds_nothing(maju, others, typed):
    assert search("customer", typed, EVERYTHING) == []


@pytest.mark.parametrize("typed", ["Zibra Foods", "Zebraa", "Zebea", "Zbera", "zebra fods"])
def test_one_letter_wrong_still_finds(maju, others, typed):
    [hit] = search("customer", typed, EVERYTHING)

    assert hit.id == others[0].pk
    assert hit.meant.startswith("zebra")


def test_two_letters_wrong_find_nothing(others):
    assert search("customer", "Zxbrx", EVERYTHING) == []


def test_exact_email_and_phone_come_first_then_the_name_as_it_begins(others):
    by_mail = customer("Zz", "berg@example.com", "+14155550100")
    begins = customer("Berg@example.com Ltd", "x@y.example")
    within = customer("Joberg@example.com", "y@y.example", "+141555501009")

    assert search_ids("customer", "berg@example.com", EVERYTHING) == [by_mail.pk, begins.pk, within.pk]
    assert search_ids("customer", "415 555 0100", EVERYTHING)[0] == by_mail.pk


def test_names_that_begin_so_come_before_names_that_hold_it(db):
    held, word, begins, equal = [customer(name).pk for name in ("Bigoak", "The Oak", "Oak Farm", "Oak")]

    assert search_ids("customer", "oak", EVERYTHING) == [equal, begins, word, held]


def test_a_seller_finds_only_the_own_and_a_manager_the_teams(maju, others, rosa):
    assert search_ids("customer", "example", Reach(owner_id=rosa.pk)) == [maju.pk]
    assert search_ids("customer", "zebra", Reach(owner_id=rosa.pk)) == []
    assert search_ids("customer", "maju", Reach(owner_id=0, team_ids=(rosa.team_id,))) == [maju.pk]
    assert search_ids("customer", "maju", Reach()) == []
    assert set(search_ids("customer", "example", EVERYTHING)) == {maju.pk, *(other.pk for other in others)}


def test_an_archived_customer_is_not_among_the_hits_but_in_a_list_that_asks_for_it(db):
    gone = customer("Oldtown", archived=True)

    assert search("customer", "oldtown", EVERYTHING) == []
    assert search_ids("customer", "oldtown", EVERYTHING) == [gone.pk]


def test_the_document_follows_the_record(maju, rosa):
    Customer.objects.filter(pk=maju.pk).update(name_key="renamed")
    Contact.objects.filter(customer=maju, name="Ann Berg").update(archived_at=timezone.now())

    assert index("customer", [maju.pk]) == 1
    assert index("customer", [maju.pk]) == 0
    assert search_ids("customer", "renamed", EVERYTHING) == [maju.pk]
    assert search_ids("customer", "a.berg", EVERYTHING) == []


def test_the_document_of_an_erased_record_goes(db):
    erased = customer("Erased")
    Customer.objects.filter(pk=erased.pk).delete()
    index("customer", [erased.pk])

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM core_search_document")
        assert cursor.fetchone() == (0,)


def test_all_that_fit_are_there_for_a_set(maju, others):
    sql, params = matching_sql("customer", "example", EVERYTHING)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        assert {row[0] for row in cursor.fetchall()} == {maju.pk, *(other.pk for other in others)}


def test_common_terms_are_walked_and_find_the_same(maju, others, monkeypatch):
    monkeypatch.setattr(searching.finding, "COMMON", 0)
    monkeypatch.setattr(searching.finding, "COMMON_IN_A_SCOPE", 0)

    assert set(search_ids("customer", "example", EVERYTHING)) == {maju.pk, *(other.pk for other in others)}
    assert search_ids("customer", "aju", Reach(owner_id=0, team_ids=(maju.team_id,))) == [maju.pk]


def test_not_found_helps(maju, others, rosa):
    customer("Zebra Mills", owner=rosa, archived=True)

    helped = not_found_help("customer", "zebra", Reach(owner_id=rosa.pk))

    assert helped.archived == 1
    assert helped.without_filters == 0
    assert helped.outside == [others[0].pk]
    assert not_found_help("customer", "zebra", EVERYTHING).outside == []
    assert not_found_help("customer", "xebra foods nowhere", EVERYTHING).spelling == ["zebra foods nowhere"]


def test_everything_can_be_indexed_anew(maju, others):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_search_document")

    assert rebuild("customer") == 3
    assert rebuild("customer") == 3
    assert search_ids("customer", "zebra", EVERYTHING) == [others[0].pk]


def test_what_was_just_made_gets_the_document_that_it_would_get_later(db):
    drafts = [
        Draft(1, {"name": "Zebra Foods", "email": "zoë@zebra.example", "phone": "+6281234567890"}),
        Draft(2, {"name": "Plain", "email": "plain@example.com"}),
    ]

    ids = sorted(add_customers(drafts, by=Actor(User.objects.house(), via="cli")).created.values())

    assert search_ids("customer", "zoe zebra 81234", EVERYTHING) == ids[:1]
    assert index("customer", ids) == 0, "nothing is to be changed"


def test_japanese_and_chinese_names_are_found_by_a_single_sign(db):
    tokyo = customer("株式会社 山田商店")

    assert search_ids("customer", "山", EVERYTHING) == [tokyo.pk]
    assert search_ids("customer", "商店", EVERYTHING) == [tokyo.pk]


def test_a_search_asks_the_database_at_most_three_times(maju, others, django_assert_max_num_queries):
    search("customer", "warm", EVERYTHING)
    with django_assert_max_num_queries(3):
        search("customer", "maju", EVERYTHING)
