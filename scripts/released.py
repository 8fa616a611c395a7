"""Record the schema of a release, which the next one's migrations must leave usable for it.

Usage: python scripts/released.py    (at each release; it makes a database of its own in a temporary folder)
The rule stands in docs/recipes/migration.md.
"""

# ruff: noqa: PLC0415 - the environment is set before anything of Leadline is loaded

import json
import os
import tempfile
from pathlib import Path

RECORD = Path(__file__).parents[1] / "tests" / "house" / "released.json"
COLUMNS = """
SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
       a.atthasdef OR a.attidentity <> ''
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
   AND a.attnum > 0 AND NOT a.attisdropped AND c.relname NOT LIKE 'procrastinate%' ORDER BY 1, 2
"""


def schema(rows: list[tuple[str, str, str, bool, bool]]) -> dict[str, dict[str, dict[str, object]]]:
    """Table → column → type, whether it may be empty, whether the database fills it."""
    found: dict[str, dict[str, dict[str, object]]] = {}
    for table, column, kind, required, filled in rows:
        found.setdefault(table, {})[column] = {"type": kind, "required": required, "filled": filled}
    return found


def main() -> None:
    """Migrate an empty database and write down what it looks like."""
    with tempfile.TemporaryDirectory(prefix="leadline-release-", dir="/tmp") as folder:
        os.chmod(folder, 0o711)  # noqa: S103
        os.environ.update(LEADLINE_DATA=folder, DJANGO_SETTINGS_MODULE="leadline.config.settings")
        os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        from django.db import connection
        from django.db.migrations.loader import MigrationLoader

        from leadline import __version__
        from leadline.config.installing import install
        from leadline.core.postgres import Server, in_use

        with in_use():
            install()
            with connection.cursor() as cursor:
                cursor.execute(COLUMNS)
                tables = schema(cursor.fetchall())
            connection.close()
        Server(Path(folder)).remove()
        names = sorted(f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations)
        record = {"version": __version__, "migrations": names, "tables": tables}
        RECORD.write_text(json.dumps(record, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
