"""The view of the audit tells the event's own number too, so that the subjects of events are found by index."""

from django.db import migrations

OLD = """
CREATE VIEW governance_entry AS
SELECT h.id, h.at, 'history'::text AS ledger, h.verb AS what, h.kind, h.record_id, h.about_kind, h.about_id,
       h.actor_id, h.via, h.trace, h.change_set_id, h.changes AS payload
  FROM core_history h
UNION ALL
SELECT -e.id, e.at, 'event'::text, e.name, NULL::text, NULL::bigint, NULL::text, NULL::bigint,
       e.actor_id, e.via, e.trace, e.change_set_id, e.payload
  FROM core_event e;
"""
NEW = """
CREATE OR REPLACE VIEW governance_entry AS
SELECT h.id, h.at, 'history'::text AS ledger, h.verb AS what, h.kind, h.record_id, h.about_kind, h.about_id,
       h.actor_id, h.via, h.trace, h.change_set_id, h.changes AS payload, NULL::bigint AS event_id
  FROM core_history h
UNION ALL
SELECT -e.id, e.at, 'event'::text, e.name, NULL::text, NULL::bigint, NULL::text, NULL::bigint,
       e.actor_id, e.via, e.trace, e.change_set_id, e.payload, e.id
  FROM core_event e;
"""


class Migration(migrations.Migration):
    dependencies = [("governance", "0004_retention")]

    operations = [migrations.RunSQL(NEW, f"DROP VIEW governance_entry; {OLD}")]
