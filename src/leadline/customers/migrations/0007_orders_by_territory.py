from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """The order by creation within a territory; what a territory chosen by hand is called."""

    atomic = False
    dependencies = [("customers", "0006_orders_in_every_scope")]

    operations = [
        AddIndexConcurrently(
            model_name="customer",
            index=models.Index(
                condition=models.Q(("archived_at", None), ("territory__isnull", False)),
                fields=["territory", "created_at", "id"],
                name="customers_territory_created",
            ),
        ),
        migrations.AlterField(
            model_name="customer",
            name="territory_by_hand",
            field=models.BooleanField(
                db_default=False, default=False, verbose_name="Territory chosen by hand"
            ),
        ),
    ]
