"""A user of the platform may be linked as the lead that became the customer (LEA-9)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("platform", "0003_on_platform"),
    ]

    operations = [
        migrations.AlterField(
            model_name="platformuser",
            name="linked_by",
            field=models.CharField(
                blank=True,
                choices=[
                    ("id", "By its id on the platform"),
                    ("email", "By e-mail"),
                    ("lead", "As the lead that became the customer"),
                ],
                default="",
                max_length=10,
            ),
        ),
    ]
