from django.db import migrations, models

KINDS = ("customer", "contact")
PARTS = ("email", "phone", "domain", "street", "start")
# Not logged: after an unclean stop they are empty, and a scan begins anew.
_RECORDS = f"""
CREATE UNLOGGED TABLE duplicates_record_{{kind}} (
  record_id bigint NOT NULL, name text NOT NULL, email text NOT NULL, phone text NOT NULL,
  domain text NOT NULL, address text NOT NULL, city text NOT NULL, postcode text NOT NULL,
  country text NOT NULL, within bigint NOT NULL, {", ".join(f"{part}_key integer" for part in PARTS)})
"""
_INDEXES = (
    "CREATE INDEX duplicates_record_{kind}_id ON duplicates_record_{kind} (record_id)",
    *(
        f"CREATE INDEX duplicates_record_{{kind}}_{part} ON duplicates_record_{{kind}} ({part}_key)"
        for part in PARTS
    ),
)
_FOUND = """
CREATE UNLOGGED TABLE duplicates_found_{kind} (
  low_id bigint NOT NULL, high_id bigint NOT NULL, score smallint NOT NULL, reasons jsonb NOT NULL,
  signs text NOT NULL)
"""


class Migration(migrations.Migration):
    """What records are compared by is kept beside their keys, and pairs of a full scan until its end (CUS-22)."""

    dependencies = [("duplicates", "0003_keys_anew")]

    operations = [
        migrations.AddField("scan", "settled", models.BigIntegerField(null=True)),
        migrations.RunSQL(
            [text.format(kind=kind) for kind in KINDS for text in (_RECORDS, *_INDEXES, _FOUND)],
            [f"DROP TABLE duplicates_{what}_{kind}" for kind in KINDS for what in ("record", "found")],
        ),
        migrations.RunSQL(
            [f"DROP TABLE duplicates_key_{kind}" for kind in KINDS],
            [
                f"CREATE UNLOGGED TABLE duplicates_key_{kind} (key integer NOT NULL, record_id bigint NOT NULL)"
                for kind in KINDS
            ],
        ),
    ]
