"""What figures count of a customer's activities is read out of their index alone (SIG-6).

When a customer changes hands, the counts of its activities do. They lie scattered over months of partitions:
reading each in its table was most of what a bulk assignment cost.
"""

from django.db import migrations

from leadline.core.partitions import index_concurrently


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("timeline", "0009_activities_by_time")]

    operations = [
        index_concurrently(
            "timeline_activity_of_customer",
            "timeline_activity",
            "(customer_id, at DESC, id DESC) INCLUDE (kind, outcome, user_id, lead_id, archived_at)",
        ),
        migrations.RunSQL(
            "DROP INDEX IF EXISTS timeline_activity_customer",
            "CREATE INDEX timeline_activity_customer ON timeline_activity (customer_id, at DESC, id DESC)",
        ),
    ]
