"""In which segments a record was before: asked when a person is erased (PPL-8)."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("segments", "0003_members_unchecked")]

    operations = [
        AddIndexConcurrently(
            "member",
            models.Index(
                fields=["record_id"],
                name="segments_member_before",
                condition=models.Q(left_at__isnull=False),
            ),
        ),
    ]
