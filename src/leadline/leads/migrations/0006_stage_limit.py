"""How many leads should stand in a stage at most (WSP-3)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("leads", "0005_letters")]

    operations = [
        migrations.AddField(
            model_name="stage",
            name="most",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="At most"),
        ),
    ]
