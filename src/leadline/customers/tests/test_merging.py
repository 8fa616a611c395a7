"""Customers that are one become one, with all that hangs on them, and come apart again (CUS-23)."""

from datetime import date

import pytest

from leadline.core.changesets import ChangeSet, undo_change_set
from leadline.core.fields import catalogue
from leadline.core.lists.models import SavedView
from leadline.core.privacy import person_of
from leadline.core.refusals import NotAllowed, RuleBroken
from leadline.customers import actions
from leadline.customers.models import Contact, Customer
from leadline.governance.actions import confirm_erasure, request_erasure
from leadline.governance.models import Consent, Sensitive
from leadline.timeline.models import Activity, Note, Promise


def merged(survivor, *others, by, **answers):
    return actions.start_merge("customer", survivor, others=[each.pk for each in others], **answers, by=by)


def undo(done, by, settle):
    undone = undo_change_set(ChangeSet.objects.get(pk=done.change_set), by=by)
    settle()
    return undone


def test_all_that_hangs_on_it_moves_and_the_other_leads_to_the_survivor(cast, make, by):
    stays = make.customer(cast.rosa, name="Acme", email="a@acme.example", tags=["vip"])
    goes = make.customer(
        cast.rosa, name="Acme Ltd", email="b@acme.example", phone="+62 21 555 0100", tags=["jkt", "vip"]
    )
    contact, note, activity = make.contact(goes), make.note(goes), make.activity(goes, days_ago=3)
    child = make.customer(cast.rosa, parent=goes.pk)
    actions.make_promise(goes, text="Call", due_on=date(2030, 1, 1), by=by(cast.rosa))
    view = SavedView.objects.create(
        name="Children", kind="customer", owner=cast.rosa,
        where={"and": [{"field": "parent", "op": "equals", "value": goes.pk}]},
    )  # fmt: skip

    done = merged(stays, goes, by=by(cast.rosa))

    stays.refresh_from_db()
    goes.refresh_from_db()
    contact.refresh_from_db()
    child.refresh_from_db()
    view.refresh_from_db()
    assert goes.is_archived
    assert goes.merged_into_id == stays.pk
    assert (stays.name, stays.email, stays.phone) == ("Acme", "a@acme.example", "+62215550100")
    assert stays.tags == ["vip", "jkt"]
    assert (contact.customer_id, contact.is_primary) == (stays.pk, True)
    assert Note.objects.get(pk=note.pk).customer_id == stays.pk
    assert Activity.objects.get(pk=activity.pk).customer_id == stays.pk
    assert Promise.objects.get().customer_id == stays.pk
    assert child.parent_id == stays.pk
    assert view.where["and"][0]["value"] == stays.pk
    assert {"1 contact", "1 note", "1 activity", "1 promise", "1 saved view"} <= set(done.moved)


def test_undoing_brings_everything_back_but_what_was_edited_since(cast, make, by, settle):
    stays, goes = make.customer(cast.rosa), make.customer(cast.rosa)
    contact, other = make.contact(goes), make.contact(goes)
    note, activity = make.note(goes), make.activity(goes)
    done = merged(stays, goes, by=by(cast.rosa))
    elsewhere = make.customer(cast.rosa)
    actions.move_contact(Contact.objects.get(pk=other.pk), customer=elsewhere, by=by(cast.rosa))

    undo(done, by(cast.rosa), settle)

    goes.refresh_from_db()
    contact.refresh_from_db()
    other.refresh_from_db()
    assert (goes.archived_at, goes.merged_into_id) == (None, None)
    assert (contact.customer_id, contact.is_primary) == (goes.pk, True)
    assert Note.objects.get(pk=note.pk).customer_id == goes.pk
    assert Activity.objects.get(pk=activity.pk).customer_id == goes.pk
    assert other.customer_id == elsewhere.pk  # moved since by hand
    assert ChangeSet.objects.get(pk=done.change_set).state == ChangeSet.State.UNDONE


