"""A workbook (XLSX), sheet by sheet, without growing memory.

Cells are strings inside the sheet, never formulas; numbers are numbers. The database joins the cells of a
row with marks, and whole portions become XML by a few replacements: much faster than cell by cell.
"""

import re
from collections.abc import Generator
from typing import IO, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from leadline.core.fields import Field
from leadline.core.lists.export.exporting import NUMBERS, Exporting, cell_sql

MOST_ROWS = 1_048_576  # of a sheet, header included
LONGEST_CELL = 32_767
AT_ONCE = 1_000  # rows become XML; each replacement copies their text, with four bytes a letter at the worst
# Marks are characters that XML can't hold, so no cell holds them: they and their like are taken out first.
TEXT, NUMBER, EMPTY, END_TEXT, END_NUMBER = "\x01", "\x02", "\x03", "\x04", "\x05"
FORBIDDEN = "".join(f"\\x{code:02x}" for code in range(1, 32) if code not in (9, 10, 13)) + "\\uFFFE\\uFFFF"
_XML = (
    ("&", "&amp;"),
    ("<", "&lt;"),
    (">", "&gt;"),
    (TEXT, '<c t="inlineStr"><is><t xml:space="preserve">'),
    (END_TEXT, "</t></is></c>"),
    (NUMBER, "<c><v>"),
    (END_NUMBER, "</v></c>"),
    (EMPTY, "<c/>"),
)
_READ_AS_CODE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def write_workbook(exporting: Exporting, file: BinaryIO) -> Generator[int, None, None]:
    """One sheet for each 1,048,575 rows, each with the header on top and the header kept in sight."""
    row_sql = " || ".join(_marked_sql(column) for column in exporting.columns)
    header = "".join(f"{TEXT}{name}{END_TEXT}" for name in exporting.header)
    written = 0
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=1) as book:
        sheets = _Sheets(book, header)
        try:
            for rows in exporting.portions([row_sql]):
                sheets.add([row[0] for row in rows])
                written += len(rows)
                yield written
        finally:
            sheets.close()
        _write_frame(book, sheets.number)
    yield written


class _Sheets:
    """Writes rows into a sheet, and opens the next when one is full."""

    def __init__(self, book: ZipFile, header: str):
        self.book = book
        self.header = header
        self.number = 0
        self.sheet: IO[bytes] | None = None
        self.free = 0
        self.open()

    def open(self) -> None:
        self.close()
        self.number += 1
        self.sheet = self.book.open(f"xl/worksheets/sheet{self.number}.xml", "w", force_zip64=True)
        pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        views = f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
        start = f'{_DECLARATION}<worksheet xmlns="{_SPREADSHEET}">{views}<sheetData>'
        self.sheet.write(start.encode())
        self.free = MOST_ROWS
        self.write([self.header])

    def add(self, rows: list[str]) -> None:
        while rows:
            if not self.free:
                self.open()
            fitting, rows = rows[: self.free], rows[self.free :]
            for start in range(0, len(fitting), AT_ONCE):
                self.write(fitting[start : start + AT_ONCE])

    def write(self, rows: list[str]) -> None:
        assert self.sheet is not None
        self.sheet.write(_as_xml(rows).encode())
        self.free -= len(rows)

    def close(self) -> None:
        if self.sheet is not None:
            self.sheet.write(b"</sheetData></worksheet>")
            self.sheet.close()
            self.sheet = None


def _marked_sql(column: Field) -> str:
    """A cell between its marks."""
    if column.kind.key in NUMBERS and not column.exported:
        number = f"chr({ord(NUMBER)}) || ({column.sql})::text || chr({ord(END_NUMBER)})"
        return f"coalesce({number}, chr({ord(EMPTY)}))"
    text = f"nullif(left(translate({cell_sql(column)}, E'{FORBIDDEN}', ''), {LONGEST_CELL}), '')"
    return f"coalesce(chr({ord(TEXT)}) || {text} || chr({ord(END_TEXT)}), chr({ord(EMPTY)}))"


def _as_xml(rows: list[str]) -> str:
    text = "\x06".join(rows)
    if "_x" in text:
        text = _READ_AS_CODE.sub("_x005F_", text)
    for mark, xml in _XML:
        text = text.replace(mark, xml)
    return f"<row>{text.replace(chr(6), '</row><row>')}</row>"


def _write_frame(book: ZipFile, sheets: int) -> None:
    """The parts that tell a spreadsheet program what the sheets are."""
    numbers = range(1, sheets + 1)
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{main}.sheet.main+xml"/>'
        + "".join(
            f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{main}.worksheet+xml"/>'
            for number in numbers
        )
        + "</Types>",
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/_rels/workbook.xml.rels": _relations(
            [("worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
        ),
        "xl/workbook.xml": f'<workbook xmlns="{_SPREADSHEET}" xmlns:r="{_RELATIONS}"><sheets>'
        + "".join(f'<sheet name="{number}" sheetId="{number}" r:id="rId{number}"/>' for number in numbers)
        + "</sheets></workbook>",
    }
    for name, text in parts.items():
        book.writestr(name, _DECLARATION + text)


def _relations(targets: list[tuple[str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'
