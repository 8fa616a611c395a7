"""The triggers that write history: one per table and verb, for a whole statement at a time.

Statement-level triggers with transition tables cost a COPY 1.3× and an update 1.6×; row-level ones would
cost 2.4× to 3.2×.
"""

from collections.abc import Callable

from leadline.core.history.tracking import Tracking, tracked_models
from leadline.core.triggers import Family

_INSERT = (
    "INSERT INTO core_history (kind, record_id, about_kind, about_id, verb, version, changes,"
    " actor_id, via, trace, change_set_id)"
)
# Who it was is asked once for a statement, not for each row.
_WHO = """<<here>> DECLARE
    actor bigint := nullif(current_setting('leadline.actor', true), '');
    via text := coalesce(current_setting('leadline.via', true), '');
    trace text := coalesce(current_setting('leadline.trace', true), '');
    change_set bigint := nullif(current_setting('leadline.change_set', true), '');
"""
# A plan is kept for the session. One that was made for a single row must not serve a statement of
# 100,000, so nested loops over the transition tables are ruled out.
_SETTINGS = "SET enable_nestloop = off SET enable_mergejoin = off SET jit = off SET timezone = 'UTC'"
_FAMILY = Family("leadline_history_", _SETTINGS)


def install() -> int:
    """Give every tracked table its triggers and take them from tables no longer tracked.

    Returns how many were made anew.
    """
    tracked = tracked_models()
    return _FAMILY.install({(t.table, verb): sql for t in tracked for verb, sql in _functions(t).items()})


def _functions(tracking: Tracking) -> dict[str, str]:
    """The body of the function for each verb."""
    return {
        "created": _body(_row(tracking, "created", "n", "NULL::jsonb") + " FROM new_rows n"),
        "changed": _body(
            _row(tracking, "changed", "n", _changes(tracking))
            + f" FROM old_rows o JOIN new_rows n USING ({tracking.key}) WHERE {_differs(tracking)}"
        ),
        "removed": _body(_row(tracking, "removed", "o", _last_values(tracking)) + " FROM old_rows o"),
    }


def _body(select: str) -> str:
    return f" {_WHO} BEGIN {_INSERT} {select}; RETURN NULL; END "


def _row(tracking: Tracking, verb: str, row: str, changes: str) -> str:
    about_kind, about_id = _about(tracking, row)
    version = f"{row}.version" if tracking.has("version") else "NULL::integer"
    return (
        f"SELECT '{tracking.kind}', {row}.{tracking.key}, {about_kind}, {about_id}, '{verb}',"
        f" {version}, {changes}, here.actor, here.via, here.trace, here.change_set"
    )


def _about(tracking: Tracking, row: str) -> tuple[str, str]:
    """SQL of the kind and the key of the record on whose page a change is told."""
    kind, column = tracking.about
    if tracking.or_about is None:
        return f"'{kind}'", f"{row}.{column}"
    other_kind, other = tracking.or_about
    is_other = f"{row}.{column} IS NULL"
    return (
        f"CASE WHEN {is_other} THEN '{other_kind}' ELSE '{kind}' END",
        f"coalesce({row}.{column}, {row}.{other})",
    )


def _differs(tracking: Tracking) -> str:
    names = [field.column for field in tracking.columns]
    old, new = (", ".join(f'{row}."{name}"' for name in names) for row in "on")
    return f"ROW({old}) IS DISTINCT FROM ROW({new})"


def _changes(tracking: Tracking) -> str:
    """{"column": [old, new]} of the columns that differ, and the same of each custom field."""
    return _object(
        tracking,
        lambda name: (
            f'CASE WHEN o."{name}" IS DISTINCT FROM n."{name}"'
            f""" THEN '"{name}":' || json_build_array(o."{name}", n."{name}") END"""
        ),
        lambda name: (
            f'CASE WHEN o."{name}" IS DISTINCT FROM n."{name}" THEN ('
            "SELECT string_agg(to_json(key) || ':' ||"
            f' json_build_array(o."{name}" -> key, n."{name}" -> key), \',\')'
            f' FROM jsonb_object_keys(o."{name}" || n."{name}") AS key'
            f' WHERE o."{name}" -> key IS DISTINCT FROM n."{name}" -> key) END'
        ),
    )


def _last_values(tracking: Tracking) -> str:
    """{"column": [old, null]} of the columns that had a value, and the same of each custom field."""
    return _object(
        tracking,
        lambda name: (
            f'CASE WHEN o."{name}" IS NOT NULL'
            f""" THEN '"{name}":' || json_build_array(o."{name}", NULL) END"""
        ),
        lambda name: (
            "(SELECT string_agg(to_json(key) || ':' || json_build_array(value, NULL), ',')"
            f' FROM jsonb_each(o."{name}"))'
        ),
    )


def _object(tracking: Tracking, pair: Callable[[str], str], custom: Callable[[str], str]) -> str:
    """An object of the columns' pairs without those that are null.

    Put together as text: of a wide row mostly one or two columns change, and only these cost anything. A
    function takes 100 arguments, so wide tables are built in pieces.
    """
    names = [str(field.column) for field in tracking.columns]
    pairs = [custom(name) if name == tracking.custom else pair(name) for name in names]
    pieces = [f"concat_ws(',', {', '.join(pairs[at : at + 90])})" for at in range(0, len(pairs), 90)]
    filled = ", ".join(f"nullif({piece}, '')" for piece in pieces)
    return f"('{{' || concat_ws(',', {filled}) || '}}')::jsonb"
