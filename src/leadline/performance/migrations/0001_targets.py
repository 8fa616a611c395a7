"""What people and teams are to reach (PRF-1)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0011_archived_teams"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Target",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("metric", models.CharField(max_length=60, verbose_name="Figure")),
                ("currency", models.CharField(blank=True, default="", max_length=3, verbose_name="Currency")),
                (
                    "every",
                    models.CharField(
                        choices=[("day", "Each day"), ("week", "Each week"), ("month", "In the month")],
                        max_length=5,
                        verbose_name="How often",
                    ),
                ),
                ("month", models.DateField(verbose_name="Month")),
                (
                    "value",
                    models.DecimalField(decimal_places=2, max_digits=18, null=True, verbose_name="Target"),
                ),
                ("updated_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "team",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="targets",
                        to="people.team",
                        verbose_name="Team",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="targets",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("team__isnull", False), ("user", None)),
                            models.Q(("team", None), ("user__isnull", False)),
                            _connector="OR",
                        ),
                        name="performance_target_for_one",
                        violation_error_message="A target is for a person or for a team.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("value", None), ("value__gt", 0), _connector="OR"),
                        name="performance_target_above_zero",
                        violation_error_message="A target is more than 0.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("month__day", 1)),
                        name="performance_target_first_of_month",
                        violation_error_message="A target is kept by the first day of its month.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("user__isnull", False)),
                        fields=("month", "user", "metric", "every", "currency"),
                        name="performance_target_of_person_once",
                        violation_error_message="This person has this target already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("team__isnull", False)),
                        fields=("month", "team", "metric", "every", "currency"),
                        name="performance_target_of_team_once",
                        violation_error_message="This team has this target already.",
                    ),
                ],
            },
        ),
    ]
