"""A person's leads by their failed deposits, and those at the retention desk, are found by indexes (LEA-5)."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("leads", "0017_score_bands")]

    operations = [
        migrations.RunSQL("SET lock_timeout = 0", migrations.RunSQL.noop),
        AddIndexConcurrently(
            model_name="onplatform",
            index=models.Index(fields=["owner_id", "last_failed_at"], name="leads_platform_failed_own"),
        ),
        AddIndexConcurrently(
            model_name="lead",
            index=models.Index(
                fields=["id"],
                name="leads_retention",
                condition=models.Q(archived_at=None, desk="retention"),
            ),
        ),
        RemoveIndexConcurrently(model_name="onplatform", name="leads_platform_own"),
    ]
