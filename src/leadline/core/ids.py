"""Keys of records as addresses and forms bring them: text from outside."""

import re

_NUMBER = re.compile(r"[0-9]{1,18}\Z")


def numeric_id(text: object) -> int | None:
    """The id that a text is, or None for what can be none."""
    return int(text) if isinstance(text, str) and _NUMBER.match(text) else None
