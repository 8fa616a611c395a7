"""What figures by stage and owner read of leads over months stands in one index (LEA-11)."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("leads", "0015_load"),
    ]

    operations = [
        migrations.RunSQL("SET lock_timeout = 0", ""),
        AddIndexConcurrently(
            model_name="lead",
            index=models.Index(
                condition=models.Q(("archived_at", None)),
                fields=["registered_at", "id"],
                include=("stage", "owner"),
                name="leads_registered_all",
            ),
        ),
        RemoveIndexConcurrently(model_name="lead", name="leads_all_registered"),
    ]
