"""Events that wait for listeners who take them in batches (PLT-6)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0013_mail_reply_to"),
    ]

    operations = [
        migrations.CreateModel(
            name="EventWaiting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("listener", models.TextField()),
                ("event_id", models.BigIntegerField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "core_event_waiting",
                "indexes": [models.Index(fields=["listener", "id"], name="core_event_waiting_for")],
            },
        ),
    ]
