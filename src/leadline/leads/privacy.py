"""Leads are persons (PPL-8)."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leadline.core.actions import Actor, lock_all
from leadline.core.changesets import after_undo
from leadline.core.custom.personal import reported
from leadline.core.history import HistoryEntry
from leadline.core.privacy import (
    Holder,
    Person,
    Section,
    register_holder,
    register_person,
    same_person,
    without_personal_data,
)
from leadline.core.privacy.persons import usable
from leadline.core.refusals import RuleBroken
from leadline.customers.models import Customer
from leadline.customers.privacy import contact_as_person
from leadline.governance.actions import follow_consents
from leadline.leads.actions import erase_leads
from leadline.leads.models import Lead, OnPlatform

NAMED = ("name", "email", "phone")
OF_A_LEAD = (
    *NAMED,
    *("company", "language", "time_zone", "source", "description", "tags", "unclear"),
)
NOT_TOLD = ("name_key", "version")


def lead_as_person(key: int) -> Person | None:
    """A lead, by all that it was called."""
    lead = Lead.objects.filter(pk=key).first()
    if lead is None:
        return None
    return Person(kind="lead", id=key, name=lead.name, words=_words([lead]), records={"lead": (key,)})


@same_person
def with_what_it_became(person: Person) -> Person:
    """A lead, the contact that it became, and the customer if that is a person, are one (LEA-9)."""
    became = dict(Lead.objects.filter(pk__in=person.ids("lead")).values_list("pk", "converted_contact"))
    contacts = [contact_as_person(key) for key in became.values() if key]
    records = {kind: set(ids) for kind, ids in person.records.items()}
    for contact in filter(None, contacts):
        records["contact"] = records.get("contact", set()) | set(contact.records["contact"])
    persons = Customer.objects.filter(kind=Customer.Kind.INDIVIDUAL, leads__in=list(became))
    records["customer"] = records.get("customer", set()) | set(persons.values_list("pk", flat=True))
    leads = _leads_of(records.get("contact", set()), records["customer"])
    records["lead"] = records.get("lead", set()) | {lead.pk for lead in leads}
    users = records.get("platform_user", set()) | _users_of(records["lead"])
    records["platform_user"] = users
    words = {*person.words, *_words(leads), *(word for each in contacts if each for word in each.words)}
    within = {*person.within, *(key for each in contacts if each for key in each.within)}
    return replace(
        person,
        words=usable(list(words)),
        records={kind: tuple(sorted(ids)) for kind, ids in records.items() if ids},
        within=tuple(sorted(within)),
    )


def _leads_of(contacts: set[int], customers: set[int]) -> list[Lead]:
    """The leads that became these contacts, or those of the customers that are persons; each by its index."""
    converted = Lead.objects.filter(converted_to__isnull=False)
    found = {lead.pk: lead for lead in converted.filter(converted_contact__in=contacts)}
    persons = converted.filter(converted_to__in=customers, converted_to__kind=Customer.Kind.INDIVIDUAL)
    return list((found | {lead.pk: lead for lead in persons}).values())


def _words(leads: list[Lead]) -> tuple[str, ...]:
    """All that leads are and were called."""
    keys = [lead.pk for lead in leads]
    told = HistoryEntry.objects.filter(kind="lead", record_id__in=keys, changes__isnull=False)
    past = [changes or {} for changes in told.values_list("changes", flat=True)]
    before = [value for changes in past for column in NAMED for value in changes.get(column, ())]
    called = [getattr(lead, column) for lead in leads if not lead.is_erased for column in NAMED]
    return usable([*called, *before])


def _users_of(keys: Iterable[int]) -> set[int]:
    """The users of the platform that leads are."""
    known = OnPlatform.objects.filter(lead__in=list(keys), user__isnull=False)
    return set(known.values_list("user_id", flat=True))


def held_leads(person: Person) -> Section:
    """The fields of the person's leads."""
    columns = [field.attname for field in Lead._meta.concrete_fields if field.name not in NOT_TOLD]
    rows: list[dict[str, Any]] = list(Lead.objects.filter(pk__in=person.ids("lead")).values(*columns))
    return [{**row, "custom": reported("lead", row["custom"])} for row in rows]


@after_undo("lead")
def keep_erased_leads(ids: list[int], columns: set[str], *, by: Actor) -> None:
    """An undoing leaves an erased person as it is; consents follow what was changed back."""
    if Lead.objects.filter(pk__in=ids, erased_at__isnull=False).exists():
        raise RuleBroken(gettext("This person was erased and can't be brought back."))
    if any(column.startswith("consent_") for column in columns):
        follow_consents("lead", "leads_lead", ids, by=by)


def _hold(person: Person) -> None:
    lock_all(Lead.objects.filter(pk__in=person.ids("lead")))


register_person(
    "lead",
    _("Lead"),
    fetch=lead_as_person,
    sees=lambda user, key: Lead.objects.visible_to(user).filter(pk=key).exists(),
    is_erased=lambda key: Lead.objects.filter(pk=key, erased_at__isnull=False).exists(),
    hold=_hold,
)
register_holder(
    Holder("leads.leads", _("Lead"), ("leads.Lead",), held_leads, erase_leads, {"lead": OF_A_LEAD})
)
without_personal_data(
    {
        "leads.Pulse": "moments, keys and counts; why it is on top says nothing that the lead does not",
        "leads.OnPlatform": "a copy of what its user of the platform holds",
        "leads.Stay": "moments and keys",
        "leads.Callback": "moments and keys",
        "leads.Stage": "names of stages",
        "leads.Reason": "names of reasons",
        "leads.CallingHours": "hours of the house",
        "leads.ScoreBands": "limits of the house",
        "leads.Letters": "templates of the house",
    }
)
