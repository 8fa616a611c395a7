"""What changes hands again before its counts were moved is changed where it stands, as by an undoing (SIG-3)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("core", "0019_entries_of_others")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE core_figure_moved SET (fillfactor = 60)",
            "ALTER TABLE core_figure_moved RESET (fillfactor)",
        )
    ]
