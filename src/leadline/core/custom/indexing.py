"""Indexes over custom fields, built in the background while everybody works (CUS-4, CUS-21).

An order needs one index for each branch of a scope, as declared orders have; a key of imports one more. What
is wanted is read from the definition when the job runs, so that two jobs, or one that was killed, end alike.
"""

from dataclasses import dataclass

from django.apps import apps
from django.db import connection
from django.utils.translation import gettext as _

from leadline.core.actions import Actor
from leadline.core.custom.building import order_mark, order_sql
from leadline.core.custom.models import CustomField
from leadline.core.fields import Catalogue
from leadline.core.jobs.actions import start_job
from leadline.core.jobs.models import Job

KIND = "custom.index"
# Branch of a scope → its column, and what the index holds beside.
BRANCHES = {
    "all": ("", ""),
    "owner": ("owner_id", "team_id"),
    "team": ("team_id", ""),
    "territory": ("territory_id", ""),
}


@dataclass(frozen=True)
class Index:
    """One index: its name, and what follows the table in its definition."""

    name: str
    definition: str
    mark: str


def start_indexing(definition: CustomField, *, by: Actor) -> Job:
    """Have the indexes of a field built or removed, as it says now."""
    title = _("Index of the field “%(field)s”") % {"field": definition.label}
    return start_job(KIND, title=title, params={"field": definition.pk}, by=by)


def wanted_indexes(definition: CustomField, about: Catalogue) -> list[Index]:
    """The indexes that a field shall have by now."""
    if definition.is_archived:
        return []
    found = []
    order = order_sql(definition, about).replace(f"{about.table}.", "")
    if order:
        mark = order_mark(order_sql(definition, about))
        found += [
            Index(f"{prefix_of(definition)}{branch}", _ordered(order, branch, about), mark)
            for branch in _branches(about)
        ]
    if definition.is_key:
        column = about.custom.rpartition(".")[2]
        found.append(
            Index(
                f"{prefix_of(definition)}key", f"(({column} ->> '{definition.name}') text_pattern_ops)", "key"
            )
        )
    return found


def prefix_of(definition: CustomField) -> str:
    """How the names of a field's indexes begin."""
    return f"custom_{definition.pk}_"


def present_indexes(definition: CustomField) -> dict[str, str]:
    """Name → mark of the indexes that are whole; of one that is not, the mark is empty."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, CASE WHEN i.indisvalid AND i.indisready"
            " THEN coalesce(obj_description(c.oid, 'pg_class'), '') ELSE '' END"
            " FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid WHERE c.relname ^@ %s"
            " AND pg_table_is_visible(c.oid)",
            [prefix_of(definition)],
        )
        return dict(cursor.fetchall())


def build(index: Index, about: Catalogue) -> None:
    """Build an index while others write. The mark that says it is whole comes last."""
    how = _how()
    _run(f"DROP INDEX {how} IF EXISTS {index.name}")
    _run(f"CREATE INDEX {how} {index.name} ON {about.table} {index.definition}")
    _run(f"COMMENT ON INDEX {index.name} IS '{index.mark}'")


def remove(name: str) -> None:
    """Remove an index while others read."""
    _run(f"DROP INDEX {_how()} IF EXISTS {name}")


def analyze(about: Catalogue) -> None:
    """Let the planner know what the new indexes hold."""
    _run(f"ANALYZE {about.table}")


def _how() -> str:
    """Within a transaction (a test, a set-up by hand) an index is built at once."""
    return "" if connection.in_atomic_block else "CONCURRENTLY"


def _branches(about: Catalogue) -> list[str]:
    """Those of a record's own scope; who sees a record by another one's scope has one order for all."""
    columns = {field.column for field in apps.get_model(about.model)._meta.concrete_fields}
    return [branch for branch, (column, _beside) in BRANCHES.items() if not column or column in columns]


def _ordered(order: str, branch: str, about: Catalogue) -> str:
    column, beside = BRANCHES[branch]
    tests = [f"{about.archived_sql.rpartition('.')[2]} IS NULL"] if about.archived_sql else []
    tests += ["territory_id IS NOT NULL"] if branch == "territory" else []
    key = about.id.rpartition(".")[2]
    include = f" INCLUDE ({beside})" if beside else ""
    where = f" WHERE {' AND '.join(tests)}" if tests else ""
    return f"({f'{column}, ' if column else ''}{order}, {key}){include}{where}"


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
