"""What the small company of the demo holds: made once, and looked at by all tests here."""

import pytest

from leadline.automation.models import Run
from leadline.compliance.models import Procedure
from leadline.config import demo
from leadline.core.actions import Actor
from leadline.core.history import HistoryEntry
from leadline.core.jobs import run_waiting_jobs
from leadline.core.jobs.models import Job
from leadline.core.search import search_ids
from leadline.customers.models import Contact, Customer, Pulse
from leadline.intake.models import Letter
from leadline.people.models import Role, Territory, User
from leadline.people.scope import Reach
from leadline.quality.models import Portfolio
from leadline.scoring.models import ScoreRule
from leadline.timeline.models import Activity, Note
from leadline.webforms.models import Submission, WebForm
from tests.cast import undone

EVERYTHING = Reach(everything=True)
SIZE = 60


@pytest.fixture(scope="module")
def company(django_db_setup, django_db_blocker):
    """What was made; no test here asks for `db`."""
    with django_db_blocker.unblock(), undone():
        yield demo.make(str(SIZE), by=Actor(User.objects.house(), via="cli"))


def test_the_small_company_is_made_through_the_actions(company):
    assert Customer.objects.count() == company.customers == SIZE
    assert company.contacts == Contact.objects.count() >= SIZE
    assert SIZE < company.activities <= Activity.objects.count()
    assert Note.objects.exclude(pinned_at=None).exists()
    assert Customer.objects.values("country").distinct().count() > 5
    assert not Customer.objects.exclude(unclear=[]).exists()
    assert HistoryEntry.objects.filter(kind="customer", verb="created", via="cli").count() == SIZE
    assert not Pulse.objects.filter(last_interaction_at=None, customer__in=_with_activities()).exists()


def test_somebody_of_each_role_signs_in_by_the_password_that_was_told(company):
    for role in Role.objects.all():
        person = User.objects.get(email=f"{role.key}@demo.example")
        assert person.check_password(company.password)
        assert person.roles.get() == role


def test_customers_are_found_and_have_an_owner_in_a_managed_team(company):
    customer = Customer.objects.order_by("pk").first()

    assert search_ids("customer", customer.name, EVERYTHING)[0] == customer.pk
    assert not Customer.objects.filter(owner=None).exists()
    assert not Customer.objects.filter(team__manager=None).exists()


def test_forms_letters_scores_compliance_and_managers_work_are_there(company):
    with undone():
        run_waiting_jobs()

        assert {form.is_on for form in WebForm.objects.all()} == {True}
        assert set(Submission.objects.values_list("state", flat=True)) == {"taken", "held"}
        assert {"lead", "left"} <= set(Letter.objects.values_list("state", flat=True))
        assert ScoreRule.objects.count() == 5
        assert len(set(Procedure.objects.values_list("state", flat=True))) >= 3
        assert Run.objects.filter(state="done").exists()
        assert Portfolio.objects.exists()
        assert Territory.objects.count() == 3
        assert not Job.objects.filter(state="failed").exists()


def _with_activities():
    return Activity.objects.filter(kind__in=("call", "email", "meeting", "chat")).values("customer_id")
