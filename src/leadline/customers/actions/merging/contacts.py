"""Contacts that are one person become one, at one customer or across several (CUS-23)."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock, lock_all, require
from leadline.core.clock import now
from leadline.core.drafts import Draft
from leadline.core.events import Subject, publish
from leadline.core.fields import catalogue
from leadline.core.history import HistoryEntry
from leadline.core.merging import Merging, move_attached
from leadline.core.refusals import RuleBroken
from leadline.core.search import index
from leadline.customers.actions.contacts import give_primary_to_the_next, write_contacts
from leadline.customers.actions.merging.outcome import Merged, chosen, merged_ids
from leadline.customers.events import ContactsMerged
from leadline.customers.models import Contact, Customer
from leadline.customers.queries.choosing import choosable, proposed
from leadline.customers.verbs import CONTACT_VERBS
from leadline.governance.actions import follow_merge
from leadline.governance.models import Channel, Contactable


@action
def merge_contacts(
    survivor: Contact,
    *,
    others: Iterable[int],
    choose: Mapping[str, int] | None = None,
    customer: int | None = None,
    later: bool = False,
    by: Actor,
) -> Merged:
    """Merge contacts into one that stays; the others are archived and lead to it (CUS-23).

    `customer` is where the person is from now on, one of the contacts' customers; by default the survivor's.
    A consent that was withdrawn stays withdrawn. Raises `RuleBroken` and `NotAllowed`.
    """
    ids = merged_ids(survivor.pk, others)
    records = _locked([survivor.pk, *ids], by)
    kept, gone = records[survivor.pk], [records[key] for key in ids]
    merged = Merged("contact", kept.pk, ids, change_set=by.change_set)
    homes = {record.customer_id for record in records.values()}
    home = kept.customer_id if customer is None else customer
    if home not in homes:
        raise RuleBroken(
            _("Choose one of the customers where these contacts are."), field="customer", value=customer
        )
    changed, unclear = _values(kept, gone, choose, merged, by)
    within = homes_of(records)
    merge, told = move_attached(Merging("contact", kept.pk, ids, within), later=later, by=by)
    merged.add(merge, told)
    _archive(kept, gone, home, by)
    if changed:
        write_contacts({kept.pk: Draft(1, changed, frozenset(unclear))}, {kept.pk: kept.unclear})
    follow_merge(merge, "customers_contact", by=by)
    index("customer", sorted(homes))
    publish(
        ContactsMerged(survivor_id=kept.pk, merged_ids=ids),
        by=by,
        about=[Subject("customer", key) for key in sorted(homes)],
    )
    return merged


def _locked(ids: list[int], by: Actor) -> dict[int, Contact]:
    """The contacts, locked after their customers as everybody does, each open to the actor."""
    known = dict(Contact.objects.filter(pk__in=ids).values_list("pk", "customer_id"))
    for customer in sorted(set(known.values())):
        lock(Customer(pk=customer))
    rows = lock_all(Contact.objects.filter(pk__in=ids).select_related("customer"))
    verb = CONTACT_VERBS["merge"]
    for contact in rows:
        require(
            contact.customer_id == known[contact.pk],
            _("Somebody has just moved one of these contacts. Look at them again."),
        )
        require(
            verb.permits(by.user, contact),
            _("Your role does not allow this for this customer. Its owner's sales manager can help."),
        )
        for hindrance in verb.hindered_by(contact):
            words = _("%(name)s: %(reason)s") % {"name": contact, "reason": hindrance.words}
            raise RuleBroken(words, field="others", value=contact.pk)
    if len(rows) < len(ids):
        raise RuleBroken(_("There is no such contact."), field="others")
    return {contact.pk: contact for contact in rows}


def _values(
    kept: Contact, gone: list[Contact], choose: Mapping[str, int] | None, merged: Merged, by: Actor
) -> tuple[dict[str, Any], set[str]]:
    """What of the survivor changes: what was chosen or proposed, and the stricter of wishes and consents."""
    about = catalogue("contact")
    records = {record.pk: record for record in (kept, *gone)}
    fields = {item.name: item for item in choosable(about)}
    asked = chosen(choose, [item.name for item in choosable(about, by.user)], records)
    sources = {
        name: records[asked.get(name) or proposed(item, kept, gone, by.user)] for name, item in fields.items()
    }
    values = {name: fields[name].value_of(source) for name, source in sources.items()}
    values |= _stricter(kept, gone, merged)
    changed = {name: value for name, value in values.items() if value != about.field(name).value_of(kept)}
    return changed, {name for name, source in sources.items() if name in changed and name in source.unclear}


def _stricter(kept: Contact, gone: list[Contact], merged: Merged) -> dict[str, Any]:
    about = catalogue("contact")
    stricter: dict[str, Any] = {}
    for name in ("do_not_call", "do_not_email"):
        if any(getattr(record, name) for record in gone) and not getattr(kept, name):
            stricter[name] = True
    for name in (f"consent_{channel}" for channel in Channel.values):
        said = {getattr(record, name) for record in (kept, *gone)}
        state = next((each for each in _STRICTEST if each in said), "")
        if state != getattr(kept, name):
            stricter[name] = state
    for name, value in stricter.items():
        if value in (True, Contactable.Given.WITHDRAWN):
            words = _("%(wish)s: one of them wishes it, so it holds.") if value is True else _withdrawn()
            merged.told.append(words % {"wish": about.field(name).label})
    return stricter


_STRICTEST = (Contactable.Given.WITHDRAWN, Contactable.Given.GIVEN)


def _withdrawn() -> str:
    return _("%(wish)s: withdrawn once, so it stays withdrawn.")


def homes_of(contacts: Iterable[int]) -> tuple[int, ...]:
    """Customers where contacts are or were: what was logged at a former one names them still."""
    ids = list(contacts)
    rows = HistoryEntry.objects.filter(kind="contact", record_id__in=ids, changes__isnull=False)
    moves = rows.filter(changes__has_key="customer_id").values_list("changes", flat=True)
    past = {key for changes in moves for key in (changes or {}).get("customer_id", ()) if key}
    return tuple(sorted(past.union(Contact.objects.filter(pk__in=ids).values_list("customer_id", flat=True))))


def _archive(kept: Contact, gone: list[Contact], home: int, by: Actor) -> None:
    """Archive the others; each customer keeps one primary contact."""
    moment = now()
    was_primary = {record.customer_id for record in (kept, *gone) if record.is_primary}
    Contact.objects.filter(pk__in=[record.pk for record in gone]).update(
        archived_at=moment,
        merged_into=kept.pk,
        is_primary=False,
        updated_at=moment,
        version=F("version") + 1,
    )
    at_home = Contact.objects.current().filter(customer=home).exclude(pk=kept.pk)
    primary = home in was_primary or not at_home.exists()
    if kept.customer_id != home or kept.is_primary != primary:
        Contact.objects.filter(pk=kept.pk).update(
            customer=home, is_primary=primary, updated_at=moment, version=F("version") + 1
        )
    for customer in was_primary - {home}:
        give_primary_to_the_next(Customer(pk=customer))
