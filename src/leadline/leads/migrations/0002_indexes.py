"""By what leads are found and put in order, and that a star has a giver (LEA-6, LEA-8)."""

import django.contrib.postgres.indexes
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("leads", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(
                condition=models.Q(("archived_at", None)), fields=["name_key", "id"], name="leads_all_name"
            ),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(
                condition=models.Q(("archived_at", None)),
                fields=["owner", "name_key", "id"],
                include=("team",),
                name="leads_owner_name",
            ),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(
                condition=models.Q(("archived_at", None)),
                fields=["team", "name_key", "id"],
                name="leads_team_name",
            ),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(
                condition=models.Q(("archived_at", None), ("territory__isnull", False)),
                fields=["territory", "name_key", "id"],
                name="leads_territory_name",
            ),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(
                condition=models.Q(("archived_at", None)),
                fields=["registered_at", "id"],
                name="leads_all_registered",
            ),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(
                condition=models.Q(("archived_at", None)),
                fields=["owner", "registered_at", "id"],
                include=("team",),
                name="leads_owner_registered",
            ),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(
                condition=models.Q(("archived_at", None)),
                fields=["team", "registered_at", "id"],
                name="leads_team_registered",
            ),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(
                condition=models.Q(("archived_at", None), ("territory__isnull", False)),
                fields=["territory", "registered_at", "id"],
                name="leads_territory_registered",
            ),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(
                django.contrib.postgres.indexes.OpClass("email", "text_pattern_ops"), name="leads_email"
            ),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(
                django.contrib.postgres.indexes.OpClass("phone", "text_pattern_ops"), name="leads_phone"
            ),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(
                condition=models.Q(("archived_at", None)), fields=["stage", "owner"], name="leads_by_stage"
            ),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=django.contrib.postgres.indexes.GinIndex(fields=["tags"], name="leads_by_tag"),
        ),
        migrations.AddConstraint(
            model_name="lead",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("starred_until", None),
                    models.Q(("starred_at__isnull", False), ("starred_by__isnull", False)),
                    _connector="OR",
                ),
                name="leads_lead_star_has_a_giver",
                violation_error_message="A star is given by somebody.",
            ),
        ),
    ]
