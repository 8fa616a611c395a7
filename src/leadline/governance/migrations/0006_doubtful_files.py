"""Files of others that may name an erased person: somebody decides on each."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("governance", "0005_entry_of_event")]

    operations = [
        migrations.AddField("erasure", "files", models.JSONField(db_default=[], default=list)),
    ]
