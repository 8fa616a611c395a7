# A bulk assignment keeps a row for each record; checking each against the one run was a tenth of its time.

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assignment", "0001_assignment"),
    ]

    operations = [
        migrations.AlterField(
            model_name="given",
            name="run",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="given",
                to="assignment.run",
            ),
        ),
    ]
