"""The audit's filters by kind, door and verb, each in the order of time (PPL-7).

Of what comes in by the million only the kind has an index of its own: each costs an import some two
microseconds a row. Who did it, and through which door, is found there by ranges, which cost nothing.
"""

from django.db import migrations

from leadline.core.partitions import index_concurrently

BY_HAND = "WHERE via NOT IN ('import', 'cli', 'job')"


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("core", "0009_mail")]

    operations = [
        index_concurrently("core_history_kind", "core_history", "(kind, at, id)"),
        index_concurrently("core_history_door", "core_history", f"(via, at, id) {BY_HAND}"),
        index_concurrently("core_history_verb", "core_history", "(verb, at, id) WHERE verb <> 'created'"),
        index_concurrently("core_history_runs", "core_history", "USING brin (actor_id, via)"),
        index_concurrently("core_event_door", "core_event", "(via, at, (-id))"),
        migrations.RunSQL("DROP INDEX IF EXISTS core_history_actor_range", migrations.RunSQL.noop),
    ]
