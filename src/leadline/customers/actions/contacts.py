"""Contacts of customers: added in sets, edited, made primary, moved, archived (CUS-11)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock
from leadline.core.clock import now
from leadline.core.custom.values import PREFIX, as_text, custom_of, keeps_retired
from leadline.core.drafts import Draft, OnDuplicate, Outcome, clean_draft, with_defaults
from leadline.core.events import publish, publish_many
from leadline.core.fields import catalogue
from leadline.core.history import changes_since
from leadline.core.normalise.text import sort_key
from leadline.core.refusals import EditConflict, RuleBroken, RulesBroken
from leadline.core.search import index
from leadline.core.sets import copy_rows, fresh_ids, update_rows
from leadline.customers.actions.cleaning import cleaning_for
from leadline.customers.actions.columns import MAY_BE_UNCLEAR, unclear_after
from leadline.customers.actions.external_ids import note_external_ids
from leadline.customers.actions.matching import Key
from leadline.customers.actions.picking import require_edit, require_may
from leadline.customers.actions.sorting_contacts import sorted_contacts
from leadline.customers.events import ContactChanged, ContactsAdded
from leadline.customers.models import Contact, Customer
from leadline.customers.verbs import CONTACT_VERBS
from leadline.governance.actions import follow_consents

_DEFAULTS: dict[str, Any] = {
    str(field.column): field.get_default() for field in Contact._meta.concrete_fields
}
_ELSEWHERE = frozenset({"id", "customer", "is_primary", "external_id"})
_TOUCHED = {"version": "customers_contact.version + 1", "updated_at": "now()"}


@action
def add_contact(customer: Customer, *, by: Actor, **answers: Any) -> Contact:
    """Add a person to a customer; the first one is the primary. Raises `RulesBroken` naming each field."""
    require_may(customer, "edit", by=by)
    draft = clean_draft(catalogue("contact"), answers, cleaning_for(by, customer.country))
    draft = replace(draft, values={**draft.values, "customer": customer.pk})
    outcome = add_contacts([draft], by=by)
    for refused in outcome.refused:
        raise RulesBroken(refused.broken)
    return Contact.objects.select_related("customer").get(pk=outcome.created[draft.row])


@action
def add_contacts(
    drafts: Sequence[Draft], *, on_duplicate: OnDuplicate = "create", key: Key = "email", by: Actor
) -> Outcome:
    """Add many people to their customers; one whose `key` is known already is a duplicate (CUS-20).

    E-mail, phone and name are compared within the customer; id, external id and custom keys everywhere. The
    first contact of a customer becomes its primary; a draft that says `is_primary` moves that to itself.
    """
    sorting = sorted_contacts(drafts, on_duplicate, key, by)
    outcome = sorting.outcome
    _create(sorting.new, outcome, by)
    _update(sorting.changes, outcome, by)
    taken = outcome.updated if on_duplicate == "update" else outcome.skipped
    taken.update({row: outcome.created[sorting.new[identity].row] for row, identity in sorting.joining})
    return outcome


@action
def edit_contact(contact: Contact, *, version: int | None = None, by: Actor, **answers: Any) -> Contact:
    """Change fields of a contact; what is not given stays. Raises `EditConflict`, `RulesBroken`."""
    contact = _locked(contact)
    _require(contact, "edit", by)
    if version is not None and version != contact.version:
        raise EditConflict(changes_since("contact", contact.pk, version, viewer=by.user), contact.version)
    answers.pop("customer", None)
    about = catalogue("contact")
    cleaning = cleaning_for(by, contact.customer.country, kept=keeps_retired(about, contact, answers))
    draft = clean_draft(about, answers, cleaning, keep_empty=True)
    primary = draft.values.get("is_primary", contact.is_primary)
    if contact.is_primary and not primary:
        raise RuleBroken(_("Make another contact the primary one instead."), field="is_primary")
    if write_contacts({contact.pk: draft}, {contact.pk: contact.unclear}):
        _follow_consents([draft], [contact.pk], by)
        _tell(contact, "edited", by)
    if primary and not contact.is_primary:
        return make_primary(contact, by=by)
    return _fresh(contact)


@action
def make_primary(contact: Contact, *, by: Actor) -> Contact:
    """Make this the contact that is shown first and written to by default; it moves from the one before."""
    contact = _locked(contact)
    _require(contact, "edit", by)
    siblings = Contact.objects.filter(customer=contact.customer_id, is_primary=True).exclude(pk=contact.pk)
    siblings.update(is_primary=False, version=F("version") + 1, updated_at=now())
    if not contact.is_primary:
        _change(contact, is_primary=True)
        _tell(contact, "primary", by)
    return _fresh(contact)


@action
def archive_contact(contact: Contact, *, by: Actor) -> Contact:
    """Take a contact away; if it was the primary, the next by name becomes it."""
    contact = _locked(contact)
    _require(contact, "archive", by)
    if contact.archived_at:
        return contact
    _change(contact, archived_at=now(), is_primary=False)
    if contact.is_primary:
        give_primary_to_the_next(contact.customer)
    _tell(contact, "archived", by)
    return _fresh(contact)


@action
def restore_contact(contact: Contact, *, by: Actor) -> Contact:
    """Bring an archived contact back; the primary stays who it is."""
    contact = _locked(contact)
    _require(contact, "restore", by)
    if not contact.archived_at:
        return contact
    _change(contact, archived_at=None, is_primary=_has_no_contact(contact.customer))
    _tell(contact, "restored", by)
    return _fresh(contact)


@action
def move_contact(contact: Contact, *, customer: Customer, by: Actor) -> Contact:
    """Move a person to another customer with its own history; both must be open to the actor."""
    for pk in sorted({contact.customer_id, customer.pk}):
        lock(Customer(pk=pk))
    contact, customer = _locked(contact), lock(customer)
    _require(contact, "edit", by)
    require_edit(customer, by=by)
    before = contact.customer
    if before.pk == customer.pk:
        raise RuleBroken(_("It is this customer's contact already."), field="customer")
    _change(contact, customer=customer, is_primary=_has_no_contact(customer))
    if contact.is_primary:
        give_primary_to_the_next(before)
    index("customer", [before.pk, customer.pk])
    publish(ContactChanged(contact_id=contact.pk, what="moved"), by=by, about=[before, customer])
    return _fresh(contact)


def change_in_place(
    contact: Contact, change: Callable[[Contact], dict[str, Any]], what: str, by: Actor
) -> Contact:
    """Lock a current contact, let `change` say which columns become what, and tell of it."""
    contact = _locked(contact)
    _require(contact, "edit", by)
    _change(contact, **change(contact))
    _tell(contact, what, by)
    return _fresh(contact)


def _create(new: dict[Any, Draft], outcome: Outcome, by: Actor) -> None:
    if not new:
        return
    drafts = with_defaults(catalogue("contact"), new.values())
    customers = {draft.values["customer"] for draft in drafts}
    primary = _primary_among(drafts, customers)
    moment = now()
    rows = []
    for draft, pk in zip(drafts, fresh_ids(Contact, len(drafts)), strict=True):
        rows.append(
            {
                **_DEFAULTS,
                **_new(draft),
                "id": pk,
                "customer_id": draft.values["customer"],
                "is_primary": draft is primary.get(draft.values["customer"]),
                "unclear": sorted(draft.unclear & MAY_BE_UNCLEAR),
                "created_at": moment,
                "updated_at": moment,
            }
        )
        outcome.created[draft.row] = pk
    copy_rows(Contact, list(rows[0]), [list(row.values()) for row in rows])
    note_external_ids("contact", {row["id"]: draft for row, draft in zip(rows, drafts, strict=True)})
    index("customer", sorted(customers))
    _follow_consents(drafts, [row["id"] for row in rows], by)
    publish_many(
        ContactsAdded, sorted(customers), kind="customer", by=by, contact_ids=tuple(row["id"] for row in rows)
    )


def _primary_among(drafts: Iterable[Draft], customers: set[int]) -> dict[int, Draft]:
    """Which draft becomes each customer's primary: one that says so, else the first where there is none."""
    chosen: dict[int, Draft] = {}
    first: dict[int, Draft] = {}
    for draft in drafts:
        first.setdefault(draft.values["customer"], draft)
        if draft.values.get("is_primary"):
            chosen.setdefault(draft.values["customer"], draft)
    holders = Contact.objects.current().filter(customer__in=customers, is_primary=True)
    holders.filter(customer__in=chosen).update(is_primary=False, version=F("version") + 1, updated_at=now())
    have_one = set(holders.values_list("customer_id", flat=True))
    return {**{customer: draft for customer, draft in first.items() if customer not in have_one}, **chosen}


