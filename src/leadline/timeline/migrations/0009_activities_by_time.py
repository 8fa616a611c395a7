"""Figures and lists ask for activities by time, of everybody and of one person (SIG-6)."""

from django.db import migrations

from leadline.core.partitions import index_concurrently


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("timeline", "0008_activities_of_leads_by_time")]

    operations = [
        index_concurrently("timeline_activity_time", "timeline_activity", "(at DESC, id DESC)"),
        index_concurrently("timeline_activity_user", "timeline_activity", "(user_id, at DESC)"),
    ]
