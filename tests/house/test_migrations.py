"""Old code works on while the new schema is there: no upgrade needs a pause (INT-7).

`released.json` is the schema of the last release. Until 0.1.0 it is what there was when this rule began.
"""

import json
from pathlib import Path

import pytest
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import connection, models, transaction
from django.db.migrations import Migration, operations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

from leadline import __version__
from scripts.released import COLUMNS, schema
from tests.house.migration_rules import broken_rules

RELEASED = json.loads((Path(__file__).parent / "released.json").read_text())
TABLES = RELEASED["tables"]


def test_each_migration_since_the_release_lets_its_code_work_on():
    loader = MigrationLoader(None)
    broken = []
    for key, migration in loader.disk_migrations.items():
        ours = type(migration).__module__.startswith("leadline.")
        if ours and ".".join(key) not in RELEASED["migrations"]:
            before = loader.project_state(key, at_end=False)
            broken += broken_rules(migration, before, set(TABLES), __version__)

    assert broken == [], "\n".join(broken)


@pytest.mark.django_db
def test_the_columns_of_the_release_are_all_there_and_new_ones_fill_themselves():
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        now = schema(cursor.fetchall())

    troubles = []
    for table, columns in TABLES.items():
        there = now.get(table, {})
        for name, was in columns.items():
            if name not in there:
                troubles.append(f"{table}.{name} is gone")
            elif there[name]["required"] and not was["required"]:
                troubles.append(f"{table}.{name} is required now")
        for name in set(there) - set(columns):
            if there[name]["required"] and not there[name]["filled"]:
                troubles.append(f"{table}.{name} is new, required, and has no default in the database")
    assert troubles == []


@pytest.mark.parametrize(
    ("table", "its_own"),
    [
        ("customers_customer", {"email": "'old@example.com'"}),
        ("customers_contact", {"email": "'old-contact@example.com'", "is_primary": "false"}),
        ("timeline_activity", {}),
        ("timeline_note", {}),
        ("people_user", {"email": "'old-user@example.com'"}),
        ("core_job", {}),
    ],
)
def test_rows_are_written_and_read_as_the_release_did_it(cast, make, by, table, its_own):
    """The statements of old code name the columns that it knows, and no others."""
    from leadline.core.jobs import start_job

    customer = make.customer(cast.rosa)
    make.contact(customer), make.note(customer), make.activity(customer)
    start_job("config.demo", title="Demo", by=by(cast.ada))
    columns = [name for name in TABLES[table] if name != "id"]
    values = ", ".join(its_own.get(name, f'"{name}"') for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {values} FROM {table}"
            " ORDER BY id DESC LIMIT 1 RETURNING id"
        )
        (key,) = cursor.fetchone()
        cursor.execute(f"SELECT id, {names} FROM {table} WHERE id = %s", [key])
        assert cursor.fetchone()[0] == key


class Boat(Migration):
    """A migration of nobody's, to try the rules on."""


BEFORE = ProjectState(
    {
        ("customers", "customer"): ModelState(
            "customers",
            "Customer",
            [
                ("id", models.BigAutoField(primary_key=True)),
                ("name", models.CharField(max_length=20)),
                ("note", models.TextField(null=True)),
            ],
        )
    }
)


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        (operations.RemoveField("customer", "name"), "one release later"),
        (operations.RenameField("customer", "name", "title"), "one release later"),
        (operations.DeleteModel("customer"), "one release later"),
        (operations.AddField("customer", "size", models.IntegerField(default=0)), "db_default"),
        (operations.AlterField("customer", "note", models.TextField(default="")), "leave it empty"),
        (operations.AlterField("customer", "name", models.IntegerField()), "another type"),
        (operations.AlterField("customer", "name", models.CharField(max_length=10)), "another type"),
        (operations.AddIndex("customer", models.Index(fields=["name"], name="n")), "AddIndexConcurrently"),
        (
            operations.AddConstraint(
                "customer", models.CheckConstraint(condition=models.Q(name="x"), name="x")
            ),
            "AddConstraintNotValid",
        ),
        (operations.RunSQL("ALTER TABLE customers_customer ALTER COLUMN name TYPE text"), "writes the whole"),
        (operations.RunSQL("ALTER TABLE customers_customer DROP COLUMN name"), "still uses"),
        (operations.RunSQL("ALTER TABLE customers_customer ADD COLUMN a int NOT NULL"), "without a default"),
        (operations.RunSQL("CREATE INDEX a ON customers_customer (name)"), "CONCURRENTLY"),
    ],
)
def test_what_would_stop_old_code_is_found(operation, words):
    migration = _with(operation)

    assert [
        rule for rule in broken_rules(migration, BEFORE, {"customers_customer"}, "0.2.0") if words in rule
    ]


@pytest.mark.parametrize(
    "operation",
    [
        operations.AddField("customer", "size", models.IntegerField(default=0, db_default=0)),
        operations.AddField("customer", "size", models.IntegerField(null=True)),
        operations.AlterField("customer", "name", models.CharField(max_length=200)),
        operations.CreateModel("Boat", [("id", models.BigAutoField(primary_key=True))]),
        AddIndexConcurrently("customer", models.Index(fields=["name"], name="n")),
        operations.RunSQL("ALTER TABLE customers_customer ADD COLUMN a int NOT NULL DEFAULT 0"),
        operations.RunSQL("CREATE INDEX CONCURRENTLY a ON customers_customer (name)"),
    ],
)
def test_what_old_code_can_live_with_passes(operation):
    assert list(broken_rules(_with(operation), BEFORE, {"customers_customer"}, "0.2.0")) == []


def test_what_no_release_uses_any_more_may_go():
    migration = _with(operations.RemoveField("customer", "name"))
    migration.unused_since = "0.2.0"

    assert list(broken_rules(migration, BEFORE, {"customers_customer"}, "0.3.0")) == []
    assert list(broken_rules(migration, BEFORE, {"customers_customer"}, "0.2.0")) != []


def _with(operation: operations.base.Operation) -> Migration:
    migration = Boat("0009_boat", "customers")
    migration.operations = [operation]
    return migration
