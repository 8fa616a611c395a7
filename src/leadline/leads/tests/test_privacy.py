"""A lead is a person: reported whole, and erased it is in no dump (PPL-8)."""

from datetime import timedelta

import pytest

from leadline.core.clock import now
from leadline.core.privacy import person_of
from leadline.core.privacy.holders import holders
from leadline.governance.actions import confirm_erasure, request_erasure
from leadline.governance.tests.test_erasing import dump
from leadline.leads import actions
from leadline.leads.models import Lead

MARK = "qzxv"
OF_A_LEAD = {
    "company": "Qzxv Company",
    "phone": "+6281190907711",
    "source": "Qzxv source",
    "description": "Qzxv description",
    "tags": ["qzxv-tag"],
    "country": "ID",
}


@pytest.mark.django_db(transaction=True)
def test_an_erased_lead_is_nowhere(cast, make, by, settle):
    lead = make.lead(cast.rosa, name="Qzxv Formerly", email="qzxv@example.com", **OF_A_LEAD)
    lead = actions.edit_lead(lead, name="Qzxv Marigold", by=by(cast.rosa))
    actions.star_lead(lead, until=now() + timedelta(hours=3), by=by(cast.mira))
    actions.work_lead(lead, outcome="connected", notes="Qzxv wants a price list", by=by(cast.rosa))
    actions.log_activity(lead, kind="email", title="Wrote to Qzxv", by=by(cast.rosa))
    person = person_of("lead", lead.pk)
    assert MARK in dump()

    erasure = request_erasure(person, reason="Asked by letter", by=by(cast.ada))
    confirm_erasure(erasure, name=person.name, by=by(cast.ada))
    settle()

    assert [line for line in dump().splitlines() if MARK in line] == []
    erased = Lead.objects.get()
    assert (erased.name, erased.is_archived, erased.owner) == ("Erased person", True, cast.rosa)


def test_the_report_holds_the_lead_and_its_timeline(cast, make, by):
    lead = make.lead(cast.rosa, name="Qzxv Marigold", **OF_A_LEAD)
    actions.work_lead(lead, outcome="connected", notes="Wants a price list", by=by(cast.rosa))
    person = person_of("lead", lead.pk)

    told = {holder.name: holder.held(person) for holder in holders() if holder.held}

    assert told["leads.leads"][0]["company"] == "Qzxv Company"
    assert told["timeline.activities"][0]["description"] == "Wants a price list"
