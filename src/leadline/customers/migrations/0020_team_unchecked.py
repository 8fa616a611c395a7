"""A customer's team is that of its owner: the database does not look for it again with each change (CUS-7)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0019_erased_found")]

    operations = [
        migrations.AlterField(
            model_name="customer",
            name="team",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="customers",
                to="people.team",
            ),
        ),
    ]