def test_fields_are_chosen_one_by_one(cast, make, by):
    stays = make.customer(cast.rosa, name="Acme", city="Jakarta")
    goes = make.customer(cast.rosa, name="Acme Limited", city="Bandung")

    merged(stays, goes, choose={"name": goes.pk}, by=by(cast.rosa))

    stays.refresh_from_db()
    assert (stays.name, stays.city) == ("Acme Limited", "Jakarta")


@pytest.mark.parametrize("choose", [{"name": 999999}, {"no_such": 1}, {"name": "x"}])
def test_nonsense_chosen_is_refused(cast, make, by, choose):
    stays, goes = make.customer(cast.rosa), make.customer(cast.rosa)

    with pytest.raises(RuleBroken):
        merged(stays, goes, choose=choose, by=by(cast.rosa))


def test_equal_contacts_become_one_and_come_apart(cast, make, by, settle):
    stays, goes = make.customer(cast.rosa), make.customer(cast.rosa)
    ours = make.contact(stays, name="Sri", email="sri@acme.example", title="Buyer")
    theirs = make.contact(goes, name="Sri Dewi", email="sri@acme.example", phone="+62 811 555 0100")
    called = make.activity(goes, contact_id=theirs.pk)
    actions.record_consent(
        theirs,
        channel="email",
        state="withdrawn",
        stated_on=date(2026, 1, 2),
        source="letter",
        by=by(cast.rosa),
    )

    done = merged(stays, goes, by=by(cast.rosa))

    ours.refresh_from_db()
    theirs.refresh_from_db()
    assert theirs.merged_into_id == ours.pk
    assert theirs.archived_at
    assert (ours.title, ours.phone, ours.consent_email) == ("Buyer", "+628115550100", "withdrawn")
    assert Activity.objects.get(pk=called.pk).contact_id == ours.pk
    assert Consent.objects.get().record_id == ours.pk

    undo(done, by(cast.rosa), settle)

    ours.refresh_from_db()
    theirs.refresh_from_db()
    assert (ours.phone, ours.consent_email) == ("", "")
    assert (theirs.customer_id, theirs.archived_at, theirs.is_primary) == (goes.pk, None, True)
    assert Activity.objects.get(pk=called.pk).contact_id == theirs.pk
    assert [(each.record_id, each.state) for each in Consent.objects.all()] == [(theirs.pk, "withdrawn")]


def test_equal_contacts_may_stay_two(cast, make, by):
    stays, goes = make.customer(cast.rosa), make.customer(cast.rosa)
    make.contact(stays, email="sri@acme.example")
    make.contact(goes, email="sri@acme.example")

    merged(stays, goes, combine=[], by=by(cast.rosa))

    assert Contact.objects.current().filter(customer=stays).count() == 2
    assert Contact.objects.current().filter(customer=stays, is_primary=True).count() == 1


def test_what_a_unique_rule_forbids_is_kept_twice(cast, make, by, settle):
    stays, goes = make.customer(cast.rosa), make.customer(cast.rosa)
    actions.set_sensitive_of(stays, {"tax_id": "1111 2222"}, by=by(cast.rosa))
    actions.set_sensitive_of(goes, {"tax_id": "3333 4444", "bank_details": "IBAN 5"}, by=by(cast.rosa))

    done = merged(stays, goes, by=by(cast.rosa))

    where = {(row.name, row.value): row.record_id for row in Sensitive.objects.all()}
    assert where == {("tax_id", "1111 2222"): stays.pk, ("tax_id", "3333 4444"): goes.pk, ("bank_details", "IBAN 5"): stays.pk}  # fmt: skip  # noqa: E501
    assert any("stays with the merged record" in words for words in done.told)

    undo(done, by(cast.rosa), settle)
    assert set(Sensitive.objects.filter(record_id=goes.pk).values_list("name", flat=True)) == {
        "tax_id",
        "bank_details",
    }


def test_the_stricter_wish_and_a_block_win_and_say_so(cast, make, by):
    stays, goes = make.customer(cast.rosa), make.customer(cast.rosa, do_not_call=True)
    actions.block_customer(goes, reason="Unpaid", by=by(cast.rosa))

    done = merged(stays, goes, by=by(cast.rosa))

    stays.refresh_from_db()
    assert stays.do_not_call
    assert stays.is_blocked
    assert stays.blocked_reason == "Unpaid"
    assert len(done.told) == 2