def _update(changes: dict[int, Draft], outcome: Outcome, by: Actor) -> None:
    if not changes:
        return
    unclear = dict(Contact.objects.filter(pk__in=changes).values_list("pk", "unclear"))
    changed = set(write_contacts(changes, unclear)) | note_external_ids("contact", changes)
    _follow_consents(changes.values(), sorted(changed), by)
    becoming = {pk for pk, draft in changes.items() if draft.values.get("is_primary")}
    for contact in Contact.objects.filter(pk__in=becoming, is_primary=False):
        make_primary(contact, by=by)
        changed.add(contact.pk)
    for row, pk in list(outcome.updated.items()):
        if pk not in changed:
            outcome.unchanged[row] = outcome.updated.pop(row)


def write_contacts(changes: dict[int, Draft], unclear: dict[int, list[str]]) -> list[int]:
    """Write what drafts give to locked contacts; returns which changed."""
    rows = [
        {"id": pk, **_columns(draft), "unclear": unclear_after(draft, unclear[pk])}
        for pk, draft in changes.items()
    ]
    changed = sorted(update_rows(Contact, rows, touched=_TOUCHED))
    index(
        "customer", sorted(set(Contact.objects.filter(pk__in=changed).values_list("customer_id", flat=True)))
    )
    return changed


