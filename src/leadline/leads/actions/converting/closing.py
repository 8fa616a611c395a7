"""Converting leads: each becomes a customer and a contact, and all that happened goes along (LEA-9)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.db import connection
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action
from leadline.core.changesets import ChangeSet, open_change_set
from leadline.core.clock import now
from leadline.core.drafts import Outcome
from leadline.core.events import publish_each
from leadline.core.sets import array_of
from leadline.customers.actions import add_customers, note_interactions
from leadline.customers.actions.picking import Done
from leadline.customers.models import Customer
from leadline.leads.actions.converting.callbacks import callbacks_as_tasks
from leadline.leads.actions.converting.carrying import as_customer, lacks
from leadline.leads.actions.converting.choosing import Alike, chosen_customers
from leadline.leads.actions.converting.persons import fill_customers, give_contacts
from leadline.leads.actions.picking import one, pick
from leadline.leads.actions.side import follow
from leadline.leads.events import LeadConverted
from leadline.leads.models import Lead, OnPlatform, Stage
from leadline.platform.actions import link_those_waiting_for, link_users_to
from leadline.tasks.actions import carry_tasks
from leadline.timeline.actions import ActivityDraft, carry_activities, record_activities
from leadline.timeline.models import Activity

KIND = "leads.convert"
_CLOSE = """
UPDATE leads_lead lead
   SET stage_id = %(stage)s, stage_since = %(now)s, reason_id = NULL, converted_to_id = became.customer_id,
       converted_contact_id = became.contact_id, converted_at = %(now)s, starred_at = NULL,
       starred_until = NULL, starred_by_id = NULL, callback_at = NULL, updated_at = %(now)s,
       version = lead.version + 1
  FROM unnest(%(leads)s::bigint[], %(customers)s::bigint[], %(contacts)s::bigint[])
       became(lead_id, customer_id, contact_id)
 WHERE lead.id = became.lead_id
"""


class Became(NamedTuple):
    """What a lead became."""

    lead_id: int
    customer_id: int
    contact_id: int


@action
def convert_lead(lead: Lead, *, into: Customer | None = None, alike: str = Alike.LEAVE, by: Actor) -> Lead:
    """Convert one lead, as a change set that can be undone for 30 days (LEA-9, SIG-3).

    Raises `RuleBroken` and `NotAllowed` with the reason; of two at once the second is told that it is done.
    """
    opened = open_change_set(KIND, title=_("Convert %(name)s") % {"name": lead.name}, by=by)
    chosen = {lead.pk: into.pk} if into else {}
    done = convert_leads([lead.pk], into=chosen, alike=alike, by=by.within(opened.pk))
    ChangeSet.objects.filter(pk=opened.pk).update(state=ChangeSet.State.DONE)
    return one(lead, done)


@action
def convert_leads(
    ids: Iterable[int], *, into: Mapping[int, int] | None = None, alike: str = Alike.LEAVE, by: Actor
) -> Done:
    """Make customers with contacts of open leads; the leads are closed as converted and lead there (LEA-9).

    `into` names customers that are here already: lead → customer. `alike` says what is done with other leads
    that may be one. Fields, consents and custom fields that both have are carried over; activities, tasks and
    users of the platform go along; a callback that was agreed becomes a task. The refused are told with
    their reasons.
    """
    picked, done = pick(ids, "convert", by=by)
    rows = Lead.objects.select_related("owner", "stage", "pulse").in_bulk([each.id for each in picked])
    done.refused |= {pk: why for pk, lead in rows.items() if (why := lacks(lead, by))}
    rows = {pk: lead for pk, lead in rows.items() if pk not in done.refused}
    homes = chosen_customers(rows, into or {}, alike, done, by=by)
    leads = [lead for pk, lead in sorted(rows.items()) if pk not in done.refused]
    fill_customers([lead for lead in leads if lead.pk in homes], homes, by=by)
    homes |= _new_customers([lead for lead in leads if lead.pk not in homes], done, by)
    contacts = give_contacts([lead for lead in leads if lead.pk in homes], homes, done, by=by)
    became = [Became(lead, homes[lead], contact) for lead, contact in contacts.items()]
    _take_along(became, rows, by)
    _close(became, rows, by)
    done.changed = [each.lead_id for each in became]
    return done


def _new_customers(leads: Sequence[Lead], done: Done, by: Actor) -> dict[int, int]:
    """Lead → its new customer."""
    outcome = add_customers([as_customer(lead, by) for lead in leads], by=by) if leads else Outcome()
    done.refused |= {refused.row: refused.reason for refused in outcome.refused}
    return outcome.created


def _take_along(became: Sequence[Became], leads: Mapping[int, Lead], by: Actor) -> None:
    """All that happened, and what is still to do, is shown on the customers."""
    customers = {each.lead_id: each.customer_id for each in became}
    spoken = {each: leads[each].pulse.last_contact_at for each in customers}
    latest = {customers[pk]: at for pk, at in sorted(spoken.items(), key=lambda pair: str(pair[1])) if at}
    note_interactions(latest, by=by)
    carry_activities(became, by=by)
    carry_tasks("lead", "customer", became=customers, by=by)
    callbacks_as_tasks([leads[pk] for pk in customers], customers, by=by)
    users = OnPlatform.objects.filter(lead__in=customers, user__isnull=False).values_list("user_id", "lead")
    link_users_to({user: customers[lead] for user, lead in users}, by=by)
    link_those_waiting_for(sorted(set(customers.values())), by=by)


def _close(became: Sequence[Became], leads: Mapping[int, Lead], by: Actor) -> None:
    if not became:
        return
    won = Stage.objects.get(key="converted")
    given = {name: array_of(column) for name, column in zip(_COLUMNS, zip(*became, strict=True), strict=True)}
    with connection.cursor() as cursor:
        cursor.execute(_CLOSE, {**given, "stage": won.pk, "now": now()})
    follow([each.lead_id for each in became])
    told = [_told(each, leads[each.lead_id], won) for each in became]
    record_activities(told, by=by)
    publish_each(
        [
            (
                LeadConverted(each.customer_id, each.contact_id, by.change_set),
                {"lead": [each.lead_id], "customer": [each.customer_id]},
            )
            for each in became
        ],
        by=by,
    )


_COLUMNS = ("leads", "customers", "contacts")


def _told(became: Became, lead: Lead, won: Stage) -> ActivityDraft:
    words = {"old": lead.stage.label, "new": won.label}
    return ActivityDraft(
        became.customer_id,
        Activity.Kind.STATUS,
        _("Stage: %(old)s → %(new)s") % words,
        contact_id=became.contact_id,
        lead_id=became.lead_id,
    )
