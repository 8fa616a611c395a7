"""One view over history and ledger, so that the audit is one list; an event has its id below zero."""

from django.db import migrations, models

VIEW = """
CREATE VIEW governance_entry AS
SELECT h.id, h.at, 'history'::text AS ledger, h.verb AS what, h.kind, h.record_id, h.about_kind, h.about_id,
       h.actor_id, h.via, h.trace, h.change_set_id, h.changes AS payload
  FROM core_history h
UNION ALL
SELECT -e.id, e.at, 'event'::text, e.name, NULL::text, NULL::bigint, NULL::text, NULL::bigint,
       e.actor_id, e.via, e.trace, e.change_set_id, e.payload
  FROM core_event e;
"""


class Migration(migrations.Migration):
    dependencies = [("governance", "0001_seals"), ("core", "0008_entries_by_time")]

    operations = [
        migrations.RunSQL(VIEW, "DROP VIEW governance_entry"),
        migrations.CreateModel(
            "Entry",
            [("id", models.BigIntegerField(primary_key=True, serialize=False))],
            options={"managed": False, "db_table": "governance_entry"},
        ),
    ]
