"""What can be done with many customers at once; each verb is the action that the 360° page calls (CUS-7)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.core.actions import Actor
from leadline.core.changesets import after_undo
from leadline.core.custom.values import listed
from leadline.core.drafts import clean_draft
from leadline.core.fields import Field, catalogue
from leadline.core.ids import numeric_id
from leadline.core.lists.bulk import BulkVerb, preview_bulk, register_verbs, start_bulk
from leadline.core.refusals import RuleBroken
from leadline.core.search import index
from leadline.customers import actions
from leadline.customers.actions.belonging import closed_circles
from leadline.customers.actions.changing import SEARCHED
from leadline.customers.actions.picking import Done
from leadline.customers.actions.side import renew_side_tables, renew_sort_keys
from leadline.customers.bulk_form import BulkEditForm, editable_by
from leadline.customers.forms import BlockForm, OwnerForm, StatusForm, TagForm
from leadline.customers.models import Contact, Customer
from leadline.people.models import User
from leadline.people.queries import name_of
from leadline.segments.bulk import segment_verbs

__all__ = ["VERBS", "follow_the_undone", "preview_bulk", "start_bulk"]

Answers = Mapping[str, Any]


def _owner(answers: Answers) -> User | None:
    if not answers.get("owner"):
        return None
    owner = User.objects.active().filter(pk=answers["owner"]).first()
    if owner is None:
        raise RuleBroken(_("Choose somebody who works here."), field="owner", value=answers["owner"])
    return owner


def _assign(ids: list[int], answers: Answers, by: Actor) -> Done:
    return actions.assign_customers(ids, owner=_owner(answers), by=by)


def _tag(ids: list[int], answers: Answers, by: Actor) -> Done:
    return actions.tag_customers(ids, add=answers.get("add") or (), remove=answers.get("remove") or (), by=by)


def _status(ids: list[int], answers: Answers, by: Actor) -> Done:
    return actions.change_status(ids, status=str(answers.get("status", "")), by=by)


def _edit(ids: list[int], answers: Answers, by: Actor) -> Done:
    name = str(answers.get("field", ""))
    if name not in editable_by(by.user):
        raise RuleBroken(_("Choose a field that can be changed for many."), field="field", value=name)
    draft = clean_draft(
        catalogue("customer"), {name: answers.get("value", "")}, actions.cleaning_for(by), keep_empty=True
    )
    return actions.change_customers(dict.fromkeys(ids, draft), by=by)


def _block(ids: list[int], answers: Answers, by: Actor) -> Done:
    return actions.block_customers(ids, reason=str(answers.get("reason", "")), by=by)


def _unblock(ids: list[int], answers: Answers, by: Actor) -> Done:
    return actions.unblock_customers(ids, by=by)


def _archive(ids: list[int], answers: Answers, by: Actor) -> Done:
    return actions.archive_customers(ids, by=by)


def _restore(ids: list[int], answers: Answers, by: Actor) -> Done:
    return actions.restore_customers(ids, by=by)


def _assign_told(answers: Answers) -> str:
    return _("Assign to %(owner)s") % {"owner": _owner(answers) or _("nobody")}


def _tag_told(answers: Answers) -> str:
    signed = [f"+{tag}" for tag in answers.get("add") or ()] + [
        f"−{tag}" for tag in answers.get("remove") or ()
    ]
    return _("Change tags (%(tags)s)") % {"tags": ", ".join(signed)}


def _status_told(answers: Answers) -> str:
    status = answers.get("status")
    return _("Change status to %(status)s") % {
        "status": dict(Customer.Status.choices).get(str(status), status)
    }


def _edit_told(answers: Answers) -> str:
    item = catalogue("customer").by_name[answers["field"]]
    words = {"field": item.label, "value": _in_words(item, answers.get("value")) or _("nothing")}
    return _("Set %(field)s to %(value)s") % words


def _in_words(item: Field, value: Any) -> str:
    """What was chosen, as a person calls it."""
    if item.stored_in and item.kind.key == "user" and numeric_id(str(value)):
        return name_of("user", int(value))
    return ", ".join(str(item.choice_labels.get(each, each)) for each in listed(value) if each)


VERBS: dict[str, BulkVerb] = {
    verb.key: verb
    for verb in (
        BulkVerb(
            "assign",
            gettext_lazy("Assign"),
            "assign",
            "user-check",
            _assign,
            _assign_told,
            form=OwnerForm,
            template="customers/_bulk_assign.html",
        ),
        BulkVerb("tag", gettext_lazy("Tag"), "edit", "tag", _tag, _tag_told, form=TagForm),
        BulkVerb(
            "status",
            gettext_lazy("Status"),
            "edit",
            "flag",
            _status,
            _status_told,
            form=StatusForm,
        ),
        BulkVerb(
            "edit",
            gettext_lazy("Change a field"),
            "edit",
            "edit",
            _edit,
            _edit_told,
            form=BulkEditForm,
            template="customers/_bulk_edit.html",
        ),
        *segment_verbs("customer"),
        BulkVerb(
            "block", gettext_lazy("Block"), "block", "ban", _block, lambda answers: _("Block"), form=BlockForm
        ),
        BulkVerb(
            "unblock", gettext_lazy("Unblock"), "block", "lock-open", _unblock, lambda answers: _("Unblock")
        ),
        BulkVerb(
            "archive", gettext_lazy("Archive"), "archive", "archive", _archive, lambda answers: _("Archive")
        ),
        BulkVerb(
            "restore",
            gettext_lazy("Restore"),
            "archive",
            "arrow-back-up",
            _restore,
            lambda answers: _("Restore"),
            of_archived=True,
        ),
    )
}
register_verbs("customer", VERBS)


@after_undo("customer")
def follow_the_undone(ids: list[int], columns: set[str], *, by: Actor) -> None:
    """Derive anew what history leaves out: sort keys, the pulse's scope, search. No circle of parents."""
    if "parent_id" in columns and closed_circles(ids):
        raise RuleBroken(_("Changed back, it would belong to itself through others."))
    renew_side_tables(ids, columns)
    if SEARCHED & columns:
        index("customer", ids)


@after_undo("contact")
def follow_the_undone_contacts(ids: list[int], columns: set[str], *, by: Actor) -> None:
    """Their sort keys, and what their customers are found by."""
    if "name" in columns:
        renew_sort_keys(Contact, ids)
    index("customer", Contact.objects.filter(pk__in=ids).values_list("customer_id", flat=True))
