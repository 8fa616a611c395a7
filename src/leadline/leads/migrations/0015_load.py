"""How many open leads somebody has is counted by an index alone (LEA-7)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("leads", "0014_stars_beside"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="pulse",
            index=models.Index(
                condition=models.Q(("archived_at__isnull", True), ("stage_kind", "open")),
                fields=["owner_id"],
                name="leads_pulse_load",
            ),
        ),
    ]
