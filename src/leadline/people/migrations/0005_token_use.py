"""How often each token was used in its present minute; a crash may forget it, so it is not logged."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0004_roles_altered")]

    operations = [
        migrations.CreateModel(
            name="TokenUse",
            fields=[
                ("token_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("minute", models.DateTimeField()),
                ("requests", models.PositiveIntegerField()),
            ],
        ),
        migrations.RunSQL(
            "ALTER TABLE people_tokenuse SET UNLOGGED, SET (fillfactor = 50)", migrations.RunSQL.noop
        ),
    ]
