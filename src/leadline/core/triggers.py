"""Triggers of one family on many tables: one per verb, for a whole statement, made anew where they differ."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection, transaction

Name = tuple[str, str]  # table, verb
EVENTS = {
    "created": ("INSERT", "REFERENCING NEW TABLE AS new_rows"),
    "changed": ("UPDATE", "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows"),
    "removed": ("DELETE", "REFERENCING OLD TABLE AS old_rows"),
}


@dataclass(frozen=True)
class Family:
    """Triggers whose names begin alike; `settings` hold within their functions."""

    prefix: str
    settings: str

    def install(self, wanted: Mapping[Name, str]) -> int:
        """Give tables the triggers that do what is wanted, and take them from those that are not named.

        Asks one question and changes nothing when all is as it should be. Returns how many were made anew.
        """
        with transaction.atomic():
            there = self._installed()
            for table, verb in [name for name in there if name not in wanted]:
                _run(f"DROP FUNCTION {self._function(table, verb)}() CASCADE")
            changed = [name for name, body in wanted.items() if there.get(name) != self.fingerprint(body)]
            for table, verb in changed:
                self._make(table, verb, wanted[table, verb])
            return len(changed)

    def fingerprint(self, body: str) -> str:
        """By what a function is known to be the one that is wanted."""
        return hashlib.sha256(f"{self.settings}{body}".encode()).hexdigest()

    def _installed(self) -> dict[Name, str]:
        """The fingerprint of each trigger's function that is in the database."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT c.relname, t.tgname, coalesce(obj_description(t.tgfoid, 'pg_proc'), '')"
                " FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
                " WHERE t.tgparentid = 0 AND t.tgname ^@ %s AND pg_table_is_visible(c.oid)",
                [self.prefix],
            )
            return {(table, name.removeprefix(self.prefix)): made for table, name, made in cursor.fetchall()}

    def _make(self, table: str, verb: str, body: str) -> None:
        event, rows = EVENTS[verb]
        function = self._function(table, verb)
        _run(
            f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql {self.settings}"
            f" AS $f${body}$f$"
        )
        _run(f"COMMENT ON FUNCTION {function}() IS '{self.fingerprint(body)}'")
        _run(
            f"CREATE OR REPLACE TRIGGER {self.prefix}{verb} AFTER {event} ON {table} {rows}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
        )

    def _function(self, table: str, verb: str) -> str:
        return f"{self.prefix}{table}_{verb}"


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
