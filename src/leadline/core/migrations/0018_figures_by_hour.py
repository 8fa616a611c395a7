"""Counts by hour, and sums of money by currency (design 4.8)."""

from django.db import migrations

_ADD = """
ALTER TABLE core_figure_whole
    ADD COLUMN hour smallint, ADD COLUMN currency text NOT NULL DEFAULT '',
    ADD COLUMN amount numeric NOT NULL DEFAULT 0
"""
_REMOVE = "ALTER TABLE core_figure_whole DROP COLUMN hour, DROP COLUMN currency, DROP COLUMN amount"


class Migration(migrations.Migration):
    dependencies = [("core", "0017_view_stamp")]

    operations = [migrations.RunSQL(_ADD, _REMOVE)]
