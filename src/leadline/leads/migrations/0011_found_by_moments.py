"""Stars and callbacks of all leads, and orders of a team by what the platform tells (LEA-8)."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("leads", "0010_kept_for_figures"),
        ("people", "0011_archived_teams"),
        ("platform", "0003_on_platform"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="onplatform",
            name="leads_platform_team",
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(
                condition=models.Q(("starred_until__isnull", False)),
                fields=["starred_until"],
                name="leads_by_star",
            ),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(
                condition=models.Q(("callback_at__isnull", False)),
                fields=["callback_at"],
                name="leads_by_callback",
            ),
        ),
        migrations.AddIndex(
            model_name="onplatform",
            index=models.Index(fields=["team_id", "last_login_at", "lead"], name="leads_platform_login_team"),
        ),
        migrations.AddIndex(
            model_name="onplatform",
            index=models.Index(fields=["team_id", "balance", "lead"], name="leads_platform_balance_team"),
        ),
        migrations.AddIndex(
            model_name="onplatform",
            index=models.Index(
                fields=["team_id", "last_failed_at", "lead"], name="leads_platform_failed_team"
            ),
        ),
    ]
