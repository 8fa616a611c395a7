from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Made while people go on working; empty as long as there are no territories."""

    atomic = False
    dependencies = [("customers", "0004_territory_of_customer")]

    operations = [
        AddIndexConcurrently(
            model_name="customer",
            index=models.Index(
                condition=models.Q(("archived_at", None), ("territory__isnull", False)),
                fields=["territory", "name_key", "id"],
                name="customers_territory_name",
            ),
        ),
        AddIndexConcurrently(
            model_name="pulse",
            index=models.Index(
                condition=models.Q(("territory_id__isnull", False)),
                fields=["territory_id", "last_interaction_at", "customer"],
                name="customers_pulse_territory",
            ),
        ),
    ]
