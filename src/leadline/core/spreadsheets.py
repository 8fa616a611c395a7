"""Cells that no spreadsheet runs as a formula, in every file that leaves the house (CUS-8, SIG-12)."""

import re

# What a spreadsheet runs begins so, unless it is a plain or a telephone number.
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
PLAIN_NUMBER = r"[+-][0-9(][0-9 ().-]*(;ext=[0-9]+)?"

_PLAIN = re.compile(PLAIN_NUMBER)
_STARTS_SQL = "'=','+','-','@',E'\\t',E'\\r',E'\\n','＝','＋','－','＠'"


def defused(cell: str) -> str:
    """A cell with an apostrophe before what would run; plain numbers and phones stay as they are."""
    cell = cell.encode("utf-8", "replace").decode()
    return f"'{cell}" if cell[:1] in FORMULA_STARTS and not _PLAIN.fullmatch(cell) else cell


def undefused(cell: str) -> str:
    """A cell as it was before it was defused, when it comes back in a file."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in FORMULA_STARTS else cell


def defused_sql(text: str) -> str:
    """SQL of the same as `defused`, over SQL of a text."""
    runs = f"left({text}, 1) IN ({_STARTS_SQL}) AND {text} !~ '^{PLAIN_NUMBER}$'"
    return f"CASE WHEN {runs} THEN '''' || {text} ELSE {text} END"
