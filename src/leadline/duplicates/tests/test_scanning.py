"""Pairs and groups are found over the whole database, in the background (CUS-22)."""

import pytest

from leadline.core.jobs import Job, resume_job
from leadline.core.refusals import NotAllowed, RuleBroken
from leadline.customers import actions as customers
from leadline.customers.likeness import providers
from leadline.customers.queries.duplicates import likely_duplicates
from leadline.duplicates import actions, tasks
from leadline.duplicates.models import Dismissal, Pair, Scan
from leadline.duplicates.queries import Asked, grouped, half_out_of_sight, pairs_for
from leadline.duplicates.scanning import records
from leadline.people.models import User


@pytest.fixture
def scan(cast, by, settle):
    """`scan()`: look for duplicates, as the house does at night."""

    def run(**how):
        actions.start_scan(**how, by=by(User.objects.house(), via="rule"))
        settle()

    return run


def seen(user, **asked):
    """Names and reasons of the pairs that somebody sees."""
    shown, _next = pairs_for(user, Asked(**asked))
    return [({each.low.name, each.high.name}, each.reasons) for each in shown]


def test_pairs_are_found_with_their_reasons(cast, make, scan):
    make.customer(cast.rosa, name="PT Acme Steel Tbk", email="info@acme.co.id", city="Jakarta", country="ID")
    make.customer(cast.rosa, name="Acme Steel", email="sales@acme.co.id", city="Jakarta", country="ID")
    make.customer(cast.rosa, name="Somebody Else", city="Jakarta", country="ID")

    scan()

    assert seen(cast.rosa) == [
        ({"PT Acme Steel Tbk", "Acme Steel"}, ["same domain", "name 100 % alike", "same city"])
    ]


def test_only_changes_are_looked_at_again(cast, make, scan, by):
    one, other = make.customer(cast.rosa, name="Alpha"), make.customer(cast.rosa, name="Beta")
    scan()
    assert seen(cast.rosa) == []

    customers.edit_customer(other, email=one.email, by=by(cast.rosa))
    scan()

    assert seen(cast.rosa) == [({"Alpha", "Beta"}, ["same e-mail"])]
    assert [each.is_full for each in Scan.objects.filter(kind="customer").order_by("pk")] == [True, False]

    customers.edit_customer(other, email="other@acme.example", by=by(cast.rosa))
    scan()
    assert seen(cast.rosa) == []


def test_what_was_put_off_stays_so_when_a_field_changes(cast, make, scan, by):
    one, _other = (make.customer(cast.rosa, name=name, email="same@acme.co.id") for name in ("Alpha", "Beta"))
    scan()
    actions.put_off([Pair.objects.get().pk], by=by(cast.rosa))

    customers.edit_customer(one, city="Solo", by=by(cast.rosa))
    scan()

    assert Pair.objects.get().later_at


def test_after_a_full_scan_that_was_cancelled_all_is_looked_at(cast, make, scan, by):
    for name in ("Alpha", "Beta"):
        make.customer(cast.rosa, name=name, email="same@acme.co.id")
    scan()
    actions.begin_scan("customer", is_full=True, settled=0, job=None, by=by(cast.ada))
    make.customer(cast.rosa, name="Gamma", email="same@acme.co.id")
    actions.take_records(Scan.objects.latest("pk"), after=0, limit=1, by=by(cast.ada))

    scan()

    assert Scan.objects.filter(kind="customer").latest("pk").is_full
    assert Pair.objects.count() == 3


def test_an_older_scan_that_goes_on_leaves_the_newer_alone(cast, make, scan, by, settle):
    for name in ("Alpha", "Beta"):
        make.customer(cast.rosa, name=name, email="same@acme.co.id")
    older = actions.begin_scan("customer", is_full=True, settled=0, job=None, by=by(cast.ada))
    at = {"kind": 0, "scan": older.pk, "step": "take", "after": 0, "since": None}
    job = actions.start_scan(is_full=True, kinds=["customer"], by=by(cast.ada))
    Job.objects.filter(pk=job.pk).update(cursor=at, state=Job.State.CANCELLED)
    scan()
    known = list(records.together("customer", "email", after=None, upto=None))

    resume_job(Job.objects.get(pk=job.pk), by=by(cast.ada))
    settle()

    older.refresh_from_db()
    assert (Job.objects.get(pk=job.pk).state, older.ended_at) == (Job.State.DONE, None)
    assert list(records.together("customer", "email", after=None, upto=None)) == known
    assert Pair.objects.count() == 1


