"""When a deposit failed last; users are found by phone too (LEA-8, PLT-3)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0014_shared_domains"),
        ("platform", "0002_event"),
    ]

    operations = [
        migrations.AddField(
            model_name="platformpulse",
            name="last_failed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="platformuser",
            index=models.Index(
                condition=models.Q(("phone", ""), _negated=True), fields=["phone"], name="platform_user_phone"
            ),
        ),
    ]
