"""What was held back is released or discarded, and nothing is lost (LEA-2, PPL-8)."""

from datetime import timedelta

import pytest

from leadline.core.clock import now
from leadline.core.privacy import person_of
from leadline.core.refusals import NotAllowed, RuleBroken
from leadline.leads.models import Lead
from leadline.webforms import actions
from leadline.webforms.actions.taking import Sent
from leadline.webforms.models import Submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(web_form, cast, by):
    """A submission without a stamp."""
    sent = Sent({"name": "Tess", "email": "tess@example.com"}, network="203.0.113.9")
    return actions.take_submission(web_form, sent, by=by(cast.house))


def test_released_it_is_a_lead(held, cast, by):
    actions.release_submission(held, by=by(cast.ada))

    held.refresh_from_db()
    assert held.lead_id == Lead.objects.get(email="tess@example.com").pk
    assert (held.state, held.decided_by) == ("taken", cast.ada)
    with pytest.raises(RuleBroken):
        actions.discard_submission(held, by=by(cast.ada))


def test_discarded_it_can_still_be_released_until_it_is_forgotten(held, cast, by):
    actions.discard_submission(held, by=by(cast.ada))
    Submission.objects.update(at=now() - timedelta(days=91), decided_at=now() - timedelta(days=91))

    forgotten = actions.forget_old(by=by(cast.house))

    held.refresh_from_db()
    assert (forgotten, held.answers, held.network) == (1, {}, "")
    with pytest.raises(RuleBroken, match="forgotten"):
        actions.release_submission(held, by=by(cast.ada))


def test_who_only_sees_forms_decides_nothing(held, cast, by):
    with pytest.raises(NotAllowed):
        actions.release_submission(held, by=by(cast.mira))


def test_the_pages(held, cast, as_):
    ada = as_(cast.ada)

    waiting = ada.get("/web-forms/held").content.decode()
    released = ada.post(f"/web-forms/sent/{held.pk}/release")
    after = ada.get(f"/web-forms/{held.form_id}/sent").content.decode()

    assert "was not sent from the form’s page" in waiting
    assert released.status_code == 302
    assert f"/leads/{held.pk and Submission.objects.get().lead_id}/" in after


def test_erasing_the_lead_empties_what_it_sent(held, cast, by):
    actions.release_submission(held, by=by(cast.ada))
    person = person_of("lead", Submission.objects.get().lead_id)

    actions.erase_submissions(person, by=by(cast.house))

    held.refresh_from_db()
    assert (held.answers, held.network) == ({}, "")
