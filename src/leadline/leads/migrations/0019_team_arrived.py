"""A team's leads of a desk, by when they registered, are counted from an index alone (LEA-5)."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("leads", "0018_failed_own")]

    operations = [
        migrations.RunSQL("SET lock_timeout = 0", migrations.RunSQL.noop),
        AddIndexConcurrently(
            model_name="lead",
            index=models.Index(
                fields=["team", "registered_at", "id"],
                include=["stage", "desk"],
                name="leads_team_arrived",
                condition=models.Q(archived_at=None),
            ),
        ),
        RemoveIndexConcurrently(model_name="lead", name="leads_team_registered"),
    ]
