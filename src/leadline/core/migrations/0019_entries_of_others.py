"""Only entries that belong to another record stand in an index by what they are about (CUS-7, CUS-19).

Those of a record about itself are found by `core_history_record`: each changed customer, lead or user costs
an entry less, which was on a random page. `core.history.told` asks both indexes.
"""

from django.db import migrations

from leadline.core.partitions import index_concurrently

ELSEWHERE = "WHERE about_id <> record_id OR about_kind <> kind"


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("core", "0018_figures_by_hour")]

    operations = [
        # Partitions are indexed concurrently, which waits for others and holds nobody up. What follows locks
        # the table: it gives up soon, and comes again (core.migrating).
        migrations.RunSQL("SET lock_timeout = 0", migrations.RunSQL.noop),
        index_concurrently("core_history_belongs", "core_history", f"(about_kind, about_id, at) {ELSEWHERE}"),
        migrations.RunSQL("SET lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.RunSQL(
            "DROP INDEX IF EXISTS core_history_about",
            "CREATE INDEX IF NOT EXISTS core_history_about ON core_history (about_kind, about_id, at)",
        ),
    ]
