"""Which user of the platform a lead is, and the copy of what the platform tells of it (LEA-1, PLT-3)."""

from collections.abc import Iterable
from typing import Any

from django.db import connection

from leadline.core.actions import Actor, action
from leadline.core.planned import planned
from leadline.core.sets import array_of
from leadline.leads.models import OnPlatform
from leadline.platform.actions.following import follows_pulses

# Who changes pulses meanwhile waits, and then finds the link: nothing falls between the copy and the events.
_HOLD = """
SELECT FROM platform_platformpulse WHERE user_id = ANY(%s::bigint[]) ORDER BY user_id FOR SHARE
"""
# By e-mail, then by phone; the oldest lead in use, and its first user. Who is linked stays so.
_LINK = """
WITH waiting AS MATERIALIZED (
    SELECT u.id, u.email, u.phone FROM platform_platformuser u
     WHERE u.id = ANY(%s::bigint[]) AND u.erased_at IS NULL
       AND NOT EXISTS (SELECT FROM leads_onplatform known WHERE known.user_id = u.id)
), by_email AS (
    SELECT waiting.id, min(lead.id) AS lead_id
      FROM waiting JOIN leads_lead lead ON lead.email = waiting.email
     WHERE waiting.email <> '' AND lead.archived_at IS NULL GROUP BY 1
), by_phone AS (
    SELECT waiting.id, min(lead.id) AS lead_id
      FROM waiting JOIN leads_lead lead ON lead.phone = waiting.phone
     WHERE waiting.phone <> '' AND lead.archived_at IS NULL AND NOT 'phone' = ANY(lead.unclear)
       AND waiting.id NOT IN (SELECT id FROM by_email) GROUP BY 1
), found AS (
    SELECT lead_id, min(id) AS user_id FROM (TABLE by_email UNION ALL TABLE by_phone) pairs GROUP BY 1
), held AS (
    SELECT known.lead_id, found.user_id FROM found JOIN leads_onplatform known USING (lead_id)
     WHERE known.user_id IS NULL ORDER BY 1 FOR NO KEY UPDATE OF known
)
UPDATE leads_onplatform linked SET user_id = held.user_id FROM held WHERE linked.lead_id = held.lead_id
RETURNING linked.user_id
"""
_USERS_OF = """
SELECT u.id FROM leads_lead lead JOIN platform_platformuser u ON u.email = lead.email
 WHERE lead.id = ANY(%(leads)s::bigint[]) AND u.email <> '' AND lead.email <> ''
 UNION
SELECT u.id FROM leads_lead lead JOIN platform_platformuser u ON u.phone = lead.phone
 WHERE lead.id = ANY(%(leads)s::bigint[]) AND u.phone <> '' AND lead.phone <> ''
   AND NOT 'phone' = ANY(lead.unclear)
"""
_COLUMNS = (
    "online_since, last_login_at, balance, balance_currency, deposits, deposited, deposited_currency,"
    " last_deposit_at, failed_deposits, last_failed_at"
)
# Most batches change none of these; only rows that differ are locked and written.
_COPY = f"""
WITH told AS (
    SELECT known.lead_id, pulse.online_since, pulse.last_login_at, pulse.balance, pulse.balance_currency,
           pulse.deposits, paid.amount AS deposited, coalesce(paid.currency, '') AS deposited_currency,
           pulse.last_deposit_at, pulse.failed_deposits, pulse.last_failed_at
      FROM leads_onplatform known JOIN platform_platformpulse pulse ON pulse.user_id = known.user_id
      LEFT JOIN LATERAL (SELECT amount, currency FROM platform_depositedsum paid
                          WHERE paid.user_id = known.user_id AND pulse.deposits > 0
                          ORDER BY amount DESC, currency LIMIT 1) paid ON TRUE
     WHERE known.user_id = ANY(%s::bigint[])
), held AS MATERIALIZED (
    SELECT told.* FROM told JOIN leads_onplatform known USING (lead_id)
     WHERE (known.{_COLUMNS.replace(", ", ", known.")})
           IS DISTINCT FROM (told.{_COLUMNS.replace(", ", ", told.")})
     ORDER BY told.lead_id FOR NO KEY UPDATE OF known
)
UPDATE leads_onplatform changed SET ({_COLUMNS}) = (held.{_COLUMNS.replace(", ", ", held.")})
  FROM held WHERE changed.lead_id = held.lead_id
"""
_NOTHING: dict[str, Any] = {
    **dict.fromkeys(("user", "online_since", "last_login_at", "balance", "deposited")),
    **dict.fromkeys(("last_deposit_at", "last_failed_at")),
    **dict.fromkeys(("balance_currency", "deposited_currency"), ""),
    **dict.fromkeys(("deposits", "failed_deposits"), 0),
}


@action
def link_leads_to_users(user_ids: Iterable[int], *, by: Actor) -> list[int]:
    """Find the leads behind users of the platform, by e-mail, then by phone; returns the users linked.

    The oldest lead in use that has the address is the one; a lead is one user, the first that fits (PLT-3).
    """
    ids = array_of(user_ids)
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, [ids])
        cursor.execute(_LINK, [ids])
        linked = [pk for (pk,) in cursor.fetchall()]
    copy_from_pulses(linked)
    return sorted(linked)


@action
def link_users_of_leads(lead_ids: Iterable[int], *, by: Actor) -> list[int]:
    """The same for who is on the platform already when a lead, or another address of it, appears."""
    with connection.cursor() as cursor:
        cursor.execute(_USERS_OF, {"leads": array_of(lead_ids)})
        waiting = [pk for (pk,) in cursor.fetchall()]
    return link_leads_to_users(waiting, by=by) if waiting else []


@follows_pulses
def copy_from_pulses(user_ids: list[int]) -> None:
    """Let the leads of users say what the users' pulses say."""
    if user_ids:
        with planned() as cursor:
            cursor.execute(_COPY, [array_of(user_ids)])


@action
def part_from_platform(lead_ids: Iterable[int], *, by: Actor) -> None:
    """Nothing that was told of these leads stays with them; the users of the platform go their own way."""
    OnPlatform.objects.filter(lead__in=list(lead_ids)).update(**_NOTHING)
