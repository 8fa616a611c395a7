"""Whether any of thousands was erased is told by an index of those few (SIG-3, PPL-8)."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("customers", "0018_pulse_unchecked")]

    operations = [
        migrations.RunSQL("SET lock_timeout = 0", migrations.RunSQL.noop),
        AddIndexConcurrently(
            model_name="customer",
            index=models.Index(
                fields=["id"], name="customers_erased", condition=models.Q(erased_at__isnull=False)
            ),
        ),
    ]