def test_a_scan_whose_records_are_lost_begins_anew(cast, make, by, settle):
    for name in ("Alpha", "Beta"):
        make.customer(cast.rosa, name=name, email="same@acme.co.id")
    begun = actions.begin_scan("customer", is_full=True, settled=0, job=None, by=by(cast.ada))
    actions.take_records(begun, after=0, limit=100, by=by(cast.ada))
    at = {"kind": 0, "scan": begun.pk, "step": "domain", "after": None, "since": None}
    job = actions.start_scan(is_full=True, kinds=["customer"], by=by(cast.ada))
    Job.objects.filter(pk=job.pk).update(cursor=at)

    records.begin("customer")  # as after an unclean stop: what is not logged is empty
    settle()

    assert Scan.objects.filter(kind="customer", ended_at__isnull=False).count() == 1
    assert Pair.objects.count() == 1


def test_a_look_at_changes_without_the_other_records_looks_at_all(cast, make, scan, by, settle):
    for name in ("Alpha", "Beta"):
        make.customer(cast.rosa, name=name, email="same@acme.co.id")
    scan()
    begun = actions.begin_scan("customer", is_full=False, settled=0, job=None, by=by(cast.ada))
    at = {"kind": 0, "scan": begun.pk, "step": "take", "after": 0, "since": 0}
    job = actions.start_scan(kinds=["customer"], by=by(cast.ada))
    Job.objects.filter(pk=job.pk).update(cursor=at)

    records.begin("customer")
    settle()

    assert Scan.objects.filter(kind="customer").latest("pk").is_full
    assert Pair.objects.count() == 1


def test_a_pair_found_in_portions_is_kept_once(cast, make, scan, monkeypatch):
    """As after a kill: what a portion found is kept, and the next one goes on behind its last key."""
    monkeypatch.setattr(tasks, "COMPARED", 1)
    for email in ("one@acme.co.id", "two@acme.co.id", "two@acme.co.id", "three@acme.co.id"):
        make.customer(cast.rosa, name="Acme Steel", email=email, city="Solo")

    scan(is_full=True)
    scan(is_full=True)

    assert Pair.objects.count() == 6


def test_a_scan_that_waits_is_shown(cast, as_, by):
    actions.start_scan(by=by(cast.ada))

    page = as_(cast.ada).get("/duplicates/").text

    assert "A scan waits for its turn." in page
    assert "Look now" not in page


def test_what_hangs_together_is_one_group(cast, make, scan):
    for name in ("Alpha", "Beta", "Gamma"):
        make.customer(cast.rosa, name=name, email="same@acme.co.id")

    scan()

    groups = grouped(pairs_for(cast.rosa, Asked())[0])
    assert [len(group.records) for group in groups] == [3]


def test_not_duplicates_is_remembered_until_taken_back(cast, make, scan, by):
    for name in ("Alpha", "Beta"):
        make.customer(cast.rosa, name=name, email="same@acme.co.id")
    scan()
    pair = Pair.objects.get()

    actions.dismiss_pairs([pair.pk], by=by(cast.rosa))
    scan(is_full=True)

    assert seen(cast.rosa) == []
    assert seen(cast.rosa, dismissed=True) == [({"Alpha", "Beta"}, ["same e-mail"])]
    assert Dismissal.objects.get().dismissed_by == cast.rosa

    actions.take_back(Pair.objects.get(), by=by(cast.rosa))
    assert len(seen(cast.rosa)) == 1