def test_no_circle_of_parents_comes_of_it(cast, make, by):
    goes = make.customer(cast.rosa)
    between = make.customer(cast.rosa, parent=goes.pk)
    stays = make.customer(cast.rosa, parent=between.pk)

    merged(stays, goes, by=by(cast.rosa))

    stays.refresh_from_db()
    between.refresh_from_db()
    assert (stays.parent_id, between.parent_id) == (None, stays.pk)


def test_a_child_merged_into_its_parent_belongs_to_whom_the_parent_did(cast, make, by):
    above = make.customer(cast.rosa)
    parent = make.customer(cast.rosa, parent=above.pk)
    child = make.customer(cast.rosa, parent=parent.pk)

    merged(child, parent, by=by(cast.rosa))

    child.refresh_from_db()
    assert child.parent_id == above.pk


def test_refused_with_itself_with_the_archived_and_the_merged(cast, make, by):
    stays, gone, archived = make.customer(cast.rosa), make.customer(cast.rosa), make.customer(cast.rosa)
    actions.archive_customer(archived, by=by(cast.rosa))
    with pytest.raises(RuleBroken, match="itself"):
        merged(stays, stays, by=by(cast.rosa))
    with pytest.raises(RuleBroken, match="archived"):
        merged(stays, archived, by=by(cast.rosa))
    with pytest.raises(RuleBroken, match="at least one"):
        merged(stays, by=by(cast.rosa))
    merged(stays, gone, by=by(cast.rosa))
    with pytest.raises(RuleBroken, match="merged into another"):
        merged(stays, gone, by=by(cast.rosa))
    with pytest.raises(RuleBroken, match="merged into another"):
        actions.restore_customer(gone, by=by(cast.rosa))


def test_of_others_nobody_merges_anything(cast, make, by):
    mine, theirs = make.customer(cast.rosa), make.customer(cast.otto)

    with pytest.raises(NotAllowed):
        merged(mine, theirs, by=by(cast.rosa))
    with pytest.raises(NotAllowed):
        merged(theirs, mine, by=by(cast.rosa))
    with pytest.raises(NotAllowed):
        merged(mine, theirs, by=by(cast.sam))


def test_a_chain_is_undone_from_its_end(cast, make, by, settle):
    first, second, third = (make.customer(cast.rosa) for _ in range(3))
    note = make.note(first)
    one = merged(second, first, by=by(cast.rosa))
    two = merged(third, second, by=by(cast.rosa))
    with pytest.raises(RuleBroken, match="Undo that merge first"):
        undo(one, by(cast.rosa), settle)

    undo(two, by(cast.rosa), settle)
    undo(one, by(cast.rosa), settle)

    assert Note.objects.get(pk=note.pk).customer_id == first.pk
    assert not Customer.objects.filter(merged_into__isnull=False).exists()


def test_many_rows_move_in_a_job(cast, make, by, settle, monkeypatch):
    from leadline.customers.actions.merging import starting

    monkeypatch.setattr(starting, "AT_ONCE", 3)
    monkeypatch.setattr(starting, "PORTION", 2)
    stays, goes = make.customer(cast.rosa), make.customer(cast.rosa)
    for days in range(5):
        make.activity(goes, days_ago=days)

    done = merged(stays, goes, by=by(cast.rosa))

    assert done.job
    settle()
    assert Activity.objects.filter(customer_id=stays.pk).count() == 5
    undo(done, by(cast.rosa), settle)
    assert Activity.objects.filter(customer_id=goes.pk).count() == 5


