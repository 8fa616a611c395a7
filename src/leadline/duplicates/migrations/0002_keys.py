from django.db import migrations

# Not logged: after an unclean stop it is empty, and the next scan makes it anew.
_TABLE = "CREATE UNLOGGED TABLE duplicates_key_{kind} (key integer NOT NULL, record_id bigint NOT NULL)"
_INDEXES = (
    "CREATE INDEX duplicates_key_{kind}_blocks ON duplicates_key_{kind} (key, record_id)",
    "CREATE INDEX duplicates_key_{kind}_records ON duplicates_key_{kind} (record_id)",
)


class Migration(migrations.Migration):
    """The keys under which records that may be one meet (CUS-22)."""

    dependencies = [("duplicates", "0001_initial")]

    operations = [
        migrations.RunSQL(
            [text.format(kind=kind) for kind in ("customer", "contact") for text in (_TABLE, *_INDEXES)],
            [f"DROP TABLE duplicates_key_{kind}" for kind in ("customer", "contact")],
        )
    ]