def test_both_sides_must_be_within_reach(cast, make, scan, by):
    make.customer(cast.rosa, name="Alpha", email="same@acme.co.id")
    make.customer(cast.otto, name="Beta", email="same@acme.co.id")
    scan()
    pair = Pair.objects.get()

    assert seen(cast.rosa) == []
    assert len(seen(cast.ada)) == 1
    assert half_out_of_sight(cast.rosa, "customer").count == 1
    assert half_out_of_sight(cast.mira, "customer").owners == ["Otto Brandt"]
    with pytest.raises(NotAllowed):
        actions.dismiss_pairs([pair.pk], by=by(cast.rosa))
    with pytest.raises(NotAllowed):
        actions.start_scan(by=by(cast.sam))


def test_merged_ones_leave_the_list_and_come_back(cast, make, scan, by):
    one = make.customer(cast.rosa, name="Alpha", email="same@acme.co.id")
    other = make.customer(cast.rosa, name="Beta", email="same@acme.co.id")
    scan()

    customers.start_merge("customer", one, others=[other.pk], by=by(cast.rosa))

    assert seen(cast.rosa) == []


def test_contacts_are_found_too(cast, make, scan):
    one, other = make.customer(cast.rosa, name="Alpha"), make.customer(cast.rosa, name="Beta")
    make.contact(one, name="Sri Dewi", email="sri.dewi@gmail.com")
    make.contact(other, name="Dewi Sri", email="sridewi+shop@googlemail.com")

    scan()

    assert seen(cast.rosa, kind="contact") == [
        ({"Sri Dewi", "Dewi Sri"}, ["same e-mail", "name 100 % alike"])
    ]


def test_other_rules_find_other_pairs(cast, make, scan, by, settle):
    for name in ("Alpha Steel", "Alpha Steel Works"):
        make.customer(cast.rosa, name=name, city="Jakarta")
    scan()
    assert seen(cast.rosa) == []

    actions.change_rules("customer", {"name": (95, 50), "pair": (40, 0)}, by=by(cast.ada))
    settle()
    assert len(seen(cast.rosa)) == 1

    actions.put_rules_back("customer", by=by(cast.ada))
    settle()
    assert seen(cast.rosa) == []
    with pytest.raises(NotAllowed):
        actions.change_rules("customer", {"name": (95, 50)}, by=by(cast.rosa))


def test_one_scan_at_a_time(cast, by):
    actions.start_scan(by=by(cast.ada))

    with pytest.raises(RuleBroken, match="under way"):
        actions.start_scan(by=by(cast.ada))


def test_too_many_under_one_key_are_compared_with_their_neighbours(cast, make, scan, monkeypatch):
    from leadline.duplicates.scanning import comparing

    monkeypatch.setattr(comparing, "LARGEST", 4)
    monkeypatch.setattr(comparing, "WINDOW", 1)
    for number in range(6):
        make.customer(cast.rosa, name=f"Alpha {number}", email="same@acme.co.id")

    scan()

    assert Scan.objects.get(kind="customer").cut > 0
    assert len(seen(cast.rosa)) == 5


def test_a_domain_that_many_customers_share_is_a_providers(cast, make, scan, monkeypatch):
    monkeypatch.setattr(providers, "MOST", 2)
    for number, domain in enumerate(
        ("mail.example", "acme.co.id", "mail.example", "acme.co.id", "mail.example")
    ):
        make.customer(cast.rosa, name="Acme Steel", email=f"a{number}@{domain}")

    scan(is_full=True)

    assert [reasons for _names, reasons in seen(cast.rosa)] == [["same domain", "name 100 % alike"]]
    typed = {"name": "Acme Steel", "email": "new@mail.example"}
    assert {tuple(each.reasons) for each in likely_duplicates(cast.rosa, **typed)} == {("name 100 % alike",)}


def test_names_at_one_address_need_not_begin_alike(cast, make, scan):
    for name in ("Karbour Lights", "Harbour Lights"):
        make.customer(cast.rosa, name=name, address="Am Markt 192", city="Köln", postcode="50867")

    scan()

    assert [reasons for _names, reasons in seen(cast.rosa)] == [
        ["name 92 % alike", "same address", "same postcode", "same city"]
    ]
