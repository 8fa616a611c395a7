"""The leads of the demo company: a hundred through the actions, a million by set."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import connection, transaction

from leadline.config.demo.imagining import Imagination
from leadline.config.demo.staff import Staff, owner_of
from leadline.core.actions import Actor, acting
from leadline.core.clock import at, now
from leadline.core.drafts import clean_draft
from leadline.core.fields import catalogue
from leadline.core.search import rebuild
from leadline.customers.actions.cleaning import cleaning_for
from leadline.leads import actions
from leadline.leads.models import Lead, Reason
from leadline.people.models import User

CAMPAIGNS = ("Autumn fair", "Web search", "Newsletter", "Referral", "")
OUTCOMES = ("no_answer", "connected", "connected", "busy", "voicemail", "wrong_number")


def act_leads(count: int, *, seed: int, staff: Staff, by: Actor) -> int:
    """Bring leads in over the last days, assign most, work half, star some until tonight."""
    imagination = Imagination(seed + 1, now())
    administrator = Actor(staff.administrator, via=by.via, trace=by.trace)
    made: dict[int, str] = {}
    for day in range(6, -1, -1):
        with at(now() - timedelta(days=day, minutes=10)):
            made |= _come_in(count // 7 + 1, imagination, administrator)
    _hand_out(made, imagination, staff, administrator)
    owned = list(Lead.objects.filter(pk__in=made).exclude(owner=None).order_by("pk").select_related("owner"))
    _work(owned, imagination, by)
    _close_some(owned[::9], administrator)
    starred = [lead.pk for lead in owned if lead.pk % 3 == 0]
    actions.star_leads(starred, until=now() + timedelta(hours=12), by=administrator)
    return len(made)


def _come_in(count: int, imagination: Imagination, by: Actor) -> dict[int, str]:
    drafts, countries = [], {}
    for row in range(count):
        company = imagination.company(contacts=1)
        person = company.people[0]
        raw = {
            "name": person.name,
            "company": company.fields["name"],
            "email": f"lead.{person.email}",
            "phone": person.phone,
            "country": company.country.code,
            "language": person.language,
            "source": "Web form",
            "campaign": imagination.random.choice(CAMPAIGNS),
        }
        cleaning = cleaning_for(by, company.country.code)
        drafts.append(clean_draft(catalogue("lead"), raw, cleaning, row=row))
        countries[row] = company.country.code
    outcome = actions.add_leads(drafts, by=by)
    return {pk: countries[row] for row, pk in outcome.created.items()}


def _hand_out(made: dict[int, str], imagination: Imagination, staff: Staff, by: Actor) -> None:
    """Four in five have an owner; the rest wait for the lead manager."""
    theirs: dict[User, list[int]] = defaultdict(list)
    for pk, country in made.items():
        if imagination.random.random() < 0.8:
            theirs[owner_of(staff, country, imagination)].append(pk)
    for owner, ids in theirs.items():
        actions.assign_leads(ids, owner=owner, by=by)


def _work(owned: Sequence[Lead], imagination: Imagination, by: Actor) -> None:
    for lead in owned[::2]:
        outcome = imagination.random.choice(OUTCOMES)
        qualified = outcome == "connected" and imagination.random.random() < 0.4
        with at(now() - timedelta(hours=imagination.random.randrange(1, 60))):
            seller = Actor(lead.owner, via=by.via, trace=by.trace)
            actions.work_lead(lead, outcome=outcome, qualified=qualified, by=seller)


def _close_some(leads: Sequence[Lead], by: Actor) -> None:
    reasons = list(Reason.objects.in_use())
    for number, lead in enumerate(leads):
        actions.disqualify_lead(lead, reason=reasons[number % len(reasons)], by=by)


_U = "((hashint8extended(person.id, %(seed)s * 100 + {salt}) & 2147483647) / 2147483648.0::float8)"
_LEADS = f"""
INSERT INTO leads_lead (name, name_key, company, email, phone, country, language, time_zone, zone, source,
       campaign, desk, description, stage_id, stage_since, reason_id, owner_id, team_id, assigned_at,
       starred_at, starred_until, starred_by_id, callback_at, bad_number, tags, unclear, registered_at,
       created_at, updated_at, version)
