# Millions of rows are derived at once; checking each against its segment took a quarter of the time.

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("segments", "0002_member_moments"),
    ]

    operations = [
        migrations.AlterField(
            model_name="member",
            name="segment",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="members",
                to="segments.segment",
            ),
        ),
    ]
