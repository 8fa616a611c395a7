"""The catalogue of capabilities (PLN-2)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Capability",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(db_collation="C", max_length=100, unique=True, verbose_name="Key")),
                ("name", models.CharField(max_length=100, verbose_name="Name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("switch", "Switch: on or off"),
                            ("quantity", "Quantity: how many at one time"),
                            ("metered", "Metered: how many in a month"),
                            ("level", "Level: a number that orders"),
                        ],
                        max_length=10,
                        verbose_name="Kind",
                    ),
                ),
                (
                    "default_limit",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=18,
                        null=True,
                        verbose_name="Limit without a plan",
                    ),
                ),
                (
                    "description",
                    models.CharField(blank=True, default="", max_length=300, verbose_name="Description"),
                ),
                ("found_at", models.DateTimeField(null=True, verbose_name="Found")),
                ("retired_at", models.DateTimeField(null=True, verbose_name="Retired")),
                ("created_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("default_limit", None), ("default_limit__gte", 0), _connector="OR"
                        ),
                        name="plans_capability_limit",
                        violation_error_message="A limit is 0 or more; leave it empty for no limit.",
                    )
                ],
            },
        ),
    ]
