"""How much the platform is used, per user and day, and per customer and capability (PLT-7)."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0015_default_wishes"),
        ("plans", "0001_initial"),
        ("platform", "0004_linked_as_lead"),
    ]

    operations = [
        migrations.CreateModel(
            name="UsageDue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user_ids",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                ),
                ("first_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="UsagePlace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("zone", models.CharField(default="", max_length=64)),
                ("month", models.DateField(null=True)),
                ("is_due", models.BooleanField(default=True)),
                ("after_user", models.BigIntegerField(default=0)),
                ("is_measuring", models.BooleanField(default=True)),
                ("after_customer", models.BigIntegerField(default=0)),
                ("tallied_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="FeatureDay",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "user_id",
                        "capability_id",
                        "day",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("day", models.DateField()),
                ("times", models.PositiveIntegerField()),
                ("amount", models.DecimalField(decimal_places=4, max_digits=24)),
                ("highest", models.DecimalField(decimal_places=4, max_digits=18)),
                ("last", models.DecimalField(decimal_places=4, max_digits=18)),
                (
                    "capability",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plans.capability",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="features",
                        to="platform.platformuser",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="UsageDay",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "user_id", "day", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("day", models.DateField()),
                ("logins", models.PositiveIntegerField(default=0)),
                ("seconds", models.PositiveIntegerField(default=0)),
                ("listings", models.PositiveIntegerField(default=0)),
                ("views", models.PositiveIntegerField(default=0)),
                ("inquiries", models.PositiveIntegerField(default=0)),
                ("searches", models.PositiveIntegerField(default=0)),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="usage",
                        to="platform.platformuser",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Utilisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("owner_id", models.BigIntegerField(null=True)),
                ("team_id", models.BigIntegerField(null=True)),
                ("territory_id", models.BigIntegerField(null=True)),
                ("customers", models.PositiveIntegerField()),
                ("customers_before", models.PositiveIntegerField()),
                ("near", models.PositiveIntegerField()),
                ("full", models.PositiveIntegerField()),
                ("over", models.PositiveIntegerField()),
                ("used", models.DecimalField(decimal_places=4, max_digits=30)),
                ("before", models.DecimalField(decimal_places=4, max_digits=30)),
                ("times", models.PositiveBigIntegerField()),
                (
                    "capability",
                    models.ForeignKey(
                        null=True,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="plans.capability",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FeatureUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("used", models.DecimalField(decimal_places=4, max_digits=24, verbose_name="Used")),
                ("before", models.DecimalField(decimal_places=4, max_digits=24, verbose_name="Last month")),
                (
                    "most",
                    models.DecimalField(decimal_places=4, max_digits=18, null=True, verbose_name="Limit"),
                ),
                (
                    "share",
                    models.DecimalField(decimal_places=4, max_digits=28, verbose_name="Share of the limit"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("free", "No limit"),
                            ("within", "Within the limit"),
                            ("near", "Near the limit"),
                            ("full", "At the limit"),
                            ("over", "Over the limit"),
                        ],
                        max_length=10,
                        verbose_name="Against the limit",
                    ),
                ),
                ("times", models.PositiveIntegerField(verbose_name="Times this month")),
                ("users", models.PositiveIntegerField(verbose_name="Users")),
                ("last_on", models.DateField(verbose_name="Last used")),
                (
                    "capability",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uses",
                        to="plans.capability",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="feature_uses",
                        to="customers.customer",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["capability", "state"], name="platform_feature_use_state"),
                    models.Index(fields=["share", "id"], name="platform_feature_use_share"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("customer", "capability"),
                        name="platform_feature_use_once",
                        violation_error_message="There is one row for a customer and a capability.",
                    )
                ],
            },
        ),
        # Days and features are written again while they last: room on their pages keeps indexes untouched.
        migrations.RunSQL(
            "ALTER TABLE platform_usageday SET (fillfactor = 80);"
            "ALTER TABLE platform_featureday SET (fillfactor = 80)",
            "ALTER TABLE platform_usageday RESET (fillfactor); ALTER TABLE platform_featureday RESET (fillfactor)",
        ),
    ]
