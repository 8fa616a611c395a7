"""History and ledger in the order of time, and by who acted: what the audit asks (PPL-7).

Imports pay for one index that grows at its end and one of ranges; the index by person holds what people do
by hand.
"""

from django.db import migrations

from leadline.core.partitions import index_concurrently

BY_HAND = "WHERE via NOT IN ('import', 'cli', 'job')"


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("core", "0007_job_trace")]

    operations = [
        index_concurrently("core_history_at", "core_history", "(at, id)"),
        index_concurrently("core_history_actor", "core_history", f"(actor_id, at, id) {BY_HAND}"),
        index_concurrently("core_history_actor_range", "core_history", "USING brin (actor_id)"),
        index_concurrently("core_event_at", "core_event", "(at, (-id))"),
        index_concurrently("core_event_negative", "core_event", "((-id))"),
        index_concurrently("core_event_actor", "core_event", "(actor_id, at, (-id))"),
    ]
