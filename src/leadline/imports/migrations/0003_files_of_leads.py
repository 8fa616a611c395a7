from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("imports", "0002_keys_and_kept_mappings"),
    ]

    operations = [
        migrations.AlterField(
            model_name="import",
            name="kind",
            field=models.CharField(
                choices=[
                    ("customers", "Customers"),
                    ("contacts", "Contacts"),
                    ("activities", "Activities"),
                    ("leads", "Leads"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="savedmapping",
            name="kind",
            field=models.CharField(
                choices=[
                    ("customers", "Customers"),
                    ("contacts", "Contacts"),
                    ("activities", "Activities"),
                    ("leads", "Leads"),
                ],
                max_length=12,
            ),
        ),
    ]
