"""Leads, their pulses, stages, reasons and calling hours (LEA-1, LEA-4, LEA-5)."""

import datetime

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import leadline.core.custom.values
import leadline.customers.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0011_archived_teams"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CallingHours",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("begins", models.TimeField(default=datetime.time(9, 0), verbose_name="From")),
                ("ends", models.TimeField(default=datetime.time(20, 0), verbose_name="Until")),
                (
                    "days",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(),
                        default=list,
                        size=None,
                        verbose_name="Days",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__gt", models.F("begins"))),
                        name="leads_hours_end_after_they_begin",
                        violation_error_message="The hours end after they begin.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reason",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(blank=True, default="", max_length=20)),
                ("name", models.CharField(max_length=60, verbose_name="Name")),
                ("position", models.PositiveIntegerField(default=0, verbose_name="Place")),
                ("retired_at", models.DateTimeField(blank=True, null=True, verbose_name="Retired")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"),
                        name="leads_reason_name_once",
                        violation_error_message="There is a reason of this name already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("key", ""), _negated=True),
                        fields=("key",),
                        name="leads_reason_key_once",
                        violation_error_message="This reason is there already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Stage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(blank=True, default="", max_length=20)),
                ("name", models.CharField(max_length=60, verbose_name="Name")),
                ("position", models.PositiveIntegerField(default=0, verbose_name="Place")),
                ("retired_at", models.DateTimeField(blank=True, null=True, verbose_name="Retired")),
                (
                    "kind",
                    models.CharField(
                        choices=[("open", "Open"), ("won", "Won"), ("lost", "Lost")],
                        default="open",
                        max_length=10,
                        verbose_name="Kind",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"),
                        name="leads_stage_name_once",
                        violation_error_message="There is a stage of this name already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("key", ""), _negated=True),
                        fields=("key",),
                        name="leads_stage_key_once",
                        violation_error_message="This stage is there already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Lead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("name_key", leadline.customers.models.SortKey(db_collation="C", max_length=200)),
                ("company", models.CharField(blank=True, default="", max_length=200)),
                ("email", models.CharField(blank=True, default="", max_length=254)),
                ("phone", models.CharField(blank=True, default="", max_length=60)),
                ("country", models.CharField(blank=True, default="", max_length=2)),
                ("language", models.CharField(blank=True, default="", max_length=8)),
                ("time_zone", models.CharField(blank=True, default="", max_length=64)),
                ("zone", models.CharField(blank=True, default="", max_length=64)),
                ("source", models.CharField(blank=True, default="", max_length=100)),
                ("campaign", models.CharField(blank=True, default="", max_length=100)),
                (
                    "desk",
                    models.CharField(
                        choices=[
                            ("conversion", "Conversion"),
                            ("retention", "Retention"),
                            ("upsell", "Upsell"),
                        ],
                        default="conversion",
                        max_length=20,
                    ),
                ),
                ("description", models.TextField(blank=True, default="")),
                ("stage_since", models.DateTimeField()),
                ("assigned_at", models.DateTimeField(null=True, verbose_name="Assigned")),
                ("starred_at", models.DateTimeField(null=True, verbose_name="Starred")),
                ("starred_until", models.DateTimeField(null=True, verbose_name="Starred until")),
                ("callback_at", models.DateTimeField(null=True, verbose_name="Callback")),
                ("bad_number", models.BooleanField(default=False, verbose_name="Wrong number")),
                (
                    "tags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=50), default=list, size=None
                    ),
                ),
                (
                    "unclear",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), default=list, size=None
                    ),
                ),
                ("custom", leadline.core.custom.values.CustomValues()),
                ("registered_at", models.DateTimeField()),
                ("archived_at", models.DateTimeField(null=True)),
                ("erased_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leads",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "starred_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Starred by",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leads",
                        to="people.team",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leads",
                        to="people.territory",
                    ),
                ),
                (
                    "reason",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leads",
                        to="leads.reason",
                    ),
                ),
                (
                    "stage",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leads",
                        to="leads.stage",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Pulse",
            fields=[
                (
                    "lead",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="pulse",
                        serialize=False,
                        to="leads.lead",
                    ),
                ),
                ("owner_id", models.BigIntegerField(null=True)),
                ("team_id", models.BigIntegerField(null=True)),
                ("territory_id", models.BigIntegerField(null=True)),
                ("starred_at", models.DateTimeField(null=True)),
                ("starred_until", models.DateTimeField(null=True)),
                ("callback_at", models.DateTimeField(null=True)),
                ("first_contact_at", models.DateTimeField(null=True)),
                ("last_contact_at", models.DateTimeField(null=True)),
                (
                    "last_outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("positive", "Positive"),
                            ("neutral", "Neutral"),
                            ("negative", "Negative"),
                            ("connected", "Connected"),
                            ("no_answer", "No answer"),
                            ("busy", "Busy"),
                            ("voicemail", "Voicemail"),
                            ("wrong_number", "Wrong number"),
                            ("call_back", "Call back"),
                        ],
                        db_default="",
                        default="",
                        max_length=20,
                    ),
                ),
                ("attempts", models.PositiveIntegerField(db_default=0, default=0)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["last_contact_at", "lead"], name="leads_pulse_all"),
                    models.Index(
                        fields=["owner_id", "last_contact_at", "lead"],
                        include=("team_id",),
                        name="leads_pulse_own",
                    ),
                    models.Index(fields=["team_id", "last_contact_at", "lead"], name="leads_pulse_team"),
                    models.Index(
                        condition=models.Q(("territory_id__isnull", False)),
                        fields=["territory_id", "last_contact_at", "lead"],
                        name="leads_pulse_territory",
                    ),
                    models.Index(fields=["callback_at", "lead"], name="leads_pulse_callback"),
                    models.Index(
                        fields=["owner_id", "callback_at", "lead"],
                        include=("team_id",),
                        name="leads_pulse_callback_own",
                    ),
                    models.Index(fields=["team_id", "callback_at", "lead"], name="leads_pulse_callback_team"),
                    models.Index(
                        condition=models.Q(
                            ("callback_at__isnull", False), ("starred_until__isnull", False), _connector="OR"
                        ),
                        fields=["owner_id"],
                        name="leads_pulse_queue",
                    ),
                ],
            },
        ),
    ]
