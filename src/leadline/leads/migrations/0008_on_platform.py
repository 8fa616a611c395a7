"""A row beside each lead for what the platform tells of it; users are found by the task of the night (LEA-1)."""

import django.db.models.deletion
from django.db import migrations, models

FILL = """
INSERT INTO leads_onplatform (lead_id, owner_id, team_id, territory_id, deposits, failed_deposits)
SELECT id, owner_id, team_id, territory_id, 0, 0 FROM leads_lead
"""
ROOM = "ALTER TABLE leads_onplatform SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05)"


class Migration(migrations.Migration):
    dependencies = [
        ("leads", "0007_board_indexes"),
        ("platform", "0003_on_platform"),
    ]

    operations = [
        migrations.CreateModel(
            name="OnPlatform",
            fields=[
                (
                    "lead",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="on_platform",
                        serialize=False,
                        to="leads.lead",
                    ),
                ),
                ("owner_id", models.BigIntegerField(null=True)),
                ("team_id", models.BigIntegerField(null=True)),
                ("territory_id", models.BigIntegerField(null=True)),
                ("online_since", models.DateTimeField(null=True)),
                ("last_login_at", models.DateTimeField(null=True)),
                ("balance", models.DecimalField(decimal_places=4, max_digits=18, null=True)),
                ("balance_currency", models.CharField(blank=True, db_default="", default="", max_length=3)),
                ("deposits", models.PositiveIntegerField(db_default=0, default=0)),
                ("deposited", models.DecimalField(decimal_places=4, max_digits=20, null=True)),
                ("deposited_currency", models.CharField(blank=True, db_default="", default="", max_length=3)),
                ("last_deposit_at", models.DateTimeField(null=True)),
                ("failed_deposits", models.PositiveIntegerField(db_default=0, default=0)),
                ("last_failed_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="platform.platformuser",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["owner_id"], name="leads_platform_own"),
                    models.Index(fields=["team_id"], name="leads_platform_team"),
                    models.Index(
                        condition=models.Q(("territory_id__isnull", False)),
                        fields=["territory_id"],
                        name="leads_platform_territory",
                    ),
                    models.Index(fields=["last_login_at", "lead"], name="leads_platform_login"),
                    models.Index(fields=["balance", "lead"], name="leads_platform_balance"),
                    models.Index(fields=["last_deposit_at", "lead"], name="leads_platform_deposit"),
                    models.Index(fields=["last_failed_at", "lead"], name="leads_platform_failed"),
                    models.Index(
                        condition=models.Q(("online_since__isnull", False)),
                        fields=["online_since", "lead"],
                        include=("owner_id", "team_id", "territory_id"),
                        name="leads_platform_online",
                    ),
                ],
            },
        ),
        migrations.RunSQL(f"{ROOM};{FILL}", migrations.RunSQL.noop),
    ]
