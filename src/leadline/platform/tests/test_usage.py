"""How customers use the platform: linked later, merged, archived, erased; pages within reach (PLT-7)."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from leadline.core.changesets import ChangeSet, undo_change_set
from leadline.core.clock import at
from leadline.core.privacy import person_of
from leadline.core.refusals import RuleBroken
from leadline.customers.actions import archive_customers, restore_customers, start_merge
from leadline.governance.actions import confirm_erasure, request_erasure
from leadline.plans.actions import change_capability
from leadline.plans.models import Capability
from leadline.platform.models import FeatureUse, PlatformUser
from leadline.platform.queries.usage import usage_between
from leadline.platform.queries.utilisation import utilisation_for
from leadline.platform.tests.test_counting import told_at
from leadline.platform.usage import bring_up_to_date

NOON = datetime(2026, 11, 10, 12, tzinfo=UTC)
LAST_MONTH = NOON - timedelta(days=20)


@pytest.fixture
def day():
    """It is the tenth of November."""
    with at(NOON):
        yield NOON


@pytest.fixture
def counted(cast, by):
    """Let usage catch up and be tallied, as the worker does."""
    return lambda: bring_up_to_date(by=by(cast.house, via="job"))


def used(capability, amount=None, user="u-1", moment=NOON, email="ana@example.com"):
    """An event of a capability that was used."""
    more = {} if amount is None else {"amount": str(amount)}
    return told_at(moment, "feature_used", user, email=email, capability=capability, **more)


def uses(customer):
    """Capability → used, last month, state."""
    rows = FeatureUse.objects.filter(customer=customer).select_related("capability")
    return {use.capability.key: (f"{use.used:.0f}", f"{use.before:.0f}", use.state) for use in rows}


def test_each_kind_of_capability_counts_in_its_way(told, counted, make, cast, day):
    ana = make.customer(cast.rosa, email="ana@example.com")
    told(
        used("data_export", 2),
        used("data_export"),
        used("data_export", 7, moment=LAST_MONTH),
        used("active_listings", 4, moment=LAST_MONTH),
        used("images_per_listing", 3),
        used("images_per_listing", 6, moment=NOON - timedelta(hours=1)),
        used("advanced_analytics"),
        used("boosts", 2),
        told_at(NOON, "seen", "u-9"),
    )
    counted()

    assert uses(ana) == {
        "data_export": ("3", "7", "full"),
        "active_listings": ("4", "4", "near"),
        "images_per_listing": ("6", "0", "over"),
        "advanced_analytics": ("1", "0", "outside"),
        "boosts": ("2", "0", "free"),
    }


def test_what_several_users_of_a_customer_use_is_added_up(told, counted, make, cast, day):
    ana = make.customer(cast.rosa, email="ana@example.com")
    make.contact(ana, email="bo@example.com")
    bo = {"user": "u-2", "email": "bo@example.com"}
    told(used("active_listings", 2), used("active_listings", 3, **bo), used("images_per_listing", 2, **bo))
    counted()

    assert uses(ana) == {
        "active_listings": ("5", "0", "full"),
        "images_per_listing": ("2", "0", "within"),
    }
    assert FeatureUse.objects.get(capability__key="active_listings").users == 2


def test_who_is_linked_later_brings_the_days_before_along(told, counted, make, cast, day, settle):
    told(used("data_export", 2), told_at(NOON - timedelta(days=3), "logged_in", email="ana@example.com"))
    counted()
    assert not FeatureUse.objects.exists()

    ana = make.customer(cast.rosa, email="ana@example.com")
    settle()

    assert uses(ana)["data_export"][0] == "2"
    assert usage_between(ana.pk, (NOON - timedelta(days=7)).date(), NOON.date()).totals["logins"] == 1


def test_what_was_used_goes_along_when_customers_become_one_and_back(
    told, counted, make, cast, by, day, settle
):
    ana = make.customer(cast.rosa, email="ana@example.com")
    bo = make.customer(cast.rosa, email="bo@example.com")
    told(used("data_export", 2), used("data_export", 3, "u-2", email="bo@example.com"))
    counted()

    done = start_merge("customer", ana, others=[bo.pk], by=by(cast.ada))
    settle()
    assert uses(ana)["data_export"][0] == "5"
    assert uses(bo) == {}

    undo_change_set(ChangeSet.objects.get(pk=done.change_set), by=by(cast.ada))
    settle()
    assert (uses(ana)["data_export"][0], uses(bo)["data_export"][0]) == ("2", "3")


def test_archived_customers_do_not_count_until_they_come_back(told, counted, make, cast, by, day, settle):
    ana = make.customer(cast.rosa, email="ana@example.com")
    told(used("data_export"))
    counted()
    archive_customers([ana.pk], by=by(cast.ada))
    settle()
    assert uses(ana) == {}

    restore_customers([ana.pk], by=by(cast.ada))
    settle()
    assert uses(ana)["data_export"][0] == "1"


def test_another_limit_holds_soon(told, counted, make, cast, by, day, settle):
    ana = make.customer(cast.rosa, email="ana@example.com")
    told(used("boosts", 2))
    counted()
    boosts = Capability.objects.get(key="boosts")

    change_capability(boosts, default_limit=Decimal(1), by=by(cast.ada))
    settle()
    counted()
    assert uses(ana)["boosts"] == ("2", "0", "over")
    change_capability(boosts, kind="quantity", default_limit=Decimal(4), by=by(cast.ada))
    settle()
    counted()
    assert uses(ana)["boosts"] == ("2", "0", "within")


def test_a_new_month_begins_at_none(told, counted, make, cast, day):
    ana = make.customer(cast.rosa, email="ana@example.com")
    told(used("data_export", 2), used("active_listings", 3))
    counted()
    with at(NOON + timedelta(days=25)):
        counted()

    assert uses(ana) == {
        "data_export": ("0", "2", "within"),
        "active_listings": ("3", "3", "within"),
    }


def test_a_period_and_the_one_before(told, counted, make, cast, day):
    ana = make.customer(cast.rosa, email="ana@example.com")
    login = {"email": "ana@example.com"}
    told(
        told_at(NOON, "logged_in", **login),
        told_at(NOON + timedelta(minutes=3), "seen", **login),
        told_at(NOON - timedelta(days=29), "logged_in", **login),
        told_at(NOON - timedelta(days=30), "logged_in", **login),
    )
    counted()

    usage = usage_between(ana.pk, (NOON - timedelta(days=29)).date(), NOON.date())
    assert len(usage.days) == 30
    assert (usage.totals["logins"], usage.before["logins"]) == (2, 1)
    assert (usage.days[-1].minutes, usage.days[0].logins) == (3, 1)


def test_a_period_is_refused_that_none_can_mean(day):
    today = NOON.date()
    for first, last in ((today, today - timedelta(days=1)), (today - timedelta(days=366), today)):
        with pytest.raises(RuleBroken) as refused:
            usage_between(1, first, last)
        assert refused.value.field == "from"


@pytest.fixture
def two(told, counted, make, cast, day):
    """A customer of Rosa near a limit, one of Otto over it."""
    ana = make.customer(cast.rosa, name="Ana Lines", email="ana@example.com")
    bo = make.customer(cast.otto, name="Bo Boats", email="bo@example.com")
    make.customer(cast.rosa)
    told(
        used("active_listings", 4),
        told_at(NOON, "logged_in", email="ana@example.com"),
        used("active_listings", 9, "u-2", email="bo@example.com"),
        used("data_export", 1, "u-2", email="bo@example.com"),
    )
    counted()
    return ana, bo


def line_of(person, key="active_listings", **asked):
    return next(line for line in utilisation_for(person, **asked).lines if line.capability.key == key)


def test_utilisation_is_that_of_the_customers_within_reach(two, cast):
    own, all_of_it, mine = line_of(cast.rosa), line_of(cast.lena), line_of(cast.mira)

    assert (own.customers, own.near, own.over, own.known, own.used) == (1, 1, 0, 1, 4)
    assert (mine.customers, mine.near) == (1, 1)
    assert (all_of_it.customers, all_of_it.near, all_of_it.over, all_of_it.known) == (2, 1, 1, 2)
    assert line_of(cast.lena, team=cast.south.pk).customers == 1
    assert line_of(cast.rosa, "data_export").customers == 0
    assert utilisation_for(cast.prue).lines[0].known == 0


def test_utilisation_in_three_questions(two, cast, django_assert_num_queries):
    cast.lena.grants  # noqa: B018 - asked once with the person
    with django_assert_num_queries(3):
        utilisation_for(cast.lena, sort="over")


@pytest.mark.parametrize("who", ["rosa", "otto", "mira", "lena", "aud", "ada"])
def test_each_figure_opens_those_behind_it(two, as_, cast, who):
    person = getattr(cast, who)
    page = as_(person).get("/platform/features")
    assert page.status_code == 200
    for line in utilisation_for(person).lines:
        for part, count in (
            ({"field": "used", "op": "greater_than", "value": 0}, line.customers),
            ({"field": "state", "op": "equals", "value": "near"}, line.near),
            ({"field": "state", "op": "equals", "value": "over"}, line.over),
        ):
            where = {"and": [{"field": "capability", "op": "equals", "value": line.capability.pk}, part]}
            answer = as_(person).get("/platform/usage/", {"where": json.dumps(where)})
            assert answer.content.decode().count('<tr id="usage-') == count


def test_the_part_of_a_customer_says_it_in_words(two, as_, cast):
    ana, bo = two
    part = as_(cast.rosa, htmx=True).get(f"/customers/{ana.pk}/usage/beside").content.decode()

    assert "Active listings" in part
    assert "4 of 5" in part
    assert "Near the limit" in part
    assert "none in the 30 days before" in part
    assert as_(cast.rosa).get(f"/customers/{bo.pk}/usage/beside").status_code == 404
    assert as_(cast.rosa).get(f"/customers/{bo.pk}/usage").status_code == 404
    assert as_(cast.prue).get(f"/customers/{ana.pk}/usage").status_code == 404


def test_the_page_of_a_customer_has_its_days_and_what_is_counted(two, as_, cast):
    ana, _bo = two
    page = as_(cast.rosa).get(f"/customers/{ana.pk}/usage", {"days": "90", "show": "logins"}).content.decode()

    assert page.count('<tr><th scope="row">') >= 90
    assert "at most five minutes apart" in page
    file = as_(cast.rosa).get(f"/customers/{ana.pk}/usage/file").content.decode().splitlines()
    assert file[0].endswith("day,logins,minutes,listings,views,inquiries,searches")
    assert file[-1].startswith("2026-11-10,1,")
    assert len(file) == 31


def test_a_customer_without_usage_has_an_empty_part_and_says_so_on_its_page(as_, cast, make, day):
    quiet = make.customer(cast.rosa)

    assert "<section" not in as_(cast.rosa).get(f"/customers/{quiet.pk}/usage/beside").content.decode()
    assert "Nothing was used" in as_(cast.rosa).get(f"/customers/{quiet.pk}/usage").content.decode()


def test_utilisation_as_a_file_and_sorted(two, as_, cast):
    page = as_(cast.lena).get("/platform/features", {"sort": "over"}).content.decode()
    file = as_(cast.lena).get("/platform/features/file", {"sort": "over"}).content.decode().splitlines()

    assert 'aria-sort="descending"' in page
    assert file[1].startswith("active_listings,Active listings,quantity,5.0000,2,0,2,13.0000")
    assert as_(cast.prue).get("/platform/features").status_code == 403


def test_of_an_erased_person_nothing_is_left_of_what_was_used(told, counted, make, cast, by, day, settle):
    ana = make.customer(cast.rosa, kind="individual", email="ana@example.com")
    told(used("data_export"))
    counted()
    person = person_of("customer", ana.pk)
    erasure = request_erasure(person, reason="She asked.", by=by(cast.ada))
    confirm_erasure(erasure, name=ana.name, by=by(cast.ada))
    settle()
    counted()

    assert PlatformUser.objects.get().is_erased
    assert not FeatureUse.objects.exists()
