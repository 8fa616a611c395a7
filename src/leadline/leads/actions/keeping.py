"""What is kept for figures over time: stays in stages, callbacks (LEA-11, LEA-13).

Made from what the leads say after each change, whoever changed them: nobody needs to know how a stage or a
callback came to be, and an undoing takes back what it undoes.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection

from leadline.core.clock import now
from leadline.core.sets import array_of

_STALE = """
SELECT lead.id,
       (stay.stage_id, stay.entered_at) IS DISTINCT FROM (lead.stage_id, lead.stage_since),
       callback.due_at IS DISTINCT FROM lead.callback_at
  FROM leads_lead lead
  LEFT JOIN leads_stay stay ON stay.lead_id = lead.id AND stay.left_at IS NULL
  LEFT JOIN leads_callback callback ON callback.lead_id = lead.id AND callback.ended_at IS NULL
 WHERE lead.id = ANY(%s::bigint[])
   AND ((stay.stage_id, stay.entered_at) IS DISTINCT FROM (lead.stage_id, lead.stage_since)
        OR callback.due_at IS DISTINCT FROM lead.callback_at)
"""
# What an undoing took back never was: the stay before it goes on.
_STAYS = (
    """
DELETE FROM leads_stay stay USING leads_lead lead
 WHERE lead.id = stay.lead_id AND lead.id = ANY(%s::bigint[]) AND stay.entered_at > lead.stage_since
""",
    """
UPDATE leads_stay stay SET left_at = NULL, next_stage_id = NULL, owner_id = NULL FROM leads_lead lead
 WHERE lead.id = stay.lead_id AND lead.id = ANY(%s::bigint[]) AND stay.left_at IS NOT NULL
   AND (stay.stage_id, stay.entered_at) = (lead.stage_id, lead.stage_since)
""",
    """
UPDATE leads_stay stay
   SET left_at = lead.stage_since, next_stage_id = lead.stage_id, owner_id = lead.owner_id
  FROM leads_lead lead
 WHERE lead.id = stay.lead_id AND lead.id = ANY(%s::bigint[]) AND stay.left_at IS NULL
   AND (stay.stage_id, stay.entered_at) <> (lead.stage_id, lead.stage_since)
""",
    """
INSERT INTO leads_stay (lead_id, stage_id, entered_at)
SELECT lead.id, lead.stage_id, lead.stage_since FROM leads_lead lead
 WHERE lead.id = ANY(%s::bigint[])
   AND NOT EXISTS (SELECT FROM leads_stay stay WHERE stay.lead_id = lead.id AND stay.left_at IS NULL)
""",
)
_ENDED = """
UPDATE leads_callback callback SET ended_at = %s FROM leads_lead lead
 WHERE lead.id = callback.lead_id AND lead.id = ANY(%s::bigint[]) AND callback.ended_at IS NULL
   AND callback.due_at IS DISTINCT FROM lead.callback_at
"""
_SET = """
INSERT INTO leads_callback (lead_id, user_id, set_at, due_at)
SELECT lead.id, coalesce(nullif(current_setting('leadline.actor', true), '')::bigint, lead.owner_id), %s,
       lead.callback_at
  FROM leads_lead lead
 WHERE lead.id = ANY(%s::bigint[]) AND lead.callback_at IS NOT NULL
   AND NOT EXISTS (SELECT FROM leads_callback known WHERE known.lead_id = lead.id AND known.ended_at IS NULL)
"""
_KEPT = """
UPDATE leads_callback callback SET kept_at = called.at
  FROM unnest(%s::bigint[], %s::timestamptz[]) AS called(lead_id, at)
 WHERE callback.lead_id = called.lead_id AND callback.ended_at IS NULL AND callback.kept_at IS NULL
   AND callback.due_at BETWEEN called.at - interval '1 hour' AND called.at + interval '15 minutes'
"""


def keep_record(ids: Iterable[int]) -> None:
    """Let stays and callbacks of leads say what the leads say; those that do already cost one query."""
    with connection.cursor() as cursor:
        cursor.execute(_STALE, [array_of(ids)])
        stale = cursor.fetchall()
        staying = [pk for pk, stage, _callback in stale if stage]
        for statement in _STAYS if staying else ():
            cursor.execute(statement, [staying])
        if called_back := [pk for pk, _stage, callback in stale if callback]:
            moment = now()
            cursor.execute(_ENDED, [moment, called_back])
            cursor.execute(_SET, [moment, called_back])


def callbacks_kept(calls: Sequence[tuple[int, datetime]]) -> None:
    """Mark the callbacks that these calls (lead, when) kept."""
    if calls:
        leads, moments = zip(*calls, strict=True)
        with connection.cursor() as cursor:
            cursor.execute(_KEPT, [list(leads), list(moments)])
