"""Counts by day and person, kept beside the records (design 4.8)."""

from django.db import migrations

_SCOPE = """
    first_owner_id bigint, first_team_id bigint, first_territory_id bigint,
    second_owner_id bigint, second_team_id bigint, second_territory_id bigint,
"""
_END = "n integer NOT NULL, part integer NOT NULL, kind text NOT NULL, is_sum boolean NOT NULL DEFAULT FALSE"
_STANDING = """
CREATE TABLE core_figure_standing (
    kind text PRIMARY KEY, zone text NOT NULL, begins_on date NOT NULL, begins_at timestamptz NOT NULL,
    made_by text NOT NULL
)
"""
_WHOLE = f"""
CREATE TABLE core_figure_whole (
    series text NOT NULL, grain text NOT NULL, begins_on date NOT NULL, person_id bigint, {_END}
)
"""
_SCOPED = f"""
CREATE TABLE core_figure_scoped (
    series text NOT NULL, begins_on date NOT NULL, person_id bigint, {_SCOPE} {_END}
)
"""
_INDEXES = [
    "CREATE INDEX core_figure_whole_day ON core_figure_whole (series, grain, begins_on, person_id)"
    " INCLUDE (n, part)",
    "CREATE INDEX core_figure_whole_fresh ON core_figure_whole (series, begins_on) WHERE NOT is_sum",
    "CREATE INDEX core_figure_scoped_fresh ON core_figure_scoped (series, begins_on) WHERE NOT is_sum",
    "CREATE INDEX core_figure_scoped_day ON core_figure_scoped (series, begins_on)",
    *(
        f"CREATE INDEX core_figure_scoped_{column} ON core_figure_scoped (series, {column}_id, begins_on)"
        f" WHERE {column}_id IS NOT NULL"
        for place in ("first", "second")
        for column in (f"{place}_owner", f"{place}_team", f"{place}_territory")
    ),
]


class Migration(migrations.Migration):
    dependencies = [("core", "0014_events_waiting")]

    operations = [
        migrations.RunSQL(_STANDING, "DROP TABLE core_figure_standing"),
        migrations.RunSQL(_WHOLE, "DROP TABLE core_figure_whole"),
        migrations.RunSQL(_SCOPED, "DROP TABLE core_figure_scoped"),
        *(migrations.RunSQL(sql, "SELECT 1") for sql in _INDEXES),
    ]
