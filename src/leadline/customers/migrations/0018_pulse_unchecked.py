"""A pulse is written with its customer: the database looks for none of them again (CUS-19)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0017_indexes_of_teams")]

    operations = [
        migrations.AlterField(
            model_name="pulse",
            name="customer",
            field=models.OneToOneField(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                primary_key=True,
                related_name="pulse",
                serialize=False,
                to="customers.customer",
            ),
        ),
    ]
