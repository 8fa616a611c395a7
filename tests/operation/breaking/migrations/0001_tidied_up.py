from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = [("customers", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "CREATE TABLE breaking_new (id int); INSERT INTO people_team (name) VALUES ('Added')"
        ),
    ]
