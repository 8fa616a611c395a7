"""Text without regard to case, in Python and in SQL by the same rule: letter by letter."""

from django.db import connection


def folded(text: str) -> str:
    """Lower case letter by letter: no letter becomes two, none depends on its neighbours, as in SQL."""
    return text.lower() if text.isascii() else text.replace("Σ", "σ").replace("İ", "i").lower()


def folded_sql(sql: str) -> str:
    """The same in SQL. Where the server has PostgreSQL's own Unicode rules they are named, so that the
    database's locale makes no difference; PostgreSQL 15 and 16 go by that locale."""
    if connection.pg_version >= 170000:  # type: ignore[attr-defined]
        return f'lower({sql} COLLATE "pg_c_utf8")'
    return f"lower({sql})"


def like_pattern(text: str) -> str:
    """Text as it stands in a LIKE pattern."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
