"""The score of a lead, and the order by it in each scope (LEA-12)."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("leads", "0008_on_platform")]

    operations = [
        migrations.AddField(
            model_name="pulse", name="score", field=models.PositiveSmallIntegerField(null=True)
        ),
        migrations.RunSQL("SET lock_timeout = 0", migrations.RunSQL.noop),
        AddIndexConcurrently(
            model_name="pulse", index=models.Index(fields=["score", "lead"], name="leads_pulse_score")
        ),
        AddIndexConcurrently(
            model_name="pulse",
            index=models.Index(
                fields=["owner_id", "score", "lead"], include=("team_id",), name="leads_pulse_score_own"
            ),
        ),
        AddIndexConcurrently(
            model_name="pulse",
            index=models.Index(fields=["team_id", "score", "lead"], name="leads_pulse_score_team"),
        ),
        AddIndexConcurrently(
            model_name="pulse",
            index=models.Index(
                condition=models.Q(("territory_id__isnull", False)),
                fields=["territory_id", "score", "lead"],
                name="leads_pulse_score_territory",
            ),
        ),
    ]
