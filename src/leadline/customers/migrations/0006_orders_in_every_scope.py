from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models

CURRENT = models.Q(("archived_at", None))


class Migration(migrations.Migration):
    """The order by creation within owner and team; the owner's indexes hold the team (decision 7)."""

    atomic = False
    dependencies = [("customers", "0005_lists_by_territory")]

    operations = [
        AddIndexConcurrently(
            model_name="customer",
            index=models.Index(
                condition=CURRENT,
                fields=["owner", "name_key", "id"],
                include=["team"],
                name="customers_owner_by_name",
            ),
        ),
        AddIndexConcurrently(
            model_name="customer",
            index=models.Index(
                condition=CURRENT,
                fields=["owner", "created_at", "id"],
                include=["team"],
                name="customers_owner_created",
            ),
        ),
        AddIndexConcurrently(
            model_name="customer",
            index=models.Index(
                condition=CURRENT, fields=["team", "created_at", "id"], name="customers_team_created"
            ),
        ),
        AddIndexConcurrently(
            model_name="pulse",
            index=models.Index(
                fields=["owner_id", "last_interaction_at", "customer"],
                include=["team_id"],
                name="customers_pulse_own",
            ),
        ),
        RemoveIndexConcurrently(model_name="customer", name="customers_owner_name"),
        RemoveIndexConcurrently(model_name="pulse", name="customers_pulse_owner"),
    ]
