"""Texts of strangers on timelines, which read Markdown: shown as they were typed."""

import re

_MARKUP = re.compile(r"([\\`*_\[\]<>#~|])")


def as_plain(text: str) -> str:
    """The text with all that Markdown would read as markup taken for what it is."""
    return _MARKUP.sub(r"\\\1", text)
