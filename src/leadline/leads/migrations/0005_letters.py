"""Which e-mails leads get by themselves (LEA-3, LEA-5)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("leads", "0004_contactable"),
        ("marketing", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Letters",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reach_you",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="marketing.mailtemplate",
                        verbose_name="After a wrong number",
                    ),
                ),
                (
                    "welcome",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="marketing.mailtemplate",
                        verbose_name="On registration",
                    ),
                ),
            ],
        ),
    ]
