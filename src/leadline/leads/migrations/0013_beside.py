"""Rows beside leads say again whether the lead is open and in use, so that orders kept there need no lead."""

from django.db import migrations, models

FILL = """
UPDATE {table} known SET archived_at = lead.archived_at, stage_kind = stage.kind
  FROM leads_lead lead JOIN leads_stage stage ON stage.id = lead.stage_id
 WHERE lead.id = known.lead_id AND (lead.archived_at IS NOT NULL OR stage.kind <> 'open')
"""


class Migration(migrations.Migration):
    dependencies = [
        ("leads", "0012_converted"),
    ]

    operations = [
        migrations.AddField(
            model_name="onplatform",
            name="archived_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="onplatform",
            name="stage_kind",
            field=models.CharField(
                choices=[("open", "Open"), ("won", "Won"), ("lost", "Lost")],
                db_default="open",
                default="open",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="pulse",
            name="archived_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="pulse",
            name="stage_kind",
            field=models.CharField(
                choices=[("open", "Open"), ("won", "Won"), ("lost", "Lost")],
                db_default="open",
                default="open",
                max_length=10,
            ),
        ),
        migrations.RunSQL(FILL.format(table="leads_pulse"), migrations.RunSQL.noop),
        migrations.RunSQL(FILL.format(table="leads_onplatform"), migrations.RunSQL.noop),
        # Without statistics of the new columns, orders kept here are not taken for what they are worth.
        migrations.RunSQL("ANALYZE leads_pulse, leads_onplatform", migrations.RunSQL.noop),
    ]
