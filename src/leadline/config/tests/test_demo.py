"""Demo data: believable, the same for the same seed, never among real customers."""

import pytest
from django.db import transaction
from django.db.models import Count

from leadline.config import demo
from leadline.config.demo import beginning
from leadline.core.actions import Actor
from leadline.core.history import HistoryEntry
from leadline.core.refusals import RuleBroken
from leadline.core.search import search_ids
from leadline.customers.models import Contact, Customer, Pulse
from leadline.people.models import User
from leadline.people.scope import Reach
from leadline.timeline.models import Activity

EVERYTHING = Reach(everything=True)


@pytest.fixture
def by(db):
    return Actor(User.objects.house(), via="cli")


def names():
    return list(Customer.objects.order_by("pk").values_list("name", "email", "phone", "city"))


def test_the_large_company_is_made_by_set_with_history_and_search(by, monkeypatch):
    monkeypatch.setattr(beginning, "MOST_BY_ACTIONS", 0)
    monkeypatch.setattr(
        "leadline.config.demo.large._tidy", lambda: None
    )  # VACUUM needs a transaction of its own
    monkeypatch.setattr("leadline.config.demo.crowd.CUSTOMERS_EACH", 2)

    made = demo.make("60", by=by)

    assert (made.contacts, made.activities) == (120, 300)
    assert Customer.objects.count() == Pulse.objects.count() == 60
    assert Contact.objects.filter(is_primary=True).count() == 60
    assert Activity.objects.count() == 300
    assert set(Contact.objects.values("customer").annotate(n=Count("pk")).values_list("n", flat=True)) == {2}
    assert (
        HistoryEntry.objects.filter(kind__in=("customer", "contact", "activity"), verb="created").count()
        == 480
    )
    contact = Contact.objects.order_by("pk").last()
    assert contact.customer_id in search_ids("customer", contact.email, EVERYTHING)
    assert not Customer.objects.filter(team__manager=None).exists()


def test_the_same_seed_makes_the_same_company_and_another_seed_another(by):
    first = _made_and_taken_back("15", 7, by)

    assert _made_and_taken_back("15", 7, by) == first
    assert _made_and_taken_back("15", 8, by) != first


def test_real_customers_stay_among_themselves_unless_asked(by, make, cast):
    make.customer(cast.rosa)

    with pytest.raises(RuleBroken, match="customers already"):
        demo.make("small", by=by)
    assert demo.make("5", among_others=True, by=by).customers == 5
    with pytest.raises(RuleBroken, match="here already"):
        demo.make("5", among_others=True, by=by)


@pytest.mark.parametrize("size", ["", "0", "-1", "huge", "1e9", "99999999999", "٣"])
def test_a_size_that_makes_no_sense_is_refused(size):
    with pytest.raises(RuleBroken):
        beginning.customers_for(size)


def _made_and_taken_back(size, seed, by):
    with transaction.atomic():
        demo.make(size, seed=seed, by=by)
        made = names()
        transaction.set_rollback(True)
    return made
