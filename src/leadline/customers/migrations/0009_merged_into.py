import django.db.models.deletion
from django.db import migrations, models


def _merged_into(kind: str) -> migrations.AddField:
    return migrations.AddField(
        model_name=kind,
        name="merged_into",
        field=models.ForeignKey(
            db_index=False,
            null=True,
            on_delete=django.db.models.deletion.PROTECT,
            related_name="merged",
            to=f"customers.{kind}",
            verbose_name="Merged into",
        ),
    )


class Migration(migrations.Migration):
    """Which customer or contact one turned out to be (CUS-23)."""

    dependencies = [("customers", "0008_privacy")]

    operations = [_merged_into("contact"), _merged_into("customer")]
