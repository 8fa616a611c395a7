"""Parameters by name, where a statement stands in another one."""

from collections.abc import Mapping, Sequence
from typing import Any


def named(sql: str, params: Sequence[Any], values: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """A statement with its parameters by name, and `values` with these; several may be named in turn."""
    first = len(values)
    pieces = sql.split("%s")
    text = pieces[0] + "".join(f"%(p{first + at})s{piece}" for at, piece in enumerate(pieces[1:]))
    return text, {**values, **{f"p{first + at}": value for at, value in enumerate(params)}}
