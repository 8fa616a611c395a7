"""Customers without a team stand in no index of teams: an import writes three entries less for each (CUS-19)."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models

OF_TEAMS = models.Q(archived_at=None) & models.Q(team__isnull=False)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("customers", "0016_owner_since")]

    operations = [
        migrations.RunSQL("SET lock_timeout = 0", migrations.RunSQL.noop),
        AddIndexConcurrently(
            model_name="customer",
            index=models.Index(
                fields=["team", "name_key", "id"], name="customers_of_team_name", condition=OF_TEAMS
            ),
        ),
        AddIndexConcurrently(
            model_name="customer",
            index=models.Index(
                fields=["team", "created_at", "id"], name="customers_of_team_created", condition=OF_TEAMS
            ),
        ),
        AddIndexConcurrently(
            model_name="pulse",
            index=models.Index(
                fields=["team_id", "last_interaction_at", "customer"],
                name="customers_pulse_of_team",
                condition=models.Q(team_id__isnull=False),
            ),
        ),
        RemoveIndexConcurrently(model_name="customer", name="customers_team_name"),
        RemoveIndexConcurrently(model_name="customer", name="customers_team_created"),
        RemoveIndexConcurrently(model_name="pulse", name="customers_pulse_team"),
    ]
