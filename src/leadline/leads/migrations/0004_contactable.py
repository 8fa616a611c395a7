"""Leads say what they allow: lawful basis, consents, wishes not to be reached (PPL-8)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("leads", "0003_on_top"),
    ]

    operations = [
        migrations.AddField(
            model_name="lead",
            name="consent_chat",
            field=models.CharField(
                blank=True,
                choices=[("given", "Given"), ("withdrawn", "Withdrawn")],
                db_default="",
                default="",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="lead",
            name="consent_email",
            field=models.CharField(
                blank=True,
                choices=[("given", "Given"), ("withdrawn", "Withdrawn")],
                db_default="",
                default="",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="lead",
            name="consent_phone",
            field=models.CharField(
                blank=True,
                choices=[("given", "Given"), ("withdrawn", "Withdrawn")],
                db_default="",
                default="",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="lead",
            name="consent_post",
            field=models.CharField(
                blank=True,
                choices=[("given", "Given"), ("withdrawn", "Withdrawn")],
                db_default="",
                default="",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="lead",
            name="do_not_call",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="lead",
            name="do_not_email",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="lead",
            name="lawful_basis",
            field=models.CharField(
                blank=True,
                choices=[
                    ("consent", "Consent"),
                    ("contract", "Contract"),
                    ("legitimate_interest", "Legitimate interest"),
                    ("legal_obligation", "Legal obligation"),
                    ("public_task", "Public task"),
                    ("vital_interest", "Vital interest"),
                ],
                db_default="",
                default="",
                max_length=20,
            ),
        ),
    ]
