"""Search documents, words, and the functions that their indexes stand on."""

from django.db import migrations, models

from leadline.core.search import sql


class Migration(migrations.Migration):
    dependencies = [("core", "0003_saved_views")]

    operations = [
        *(migrations.RunSQL(function, migrations.RunSQL.noop) for function in sql.FUNCTIONS),
        migrations.RunSQL(sql.TABLES, "DROP TABLE core_search_word; DROP TABLE core_search_document"),
        migrations.CreateModel(
            name="SearchDocument",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "kind", "object_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.TextField()),
                ("object_id", models.BigIntegerField()),
                ("text", models.TextField(db_collation="C")),
            ],
            options={"db_table": "core_search_document", "managed": False},
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.TextField(db_collation="C")),
            ],
            options={"db_table": "core_search_word", "managed": False},
        ),
    ]
