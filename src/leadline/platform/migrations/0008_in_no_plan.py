"""What is used though no plan includes it is over no limit: told so, and looked at anew (PLT-7, PLN-2)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("platform", "0007_whole_utilisation"),
    ]

    operations = [
        migrations.AlterField(
            model_name="featureuse",
            name="state",
            field=models.CharField(
                choices=[
                    ("free", "No limit"),
                    ("within", "Within the limit"),
                    ("near", "Near the limit"),
                    ("full", "At the limit"),
                    ("over", "Over the limit"),
                    ("outside", "In no plan"),
                ],
                max_length=10,
                verbose_name="Against the limit",
            ),
        ),
        migrations.RunSQL("UPDATE platform_usageplace SET is_measuring = true, after_customer = 0", ""),
    ]
