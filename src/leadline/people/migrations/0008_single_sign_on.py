import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import leadline.core.secrets.fields


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0007_invitation"),
    ]

    operations = [
        migrations.CreateModel(
            name="Provider",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(max_length=40, unique=True)),
                ("label", models.CharField(max_length=60)),
                ("issuer", models.URLField(max_length=300)),
                ("client_id", models.CharField(max_length=300)),
                ("client_secret", leadline.core.secrets.fields.EncryptedTextField(blank=True)),
                ("allowed_domains", models.JSONField(default=list)),
                ("links_by_email", models.BooleanField(default=True)),
                ("creates_users", models.BooleanField(default=False)),
                ("default_roles", models.JSONField(default=list)),
                ("role_claim", models.CharField(blank=True, max_length=100)),
                ("role_map", models.JSONField(default=dict)),
                ("counts_as_second_factor", models.BooleanField(default=False)),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "db_table": "people_provider",
            },
        ),
        migrations.CreateModel(
            name="Identity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject", models.CharField(max_length=255)),
                ("linked_at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="identities",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="identities",
                        to="people.provider",
                    ),
                ),
            ],
            options={
                "db_table": "people_identity",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("provider", "subject"),
                        name="people_identity_once",
                        violation_error_message="This account of the provider belongs to somebody already.",
                    )
                ],
            },
        ),
    ]
