"""The board of leads reads each stage in the order of its moments, in each scope (LEA-4)."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models

CURRENT = models.Q(archived_at=None)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("leads", "0006_stage_limit")]

    operations = [
        migrations.RunSQL("SET lock_timeout = 0", migrations.RunSQL.noop),
        AddIndexConcurrently(
            model_name="lead",
            index=models.Index(
                fields=["stage", "stage_since", "id"], name="leads_all_stage", condition=CURRENT
            ),
        ),
        AddIndexConcurrently(
            model_name="lead",
            index=models.Index(
                fields=["owner", "stage", "stage_since", "id"],
                include=["team"],
                name="leads_owner_stage",
                condition=CURRENT,
            ),
        ),
        AddIndexConcurrently(
            model_name="lead",
            index=models.Index(
                fields=["team", "stage", "stage_since", "id"], name="leads_team_stage", condition=CURRENT
            ),
        ),
        AddIndexConcurrently(
            model_name="lead",
            index=models.Index(
                fields=["territory", "stage", "stage_since", "id"],
                name="leads_territory_stage",
                condition=CURRENT & models.Q(territory__isnull=False),
            ),
        ),
        RemoveIndexConcurrently(model_name="lead", name="leads_by_stage"),
    ]
