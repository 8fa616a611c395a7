"""What is on top of its owner's queue, and why (PLT-6)."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("leads", "0002_indexes")]

    operations = [
        migrations.AddField(model_name="pulse", name="top_since", field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name="pulse",
            name="top_because",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
        migrations.RunSQL("SET lock_timeout = 0", migrations.RunSQL.noop),
        AddIndexConcurrently(
            model_name="pulse",
            index=models.Index(
                condition=models.Q(("top_since__isnull", False)), fields=["owner_id"], name="leads_pulse_top"
            ),
        ),
    ]