def _follow_consents(drafts: Iterable[Draft], ids: list[int], by: Actor) -> None:
    """Consents that came as fields are noted like those that were stated; files without any pay nothing."""
    if any(name.startswith("consent_") for draft in drafts for name in draft.values):
        follow_consents("contact", "customers_contact", ids, by=by)


def _new(draft: Draft) -> dict[str, Any]:
    """The columns of a new contact, as COPY takes them."""
    columns = _columns(draft)
    return {**columns, "custom": as_text(columns.get("custom", {}))}


def _columns(draft: Draft) -> dict[str, Any]:
    columns = {
        name: value
        for name, value in draft.values.items()
        if name not in _ELSEWHERE and not name.startswith(PREFIX)
    }
    if "name" in columns:
        columns["name_key"] = sort_key(columns["name"])
    if custom := custom_of(catalogue("contact"), draft.values):
        columns["custom"] = custom
    return columns


def _locked(contact: Contact) -> Contact:
    """The contact as it is now, locked after its customer: all who change contacts wait in one order."""
    lock(Customer(pk=contact.customer_id))
    found = lock(contact, "customer")
    if found.customer_id != contact.customer_id:
        raise RuleBroken(_("Somebody has just moved this contact to another customer. Open it there."))
    return found


def _has_no_contact(customer: Customer) -> bool:
    return not Contact.objects.current().filter(customer=customer).exists()


def give_primary_to_the_next(customer: Customer) -> None:
    """Where a customer has no primary contact any more, the next by name becomes it."""
    heir = Contact.objects.current().filter(customer=customer).order_by("name_key", "pk").first()
    if heir:
        _change(heir, is_primary=True)


def _require(contact: Contact, verb: str, by: Actor) -> None:
    """Refuse whoever can't change its customer, and whatever stands against the verb itself (PPL-5)."""
    require_edit(contact.customer, by=by)
    for hindrance in CONTACT_VERBS[verb].hindered_by(contact):
        raise RuleBroken(str(hindrance.words))


def _change(contact: Contact, **values: Any) -> None:
    Contact.objects.filter(pk=contact.pk).update(**values, version=F("version") + 1, updated_at=now())


def _tell(contact: Contact, what: str, by: Actor) -> None:
    index("customer", [contact.customer_id])
    publish(ContactChanged(contact_id=contact.pk, what=what), by=by, about=[contact.customer])


def _fresh(contact: Contact) -> Contact:
    return Contact.objects.select_related("customer").get(pk=contact.pk)
