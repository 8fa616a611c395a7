"""Stays in stages and callbacks, kept for figures over time; those of now are known, older ones are not (LEA-11)."""

import django.db.models.deletion
from django.db import migrations, models

STAYS = """
INSERT INTO leads_stay (lead_id, stage_id, entered_at) SELECT id, stage_id, stage_since FROM leads_lead;
INSERT INTO leads_callback (lead_id, user_id, set_at, due_at)
SELECT id, owner_id, least(updated_at, callback_at), callback_at FROM leads_lead WHERE callback_at IS NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("leads", "0009_score"),
    ]

    operations = [
        migrations.AddField(
            model_name="pulse",
            name="reached_after",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.CreateModel(
            name="Callback",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("user_id", models.BigIntegerField(null=True)),
                ("set_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("kept_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "lead",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="callbacks",
                        to="leads.lead",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["lead", "set_at"], name="leads_callback_lead"),
                    models.Index(fields=["set_at"], name="leads_callback_set"),
                    models.Index(fields=["due_at"], name="leads_callback_due"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("lead",),
                        name="leads_callback_one_open",
                        violation_error_message="A lead has one callback at a time.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Stay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField()),
                ("left_at", models.DateTimeField(null=True)),
                ("owner_id", models.BigIntegerField(null=True)),
                (
                    "lead",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stays",
                        to="leads.lead",
                    ),
                ),
                (
                    "next_stage",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="leads.stage",
                    ),
                ),
                (
                    "stage",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="leads.stage",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["lead", "entered_at"], name="leads_stay_lead"),
                    models.Index(
                        condition=models.Q(("left_at__isnull", False)),
                        fields=["left_at"],
                        include=("lead", "stage", "entered_at"),
                        name="leads_stay_left",
                    ),
                    models.Index(fields=["entered_at"], include=("lead", "stage"), name="leads_stay_entered"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("left_at", None)),
                        fields=("lead",),
                        name="leads_stay_one_open",
                        violation_error_message="A lead is in one stage at a time.",
                    )
                ],
            },
        ),
        migrations.RunSQL(STAYS, ""),
    ]
