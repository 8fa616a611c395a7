"""What a migration may do while the code of the release before still runs (docs/recipes/migration.md)."""

import re
from collections.abc import Iterator

from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently
from django.db import connection, models
from django.db.migrations import Migration, operations
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

# With millions of rows: nobody may stand still while such a one is read or written whole.
BIG = {
    "core_event",
    "core_event_subject",
    "core_history",
    "core_search_document",
    "customers_contact",
    "customers_customer",
    "customers_pulse",
    "platform_payment",
    "platform_platformevent",
    "platform_platformpulse",
    "platform_platformuser",
    "timeline_activity",
    "timeline_note",
    "timeline_notification",
}
TAKEN_AWAY = (
    operations.DeleteModel,
    operations.RemoveField,
    operations.RenameField,
    operations.RenameModel,
    operations.AlterModelTable,
)
_FORBIDDEN_SQL = {
    r"\bDROP\s+(TABLE|COLUMN)\b|\bRENAME\b": "takes away what the release before still uses",
    r"\bALTER\s+COLUMN\s+\S+\s+(SET\s+DATA\s+)?TYPE\b": "writes the whole table anew under a lock",
    r"\bSET\s+NOT\s+NULL\b": "reads the whole table under a lock, and the release before may leave it empty",
    r"\bADD\s+COLUMN\b(?![^;,]*\bDEFAULT\b)[^;,]*\bNOT\s+NULL\b": "a required column without a default",
}


def broken_rules(
    migration: Migration, before: ProjectState, released: set[str], version: str
) -> Iterator[str]:
    """Each rule that a migration breaks, in words; `released` are the tables of the release before.

    `unused_since = "0.2.0"` on the migration says which release no longer uses what it takes away; that must
    be an earlier one than `version`.
    """
    unused_since = getattr(migration, "unused_since", "")
    may_take_away = bool(unused_since) and _number(unused_since) < _number(version)
    state = before.clone()
    for operation in migration.operations:
        after = state.clone()
        operation.state_forwards(migration.app_label, after)
        for rule in _of_operation(operation, migration, state, after, released, may_take_away):
            yield f"{migration.app_label}.{migration.name}: {operation.describe()}: {rule}"
        state = after


def _of_operation(
    operation: Operation,
    migration: Migration,
    before: ProjectState,
    after: ProjectState,
    released: set[str],
    may_take_away: bool,
) -> Iterator[str]:
    if isinstance(operation, operations.SeparateDatabaseAndState):
        for inner in operation.database_operations:
            yield from _of_operation(inner, migration, before, after, released, may_take_away)
        return
    if isinstance(operation, operations.RunSQL):
        yield from _of_sql(str(operation.sql), released, may_take_away)
        return
    table = _table(operation, migration.app_label, before)
    if table not in released:
        return
    if isinstance(operation, TAKEN_AWAY) and not may_take_away:
        yield "the release before still uses it; stop using it first, take it away one release later"
    if isinstance(operation, operations.AddField) and not _fills_itself(operation.field):
        yield "give the column a default in the database (db_default) or let it be null"
    if isinstance(operation, operations.AlterField):
        yield from _of_altered(operation, migration.app_label, before, after)
    if table in BIG:
        yield from _of_big(operation)


def _of_altered(
    operation: operations.AlterField, app: str, before: ProjectState, after: ProjectState
) -> Iterator[str]:
    name = operation.model_name_lower
    was = before.apps.get_model(app, name)._meta.get_field(operation.name)
    now = after.apps.get_model(app, name)._meta.get_field(operation.name)
    if was.null and not now.null:
        yield "the release before may leave it empty"
    if was.db_type(connection) != now.db_type(connection) and not _only_longer(was, now):
        yield "another type writes the whole table anew; add a column, fill it in portions, move over"


def _of_big(operation: Operation) -> Iterator[str]:
    if isinstance(operation, operations.AddIndex) and not isinstance(operation, AddIndexConcurrently):
        yield "an index on a big table is made by AddIndexConcurrently (atomic = False)"
    if isinstance(operation, operations.AddConstraint) and not isinstance(operation, AddConstraintNotValid):
        yield "on a big table use AddConstraintNotValid, then ValidateConstraint; unique: an index first"


def _of_sql(text: str, released: set[str], may_take_away: bool) -> Iterator[str]:
    for pattern, words in _FORBIDDEN_SQL.items():
        if may_take_away and "takes away" in words:
            continue
        if re.search(pattern, text, re.IGNORECASE) and any(
            re.search(rf"\b{table}\b", text) for table in released
        ):
            yield words
    for made in re.finditer(
        r"CREATE\s+(UNIQUE\s+)?INDEX\s+(CONCURRENTLY)?[^;]*?\bON\s+(\w+)", text, re.IGNORECASE
    ):
        if made[3] in BIG and made[3] in released and not made[2]:
            yield f"an index on {made[3]} is made CONCURRENTLY (atomic = False)"


def _table(operation: Operation, app: str, before: ProjectState) -> str:
    name = (
        getattr(operation, "model_name", "")
        or getattr(operation, "name", "")
        or getattr(operation, "old_name", "")
    )
    known = before.models.get((app, str(name).lower()))
    return known.options.get("db_table") or f"{app}_{str(name).lower()}" if known else ""


def _fills_itself(field: models.Field) -> bool:
    return field.null or field.many_to_many or field.has_db_default() or getattr(field, "generated", False)


def _only_longer(was: models.Field, now: models.Field) -> bool:
    if not isinstance(was, models.CharField) or not isinstance(now, models.CharField | models.TextField):
        return False
    return now.max_length is None or (was.max_length or 0) <= now.max_length


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))
