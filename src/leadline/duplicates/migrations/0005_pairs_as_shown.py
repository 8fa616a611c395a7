from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models
from django.db.models import F
from django.db.models.lookups import IsNull


class Migration(migrations.Migration):
    """Pairs stand in an index as the page shows them; nobody asks for those of a group (CUS-22)."""

    atomic = False
    dependencies = [("duplicates", "0004_records")]

    operations = [
        AddIndexConcurrently(
            "pair",
            models.Index(
                F("kind"),
                IsNull(F("later_at"), False),
                F("score").desc(),
                F("id"),
                name="duplicates_pair_order",
            ),
        ),
        RemoveIndexConcurrently("pair", "duplicates_pair_group"),
        RemoveIndexConcurrently("pair", "duplicates_pair_score"),
    ]
