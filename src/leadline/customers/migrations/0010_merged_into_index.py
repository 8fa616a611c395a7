from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


def _index(kind: str, name: str) -> AddIndexConcurrently:
    return AddIndexConcurrently(
        model_name=kind,
        index=models.Index(
            condition=models.Q(("merged_into__isnull", False)), fields=["merged_into"], name=name
        ),
    )


class Migration(migrations.Migration):
    """What was merged into a record is found by index (CUS-23)."""

    atomic = False
    dependencies = [("customers", "0009_merged_into")]

    operations = [
        migrations.RunSQL("SET lock_timeout = 0", migrations.RunSQL.noop),
        _index("contact", "customers_contact_merged"),
        _index("customer", "customers_merged"),
    ]
