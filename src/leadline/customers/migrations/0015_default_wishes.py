"""Wishes not to be reached are no also for whoever writes without naming them (PPL-8)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0014_shared_domains"),
    ]

    operations = [
        migrations.AlterField(
            model_name="contact",
            name="do_not_call",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AlterField(
            model_name="contact",
            name="do_not_email",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
