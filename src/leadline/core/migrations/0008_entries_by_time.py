"""History and ledger in the order of time, and by who acted: what the audit asks (PPL-7).

Imports pay for one index that grows at its end and one of ranges; the index by person holds what people do
by hand.
"""

from django.db import migrations

FORWARD = """
CREATE INDEX core_history_at ON core_history (at, id);
CREATE INDEX core_history_actor ON core_history (actor_id, at, id) WHERE via NOT IN ('import', 'cli', 'job');
CREATE INDEX core_history_actor_range ON core_history USING brin (actor_id);
CREATE INDEX core_event_at ON core_event (at, (-id));
CREATE INDEX core_event_negative ON core_event ((-id));
CREATE INDEX core_event_actor ON core_event (actor_id, at, (-id));
"""
BACKWARD = """
DROP INDEX core_history_at, core_history_actor, core_history_actor_range;
DROP INDEX core_event_at, core_event_negative, core_event_actor;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0007_job_trace")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
