"""Logging on customers: who may, and what it moves; the timeline keeps it (TIM-2, CUS-12)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, require
from leadline.core.clock import now
from leadline.core.refusals import RuleBroken
from leadline.customers import policies
from leadline.customers.actions.interacting import move_interactions
from leadline.customers.actions.picking import hold, pick
from leadline.customers.actions.promising import make_promise
from leadline.customers.models import Contact, Customer
from leadline.timeline import actions as timeline
from leadline.timeline.actions import ActivityDraft
from leadline.timeline.models import Activity, Attachment, Note, Promise

# Only what was said or written with the customer counts as an interaction, and never one in the future.
_INTERACTIONS = (Activity.Kind.CALL, Activity.Kind.EMAIL, Activity.Kind.MEETING, Activity.Kind.CHAT)


@action
def log_activity(
    customer: Customer,
    *,
    promised: str = "",
    promised_until: date | None = None,
    by: Actor,
    **answers: Any,
) -> Activity:
    """Log one activity on a customer (TIM-2), with what was promised in it (SIG-10).

    Raises `RuleBroken` naming the field.
    """
    require(policies.may_log_on(by.user, customer), _("You may not log on this customer."))
    hold(customer)
    _require_contact_of(customer, answers.get("contact_id"))
    activity = timeline.record_activity(ActivityDraft(customer_id=customer.pk, **answers), by=by)
    _touch([activity])
    _promise(customer, promised, promised_until, by, activity_id=activity.pk)
    return activity


@action
def log_activities(drafts: Sequence[ActivityDraft], *, by: Actor) -> tuple[list[Activity], dict[int, str]]:
    """Log many activities; returns them and, by customer, why others could not be logged."""
    picked, done = pick({draft.customer_id for draft in drafts if draft.customer_id}, "log", by=by)
    allowed = {candidate.id for candidate in picked}
    logged = timeline.record_activities([draft for draft in drafts if draft.customer_id in allowed], by=by)
    _touch(logged)
    return logged, done.refused


@action
def edit_activity(activity: Activity, customer: Customer, *, by: Actor, **answers: Any) -> Activity:
    """Correct a logged activity; only its author may, or whoever may edit the customer."""
    require_entry(activity, customer, by)
    if answers.get("contact_id") != activity.contact_id:
        _require_contact_of(customer, answers.get("contact_id"))
    corrected = timeline.edit_activity(activity, **answers, by=by)
    _touch([corrected])
    return corrected


@action
def archive_activity(activity: Activity, customer: Customer, *, by: Actor) -> None:
    """Take an activity off the timeline."""
    require_entry(activity, customer, by)
    timeline.archive_activity(activity, by=by)


@action
def write_note(
    customer: Customer,
    *,
    promised: str = "",
    promised_until: date | None = None,
    by: Actor,
    **answers: Any,
) -> Note:
    """Write a note on a customer, with what it promises (SIG-10)."""
    require(policies.may_log_on(by.user, customer), _("You may not write notes on this customer."))
    hold(customer)
    note = timeline.write_note(customer.pk, **answers, by=by)
    _promise(customer, promised, promised_until, by, note_id=note.pk)
    return note


@action
def edit_note(
    note: Note,
    customer: Customer,
    *,
    body: str,
    version: int | None = None,
    files: Sequence[UploadedFile] = (),
    by: Actor,
) -> Note:
    """Change the words of a note, and add files."""
    require_entry(note, customer, by)
    edited = timeline.edit_note(note, body=body, version=version, by=by) if body != note.body else note
    attach_files(note, customer, files=files, by=by)
    return edited


@action
def attach_files(
    note: Note, customer: Customer, *, files: Sequence[UploadedFile], by: Actor
) -> list[Attachment]:
    """Keep files with a note; raises `RuleBroken` for one above 25 MB (CUS-12)."""
    require_entry(note, customer, by)
    return [timeline.attach_file(note, file, by=by) for file in files]


@action
def remove_attachment(attachment: Attachment, customer: Customer, *, by: Actor) -> Attachment:
    """Take a file off its note; it can be restored."""
    require_entry(attachment.note, customer, by)
    return timeline.remove_file(attachment, by=by)


@action
def restore_attachment(attachment: Attachment, customer: Customer, *, by: Actor) -> Attachment:
    """Bring a removed file back."""
    require_entry(attachment.note, customer, by)
    return timeline.restore_file(attachment, by=by)


@action
def pin_note(note: Note, customer: Customer, *, by: Actor) -> Note:
    """Pin a note on top; whoever may log may pin."""
    _require_note_of(note, customer, by)
    return timeline.pin_note(note, by=by)


@action
def unpin_note(note: Note, customer: Customer, *, by: Actor) -> Note:
    """Unpin a note."""
    _require_note_of(note, customer, by)
    return timeline.unpin_note(note, by=by)


@action
def archive_note(note: Note, customer: Customer, *, by: Actor) -> Note:
    """Take a note away."""
    require_entry(note, customer, by)
    return timeline.archive_note(note, by=by)


@action
def restore_note(note: Note, customer: Customer, *, by: Actor) -> Note:
    """Bring a note back."""
    require_entry(note, customer, by)
    return timeline.restore_note(note, by=by)


def _promise(customer: Customer, text: str, until: date | None, by: Actor, **said: int) -> None:
    """What was promised beside; a day without words, or words without a day, is refused by its field."""
    if not (text.strip() or until):
        return
    try:
        make_promise(customer, text=text, due_on=until, **said, by=by)
    except RuleBroken as refusal:
        field = {"text": "promised", "due_on": "promised_until"}.get(refusal.field or "", refusal.field)
        raise RuleBroken(refusal.message, field=field, value=refusal.value) from refusal


def _require_contact_of(customer: Customer, contact_id: Any) -> None:
    if contact_id and not Contact.objects.filter(pk=contact_id, customer=customer).exists():
        raise RuleBroken(_("Choose a contact of this customer."), field="contact_id", value=contact_id)


def _require_note_of(note: Note, customer: Customer, by: Actor) -> None:
    allowed = note.customer_id == customer.pk and policies.may_log_on(by.user, customer)
    require(allowed, _("You may not write notes on this customer."))


def require_entry(entry: Activity | Note | Promise, customer: Customer, by: Actor) -> None:
    """Refuse whoever neither wrote what is on the timeline nor may edit its customer."""
    require(
        entry.customer_id == customer.pk and policies.may_edit_entry(by.user, entry, customer),
        _("Only its author, or whoever may edit the customer, can change this."),
    )


def _touch(activities: Sequence[Activity]) -> None:
    """Move the last interaction of the customers forward; it never goes back."""
    moment = now()
    latest: dict[int, datetime] = {}
    for activity in activities:
        if activity.customer_id and activity.kind in _INTERACTIONS and activity.at <= moment:
            known = latest.get(activity.customer_id)
            latest[activity.customer_id] = max(known, activity.at) if known else activity.at
    move_interactions(latest)
