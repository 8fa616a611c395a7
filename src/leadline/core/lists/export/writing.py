"""Writing an export in one of the forms."""

from collections.abc import Callable, Generator
from typing import BinaryIO

from django.utils.translation import gettext as _

from leadline.core.lists.export.csv_file import write_csv
from leadline.core.lists.export.exporting import Exporting
from leadline.core.lists.export.json_lines import write_json_lines
from leadline.core.lists.export.workbook import write_workbook
from leadline.core.refusals import RuleBroken

Writer = Callable[[Exporting, BinaryIO], Generator[int, None, None]]
FORMATS: dict[str, Writer] = {"csv": write_csv, "xlsx": write_workbook, "jsonl": write_json_lines}
GOES_ON = {"csv", "jsonl"}  # a file of lines goes on where it stopped; a workbook must be written anew
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonl": "application/x-ndjson",
}


def write(exporting: Exporting, file: BinaryIO, form: str) -> Generator[int, None, None]:
    """Write the selection as csv, xlsx or jsonl; gives the number of rows written so far, now and then.

    Window by window it gives one number for each; go on to the end, as a workbook is closed after the last.
    """
    require_form(form)
    return FORMATS[form](exporting, file)


def require_form(form: str) -> None:
    """Refuse a form that nobody knows."""
    if form not in FORMATS:
        message = _("“%(value)s” is no form of export. Accepted: %(accepted)s.")
        words = {"value": str(form)[:60], "accepted": ", ".join(FORMATS)}
        raise RuleBroken(message % words, field="format", value=str(form)[:60])
