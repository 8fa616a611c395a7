"""What all customers use together is one row for each capability (PLT-7)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("platform", "0006_archived_months"),
    ]

    operations = [
        migrations.AddField(
            model_name="utilisation",
            name="is_whole",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
