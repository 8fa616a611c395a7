"""Leads are persons (PPL-8)."""

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
    without_personal_data,
)
from leadline.core.privacy.persons import usable
from leadline.core.refusals import RuleBroken
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
    told = HistoryEntry.objects.filter(kind="lead", record_id=key, changes__isnull=False)
    past = [changes or {} for changes in told.values_list("changes", flat=True)]
    before = [value for changes in past for column in NAMED for value in changes.get(column, ())]
    now_called = [] if lead.is_erased else [lead.name, lead.email, lead.phone]
    return Person(
        kind="lead",
        id=key,
        name=lead.name,
        words=usable([*now_called, *before]),
        records={"lead": (key,), "platform_user": _users_of(key)},
    )


def _users_of(key: int) -> tuple[int, ...]:
    """The user of the platform that the lead is."""
    known = OnPlatform.objects.filter(lead=key, user__isnull=False)
    return tuple(known.values_list("user_id", flat=True))


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
        "leads.Letters": "templates of the house",
    }
)
