"""The timeline of a lead, by index; customers' activities stand in none of it (LEA-5)."""

from django.db import migrations

from leadline.core.partitions import index_concurrently


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("timeline", "0007_activity_of_lead")]

    operations = [
        index_concurrently(
            "timeline_activity_lead",
            "timeline_activity",
            "(lead_id, at DESC, id DESC) WHERE lead_id IS NOT NULL",
        ),
    ]
