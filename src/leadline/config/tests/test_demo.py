"""Demo data: believable, the same for the same seed, never among real customers."""

import pytest
from django.db import transaction
from django.db.models import Count

from leadline.automation.models import Run
from leadline.compliance.models import Procedure
from leadline.config import demo
from leadline.config.demo import beginning
from leadline.core.actions import Actor
from leadline.core.history import HistoryEntry
from leadline.core.jobs.models import Job
from leadline.core.refusals import RuleBroken
from leadline.core.search import search_ids
from leadline.customers.models import Contact, Customer, Pulse
from leadline.intake.models import Letter
from leadline.people.models import Role, Territory, User
from leadline.people.scope import Reach
from leadline.quality.models import Portfolio
from leadline.scoring.models import ScoreRule
from leadline.timeline.models import Activity, Note
from leadline.webforms.models import Submission, WebForm

EVERYTHING = Reach(everything=True)


@pytest.fixture
def by(db):
    return Actor(User.objects.house(), via="cli")


def names():
    return list(Customer.objects.order_by("pk").values_list("name", "email", "phone", "city"))


def test_the_small_company_is_made_through_the_actions(by):
    made = demo.make("40", by=by)

    assert Customer.objects.count() == made.customers == 40
    assert made.contacts == Contact.objects.count() >= 40
    assert 40 < made.activities <= Activity.objects.count()
    assert Note.objects.exclude(pinned_at=None).exists()
    assert Customer.objects.values("country").distinct().count() > 5
    assert not Customer.objects.exclude(unclear=[]).exists()
    assert HistoryEntry.objects.filter(kind="customer", verb="created", via="cli").count() == 40
    assert not Pulse.objects.filter(last_interaction_at=None, customer__in=_with_activities()).exists()


def test_somebody_of_each_role_signs_in_by_the_password_that_was_told(by):
    made = demo.make("10", by=by)

    for role in Role.objects.all():
        person = User.objects.get(email=f"{role.key}@demo.example")
        assert person.check_password(made.password)
        assert person.roles.get() == role


def test_customers_are_found_and_have_an_owner_in_a_managed_team(by):
    demo.make("20", by=by)
    customer = Customer.objects.order_by("pk").first()

    assert search_ids("customer", customer.name, EVERYTHING)[0] == customer.pk
    assert not Customer.objects.filter(owner=None).exists()
    assert not Customer.objects.filter(team__manager=None).exists()


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


def _with_activities():
    return Activity.objects.filter(kind__in=("call", "email", "meeting", "chat")).values("customer_id")


def test_forms_letters_scores_compliance_and_managers_work_are_there(by, settle):
    demo.make("60", by=by)
    settle()

    assert {form.is_on for form in WebForm.objects.all()} == {True}
    assert set(Submission.objects.values_list("state", flat=True)) == {"taken", "held"}
    assert {"lead", "left"} <= set(Letter.objects.values_list("state", flat=True))
    assert ScoreRule.objects.count() == 5
    assert len(set(Procedure.objects.values_list("state", flat=True))) >= 3
    assert Run.objects.filter(state="done").exists()
    assert Portfolio.objects.exists()
    assert Territory.objects.count() == 3
    assert not Job.objects.filter(state="failed").exists()
