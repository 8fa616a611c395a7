"""The table of events, partitioned by the month of `at`; pulses keep room so that heartbeats touch no index."""

from django.db import migrations

from leadline.core.partitions import partitioned_table

EVENT = """
CREATE TABLE platform_platformevent (
    id bigint NOT NULL,
    at timestamptz NOT NULL,
    user_id bigint NOT NULL,
    kind varchar(30) NOT NULL,
    event_id varchar(200) NOT NULL,
    details jsonb NOT NULL DEFAULT '{}',
    received_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, at, id)
) PARTITION BY RANGE (at);
CREATE INDEX platform_platformevent_at ON platform_platformevent (at, id);
"""


class Migration(migrations.Migration):
    dependencies = [("platform", "0001_initial")]

    operations = [
        partitioned_table("platform_platformevent", EVENT),
        migrations.RunSQL(
            "ALTER TABLE platform_platformpulse SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05)",
            "ALTER TABLE platform_platformpulse RESET (fillfactor, autovacuum_vacuum_scale_factor)",
        ),
    ]