def test_what_names_a_contact_at_a_former_customer_moves_in_a_job_too(cast, make, by, settle, monkeypatch):
    from leadline.customers.actions.merging import starting

    monkeypatch.setattr(starting, "AT_ONCE", 2)
    former, home = make.customer(cast.rosa), make.customer(cast.rosa)
    stays, goes = make.contact(home), make.contact(former)
    for days in range(3):
        make.activity(former, days_ago=days, contact_id=goes.pk)
    actions.move_contact(goes, customer=home, by=by(cast.rosa))
    make.activity(home, contact_id=goes.pk)

    done = actions.start_merge("contact", stays, others=[goes.pk], by=by(cast.rosa))

    assert done.job
    settle()
    assert set(Activity.objects.values_list("contact_id", flat=True)) == {stays.pk}


def test_contacts_across_customers_become_one_where_it_is_said(cast, make, by, settle):
    one, two = make.customer(cast.rosa), make.customer(cast.rosa)
    here, there = make.contact(one, name="Sri"), make.contact(two, name="Sri")
    heir = make.contact(one, name="Zed")

    done = actions.start_merge("contact", here, others=[there.pk], customer=two.pk, by=by(cast.rosa))

    for each in (here, there, heir):
        each.refresh_from_db()
    assert (here.customer_id, here.is_primary, heir.is_primary) == (two.pk, True, True)
    assert there.merged_into_id == here.pk
    assert not there.is_primary
    with pytest.raises(RuleBroken, match="merged into another"):
        actions.restore_contact(there, by=by(cast.rosa))

    undo(done, by(cast.rosa), settle)
    for each in (here, there, heir):
        each.refresh_from_db()
    assert (here.customer_id, here.is_primary, heir.is_primary) == (one.pk, True, False)
    assert (there.archived_at, there.merged_into_id, there.is_primary) == (None, None, True)


def test_custom_fields_are_chosen_like_all_others_and_come_back(cast, make, by, settle):
    from leadline.core.custom.actions import make_field

    make_field("customer", label="Fleet", kind="number", by=by(cast.ada))
    make_field("customer", label="Harbour", kind="text", by=by(cast.ada))
    stays = make.customer(cast.rosa, x_fleet=3)
    goes = make.customer(cast.rosa, x_fleet=7, x_harbour="Tanjung Priok")

    done = merged(stays, goes, choose={"x_fleet": goes.pk}, by=by(cast.rosa))

    stays.refresh_from_db()
    fields = catalogue("customer").by_name
    assert (fields["x_fleet"].value_of(stays), fields["x_harbour"].value_of(stays)) == (7, "Tanjung Priok")

    undo(done, by(cast.rosa), settle)
    stays.refresh_from_db()
    assert (fields["x_fleet"].value_of(stays), fields["x_harbour"].value_of(stays) or "") == (3, "")


def test_erasing_a_person_reaches_all_that_were_merged(cast, make, by, settle):
    customer = make.customer(cast.rosa)
    stays, goes = make.contact(customer, name="Sri Dewi"), make.contact(customer, name="Sri D.")
    actions.start_merge("contact", stays, others=[goes.pk], by=by(cast.rosa))
    person = person_of("contact", goes.pk)
    assert set(person.ids("contact")) == {stays.pk, goes.pk}

    erasure = request_erasure(person, reason="Asked", by=by(cast.ada))
    confirm_erasure(erasure, name="Sri D.", by=by(cast.ada))

    assert Contact.objects.filter(erased_at__isnull=True).count() == 0


def test_an_erased_one_is_neither_merged_nor_brought_apart(cast, make, by, settle):
    stays = make.customer(cast.rosa, kind="individual", name="Sri Dewi")
    goes = make.customer(cast.rosa, kind="individual", name="Dewi Sri")
    done = merged(stays, goes, by=by(cast.rosa))
    erasure = request_erasure(person_of("customer", stays.pk), reason="Asked", by=by(cast.ada))
    confirm_erasure(erasure, name="Sri Dewi", by=by(cast.ada))

    with pytest.raises(RuleBroken, match="erased"):
        undo(done, by(cast.rosa), settle)
    with pytest.raises(RuleBroken, match="erased"):
        merged(make.customer(cast.rosa), stays, by=by(cast.rosa))
    assert Customer.objects.filter(erased_at__isnull=False).count() == 2
