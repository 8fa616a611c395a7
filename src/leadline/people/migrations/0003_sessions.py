import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_territories"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("key", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("count", models.PositiveIntegerField()),
                ("at", models.DateTimeField(db_index=True)),
                ("free_at", models.DateTimeField()),
            ],
            options={
                "db_table": "people_attempt",
            },
        ),
        migrations.AddField(
            model_name="role",
            name="second_factor_required",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.CreateModel(
            name="SigningRules",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "idle_hours",
                    models.PositiveSmallIntegerField(
                        default=24,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(720),
                        ],
                    ),
                ),
                (
                    "lifetime_days",
                    models.PositiveSmallIntegerField(
                        default=14,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(90),
                        ],
                    ),
                ),
                ("view_as_may_write", models.BooleanField(default=False)),
                ("single_sign_on_only", models.BooleanField(default=False)),
            ],
            options={
                "db_table": "people_signing_rules",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("pk", 1)),
                        name="people_signing_rules_only_one",
                        violation_error_message="There is only one set of rules.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("epoch", models.PositiveIntegerField()),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("password", "password"),
                            ("passkey", "passkey"),
                            ("single_sign_on", "single sign-on"),
                            ("link", "link by e-mail"),
                        ],
                        max_length=20,
                    ),
                ),
                ("address", models.GenericIPAddressField(null=True)),
                ("device", models.CharField(blank=True, max_length=300)),
                ("began_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                ("idle_until", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField()),
                ("factor_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "viewing_as",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "people_session",
                "indexes": [models.Index(fields=["user", "-began_at"], name="people_session_of_user")],
            },
        ),
        migrations.RunSQL("ALTER TABLE people_attempt SET UNLOGGED", migrations.RunSQL.noop),
    ]
