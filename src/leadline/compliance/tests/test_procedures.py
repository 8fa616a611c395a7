"""From the first deposit to approved, and what stands in the way (LEA-10)."""

from datetime import timedelta

import pytest

from leadline.compliance import actions
from leadline.compliance.models import Check, Item, Procedure
from leadline.compliance.tests.paying import PNG, document
from leadline.core.clock import now
from leadline.core.events import EventRecord
from leadline.core.refusals import NotAllowed, RuleBroken
from leadline.leads.actions import archive_lead, convert_lead
from leadline.people.models import Role, User


@pytest.fixture
def cora(cast):
    """A compliance officer."""
    user = User.objects.create(email="cora@example.com", name="Cora Winter", password="!")
    user.roles.set([Role.objects.get(key="compliance-officer")])
    return User.objects.get(pk=user.pk)


@pytest.fixture
def procedure(cast, make) -> Procedure:
    """Of a lead of Rosa's."""
    lead = make.lead(cast.rosa, name="Ayu Lestari", email="ayu@example.com")
    return actions.begin_procedure(lead=lead, customer=None, by=make.by)


def approve_all(procedure, by):
    for check in procedure.checks.select_related("item"):
        if check.item.needs_document:
            actions.add_document(check, file=document(), by=by)
        actions.decide_check(check, verdict="approved", by=by)


def told(name):
    return EventRecord.objects.filter(name=f"compliance.{name}").count()


def test_it_begins_once_for_each_and_what_began_with_the_lead_counts(cast, make, by, settle):
    lead = make.lead(cast.rosa, email="ayu@example.com")
    begun = actions.begin_procedure(lead=lead, customer=None, by=make.by)

    assert actions.begin_procedure(lead=lead, customer=None, by=make.by) is None
    assert {str(check) for check in begun.checks.all()} == {str(item) for item in Item.objects.in_use()}
    customer = convert_lead(lead, by=by(cast.rosa)).converted_to
    assert actions.begin_procedure(lead=None, customer=customer, by=make.by) is None
    settle()
    assert Procedure.objects.get().customer == customer


def test_for_whom_nobody_works_none_begins(cast, make, by):
    lead = make.lead(cast.rosa)
    archive_lead(lead, by=by(cast.rosa))

    with pytest.raises(RuleBroken):
        actions.begin_procedure(lead=lead, customer=None, by=make.by)


def test_all_items_approved_then_the_whole_and_those_above_hear_of_it(cast, procedure, by, cora):
    actions.submit_procedure(procedure, by=by(cast.rosa))
    with pytest.raises(RuleBroken, match="Approve these first"):
        actions.approve_procedure(procedure, by=by(cora))
    approve_all(procedure, by(cora))
    soon = (now() + timedelta(days=30)).date()
    actions.decide_check(procedure.checks.first(), verdict="approved", expires_on=soon, by=by(cora))

    approved = actions.approve_procedure(procedure, by=by(cora))

    assert (approved.state, approved.decided_by, approved.expires_on) == ("approved", cora, soon)
    record = EventRecord.objects.get(name="compliance.ComplianceApproved")
    assert record.payload["lead_id"] == procedure.lead_id


def test_who_brings_documents_decides_nothing(cast, procedure, by):
    check = procedure.checks.first()
    actions.add_document(check, file=document(), by=by(cast.rosa))
    with pytest.raises(NotAllowed):
        actions.decide_check(check, verdict="approved", by=by(cast.rosa))
    with pytest.raises(NotAllowed):
        actions.add_document(check, file=document(), by=by(cast.otto))


def test_an_item_that_needs_a_document_is_not_approved_without(procedure, by, cora):
    check = procedure.checks.get(item__key="identity")
    with pytest.raises(RuleBroken, match="Add a document first"):
        actions.decide_check(check, verdict="approved", by=by(cora))
    with pytest.raises(RuleBroken, match="Say why"):
        actions.decide_check(check, verdict="declined", reason=" ", by=by(cora))


@pytest.mark.parametrize(
    ("name", "content"), [("a.pdf", b""), ("page.pdf", b"<script>"), ("a.png", b"GIF89a"), ("x.exe", b"MZ")]
)
def test_a_file_is_known_by_its_bytes(cast, procedure, by, name, content):
    with pytest.raises(RuleBroken):
        actions.add_document(procedure.checks.first(), file=document(name, content), by=by(cast.rosa))


def test_a_new_document_opens_what_was_declined(cast, procedure, by, cora):
    check = procedure.checks.get(item__key="identity")
    actions.decide_check(check, verdict="declined", reason="Blurred", by=by(cora))
    actions.add_document(check, file=document("scan.png", PNG), by=by(cast.rosa))

    assert Check.objects.get(pk=check.pk).state == "open"


def test_what_expires_opens_the_procedure_again(procedure, by, cora, make):
    approve_all(procedure, by(cora))
    actions.approve_procedure(procedure, by=by(cora))
    procedure.checks.filter(item__key="address").update(expires_on=(now() - timedelta(days=1)).date())

    assert actions.expire_checks(by=make.by) == 1
    assert actions.expire_checks(by=make.by) == 0
    assert Procedure.objects.get(pk=procedure.pk).state == "collecting"
    assert procedure.checks.get(item__key="address").state == "expired"
    assert told("ComplianceReopened") == 1


def test_a_retired_item_is_needed_no_more(cast, procedure, by, cora):
    item = Item.objects.get(key="risk")
    approve_all(procedure, by(cora))
    procedure.checks.filter(item=item).update(state="open")
    actions.retire_item(item, by=by(cast.ada))

    assert actions.approve_procedure(procedure, by=by(cora)).state == "approved"
    with pytest.raises(NotAllowed):
        actions.retire_item(item, by=by(cora))


def test_moving_on_the_board_asks_for_what_it_was_seen_in(cast, procedure, by, cora):
    moved = actions.move_procedure(procedure, to="review", seen="collecting", by=by(cast.rosa))
    assert moved.state == "review"
    with pytest.raises(RuleBroken, match="by now"):
        actions.move_procedure(procedure, to="review", seen="collecting", by=by(cast.rosa))
    with pytest.raises(RuleBroken, match="Say why"):
        actions.move_procedure(procedure, to="approved", seen="review", by=by(cora))
    assert (
        actions.move_procedure(procedure, to="collecting", seen="review", by=by(cora)).state == "collecting"
    )
