"""Activities are about a lead too: those have no customer (LEA-5)."""

from django.db import migrations

COLUMN = """
ALTER TABLE timeline_activity ADD COLUMN lead_id bigint;
ALTER TABLE timeline_activity ALTER COLUMN customer_id DROP NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("timeline", "0006_notification_mail")]

    operations = [
        migrations.RunSQL(COLUMN, "ALTER TABLE timeline_activity DROP COLUMN lead_id", state_operations=[]),
    ]
