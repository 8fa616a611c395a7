"""Users of the platform of some customers are read from their index alone."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("platform", "0009_replaced_archives")]

    operations = [
        migrations.RunSQL("SET lock_timeout = 0", migrations.RunSQL.noop),
        AddIndexConcurrently(
            model_name="platformuser",
            index=models.Index(
                fields=["customer", "id"],
                name="platform_user_customers",
                condition=models.Q(customer__isnull=False),
            ),
        ),
        RemoveIndexConcurrently(model_name="platformuser", name="platform_user_of_customer"),
        migrations.RunSQL("RESET lock_timeout", migrations.RunSQL.noop),
    ]
