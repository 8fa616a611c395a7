"""Figures and the list of credited deposits ask by time, of everybody (PLT-6, SIG-6)."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("automation", "0001_rules")]

    operations = [
        AddIndexConcurrently("credit", models.Index(fields=["at", "id"], name="automation_credit_by_time"))
    ]