SELECT person.name, name_key, company, 'lead.' || email, phone, country, language, '', time_zone, 'Web form',
       (ARRAY['Autumn fair', 'Web search', 'Newsletter', 'Referral', ''])
           [1 + floor({_U.format(salt=4)} * 5)::int],
       (ARRAY['conversion', 'conversion', 'retention', 'upsell'])[1 + floor({_U.format(salt=5)} * 4)::int],
       '', stage.id, CASE WHEN stage.key IN ('new', 'assigned') THEN came
                          ELSE least(came + {_U.format(salt=9)} * interval '10 days', %(now)s) END,
       CASE WHEN stage.key = 'disqualified' THEN %(reason)s END,
       CASE WHEN stage.key <> 'new' THEN owner_id END, CASE WHEN stage.key <> 'new' THEN team_id END,
       CASE WHEN stage.key <> 'new' THEN came END,
       CASE WHEN starred THEN %(now)s - interval '1 hour' END,
       CASE WHEN starred THEN %(now)s + interval '12 hours' END,
       CASE WHEN starred THEN %(by)s END,
       CASE WHEN stage.key = 'follow_up' AND {_U.format(salt=7)} < 0.1
            THEN %(now)s + ({_U.format(salt=8)} - 0.2) * interval '3 days' END,
       false, '{{}}', '{{}}', came, came, came, 1
  FROM (SELECT person.*, %(now)s - power({_U.format(salt=1)}, 2) * interval '700 days' AS came,
               {_U.format(salt=6)} < 0.01 AS lucky, {_U.format(salt=2)} AS at_stage
          FROM (SELECT contact.id, contact.name, contact.name_key, customer.name AS company, contact.email,
                       contact.phone, customer.country, contact.language, customer.time_zone,
                       customer.owner_id, customer.team_id
                  FROM customers_customer customer
                  JOIN customers_contact contact ON contact.customer_id = customer.id AND contact.is_primary
                 WHERE customer.id >= %(start)s AND customer.id < %(end)s) person) person
  JOIN leads_stage stage ON stage.key = CASE
       WHEN at_stage < 0.05 THEN 'new' WHEN at_stage < 0.15 THEN 'assigned'
       WHEN at_stage < 0.25 THEN 'contacting'
       WHEN at_stage < 0.40 THEN 'follow_up' WHEN at_stage < 0.45 THEN 'qualified' ELSE 'disqualified' END
 CROSS JOIN LATERAL (SELECT lucky AND stage.kind = 'open' AND stage.key <> 'new' AS starred) star
"""
_PULSES = """
INSERT INTO leads_pulse (lead_id, owner_id, team_id, territory_id, starred_at, starred_until, callback_at,
                         archived_at, stage_kind, first_contact_at, last_contact_at, last_outcome, attempts)
SELECT lead.id, owner_id, team_id, territory_id, starred_at, starred_until, callback_at, lead.archived_at,
       stage.kind,
       CASE WHEN stage.key NOT IN ('new', 'assigned') THEN registered_at + interval '2 hours' END,
       CASE WHEN stage.key NOT IN ('new', 'assigned') THEN registered_at + interval '5 hours' END,
       CASE WHEN stage.key NOT IN ('new', 'assigned') THEN 'no_answer' ELSE '' END,
       CASE WHEN stage.key NOT IN ('new', 'assigned') THEN 2 ELSE 0 END
  FROM leads_lead lead JOIN leads_stage stage ON stage.id = lead.stage_id
 WHERE lead.id > %(known)s
"""
# Where they are now, and before that the stage of those that somebody had but did not work yet.
_STAYS = """
INSERT INTO leads_stay (lead_id, stage_id, entered_at, left_at, next_stage_id, owner_id)
SELECT lead.id, stay.stage_id, stay.entered_at, stay.left_at, stay.next_stage_id, stay.owner_id
  FROM leads_lead lead
 CROSS JOIN LATERAL (
       SELECT lead.stage_id, lead.stage_since, NULL::timestamptz, NULL::bigint, NULL::bigint
        UNION ALL
       SELECT assigned.id, lead.registered_at, lead.stage_since, lead.stage_id, lead.owner_id
         FROM leads_stage assigned WHERE assigned.key = 'assigned' AND lead.stage_since > lead.registered_at
       ) stay(stage_id, entered_at, left_at, next_stage_id, owner_id)
 WHERE lead.id > %(known)s
"""
_CALLBACKS = """
INSERT INTO leads_callback (lead_id, user_id, set_at, due_at)
SELECT lead.id, lead.owner_id, least(lead.stage_since, lead.callback_at), lead.callback_at
  FROM leads_lead lead
 WHERE lead.callback_at IS NOT NULL
   AND lead.id > %(known)s
"""
PORTION = 100_000


def write_leads(*, seed: int, administrator: User, by: Actor) -> int:
    """A lead for each customer, by set, with its pulse and what it is found by; returns how many."""
    with transaction.atomic(), acting(by), connection.cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        cursor.execute(
            "SELECT coalesce(min(id), 0), coalesce(max(id), 0),"
            " (SELECT coalesce(max(id), 0) FROM leads_lead) FROM customers_customer"
        )
        first, last, before = cursor.fetchone()
        known: dict[str, Any] = {
            "seed": seed,
            "now": now(),
            "known": before,
            "by": administrator.pk,
            "reason": Reason.objects.get(key="not_interested").pk,
        }
        for start in range(first, last + 1, PORTION):
            cursor.execute(_LEADS, {**known, "start": start, "end": start + PORTION})
        for statement in (_PULSES, _STAYS, _CALLBACKS):
            cursor.execute(statement, known)
        rebuild("lead")
    return Lead.objects.count()
