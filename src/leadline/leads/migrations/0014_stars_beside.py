"""Stars and callbacks are found beside the lead: a star changes no index of the wide row (LEA-6)."""

from django.db import migrations, models

ROOM = """
ALTER TABLE leads_lead SET (fillfactor = 85);
ALTER TABLE leads_pulse SET (fillfactor = 70);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("leads", "0013_beside"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="lead",
            name="leads_by_star",
        ),
        migrations.RemoveIndex(
            model_name="lead",
            name="leads_by_callback",
        ),
        migrations.AddIndex(
            model_name="pulse",
            index=models.Index(
                condition=models.Q(("starred_until__isnull", False)),
                fields=["starred_until", "lead"],
                name="leads_pulse_star",
            ),
        ),
        migrations.RunSQL(ROOM, migrations.RunSQL.noop),
    ]
