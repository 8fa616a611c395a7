"""Whose counts wait to be moved, as their records changed hands (design 4.8)."""

from django.db import migrations

_MOVED = """
CREATE TABLE core_figure_moved (
    kind text NOT NULL, place text NOT NULL, id bigint NOT NULL,
    was_owner_id bigint, was_team_id bigint, was_territory_id bigint,
    now_owner_id bigint, now_team_id bigint, now_territory_id bigint,
    PRIMARY KEY (kind, place, id)
)
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0015_figures")]

    operations = [migrations.RunSQL(_MOVED, "DROP TABLE core_figure_moved")]
