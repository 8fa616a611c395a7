"""The order in which events became visible, for those who follow the ledger (INT-3).

Keys are given before a transaction commits, so they don't come in order. By (transaction, key), cut at the
oldest transaction that still runs, nothing appears behind what was read.
"""

from django.db import migrations

ADD = """
ALTER TABLE core_event ADD COLUMN written_in xid8 NOT NULL DEFAULT '0';
ALTER TABLE core_event ALTER COLUMN written_in SET DEFAULT pg_current_xact_id();
CREATE INDEX core_event_written ON core_event (written_in, id);
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0005_saved_view_search")]

    operations = [migrations.RunSQL(ADD, "ALTER TABLE core_event DROP COLUMN written_in")]
