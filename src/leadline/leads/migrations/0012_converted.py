"""Which customer and which contact a lead became (LEA-9)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0015_default_wishes"),
        ("leads", "0011_found_by_moments"),
        ("people", "0011_archived_teams"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="lead",
            name="converted_at",
            field=models.DateTimeField(null=True, verbose_name="Converted"),
        ),
        migrations.AddField(
            model_name="lead",
            name="converted_contact",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="leads",
                to="customers.contact",
                verbose_name="Converted to the contact",
            ),
        ),
        migrations.AddField(
            model_name="lead",
            name="converted_to",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="leads",
                to="customers.customer",
                verbose_name="Converted to",
            ),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(
                condition=models.Q(("converted_to__isnull", False)),
                fields=["converted_to"],
                name="leads_converted_to",
            ),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(
                condition=models.Q(("converted_to__isnull", False)),
                fields=["converted_contact"],
                name="leads_converted_contact",
            ),
        ),
    ]
