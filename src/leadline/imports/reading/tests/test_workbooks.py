import datetime
import zipfile

import pytest
import xlsxwriter

from leadline.imports.reading.encodings import Repairs
from leadline.imports.reading.tables import find_form, rows_of
from leadline.imports.reading.unreadable import UnreadableFile
from leadline.imports.reading.workbooks import convert


@pytest.fixture
def workbook(tmp_path):
    path = tmp_path / "book.xlsx"
    book = xlsxwriter.Workbook(path)
    yield book
    if not book.fileclosed:
        book.close()


def read(book, tmp_path, sheet=""):
    book.close()
    found = convert(tmp_path / "book.xlsx", tmp_path / "sheet.csv", sheet)
    form = find_form(
        tmp_path / "sheet.csv", {"name", "email", "phone"}, sheet=True, encoding="utf-8", delimiter=","
    )
    return found, form, list(rows_of(tmp_path / "sheet.csv", form, Repairs()))


def test_numbers_dates_and_formulas_come_as_a_person_sees_them(workbook, tmp_path):
    day = workbook.add_format({"num_format": "yyyy-mm-dd"})
    sheet = workbook.add_worksheet("Customers")
    sheet.write_row(0, 0, ["name", "phone", "since", "amount", "formula"])
    sheet.write_row(2, 0, ["Acme\nInc", 628111234567])
    sheet.write_datetime(2, 2, datetime.datetime(2026, 3, 31), day)
    sheet.write_number(2, 3, 1.234)
    sheet.write_formula(2, 4, "=1+1", None, 2)

    found, form, rows = read(workbook, tmp_path)

    assert [(row.number, row.cells) for row in rows if row.cells] == [
        (3, ["Acme\nInc", "628111234567", "2026-03-31", "1.234", "2"])
    ]
    assert found.typed(form.skip) == {1: "number", 2: "date", 3: "number", 4: "number"}


def test_the_first_visible_sheet_with_rows_is_taken_and_another_can_be_chosen(workbook, tmp_path):
    hidden = workbook.add_worksheet("Hidden")
    hidden.write_row(0, 0, ["name", "email"])
    workbook.add_worksheet("Empty").activate()
    full = workbook.add_worksheet("Full")
    full.write_row(0, 0, ["name", "email"])
    full.write_row(1, 0, ["Acme", "a@b.c"])
    full.set_first_sheet()
    hidden.hide()

    found, _, rows = read(workbook, tmp_path)

    assert found.sheet == "Full"
    assert [(sheet.name, sheet.visible) for sheet in found.sheets] == [
        ("Hidden", False),
        ("Empty", True),
        ("Full", True),
    ]
    assert rows[0].cells == ["Acme", "a@b.c"]
    assert convert(tmp_path / "book.xlsx", tmp_path / "other.csv", "Hidden").sheet == "Hidden"


def test_a_workbook_without_rows_is_told(workbook, tmp_path):
    workbook.add_worksheet()

    with pytest.raises(UnreadableFile, match="no sheet with rows"):
        read(workbook, tmp_path)


def test_a_sheet_of_billions_of_cells_is_refused_within_bounds(workbook, tmp_path):
    sheet = workbook.add_worksheet()
    sheet.write(0, 0, "name")
    sheet.write(1_048_575, 16_383, "far out")

    with pytest.raises(UnreadableFile, match="more cells than can be held"):
        read(workbook, tmp_path)


def rewritten(path, target, changes):
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in source.namelist():
            copy.writestr(name, changes.get(name, source.read(name)))


def test_a_bomb_is_refused_before_it_is_unpacked(workbook, tmp_path):
    workbook.add_worksheet().write(0, 0, "name")
    workbook.close()
    rewritten(tmp_path / "book.xlsx", tmp_path / "bomb.xlsx", {"xl/worksheets/sheet1.xml": bytes(200 << 20)})

    with pytest.raises(UnreadableFile, match="unpack to more"):
        convert(tmp_path / "bomb.xlsx", tmp_path / "out.csv")


def test_a_sheet_that_only_claims_a_billion_cells_is_read(workbook, tmp_path):
    sheet = workbook.add_worksheet()
    sheet.write_row(0, 0, ["name", "email"])
    sheet.write_row(1, 0, ["Acme", "a@b.c"])
    workbook.close()
    with zipfile.ZipFile(tmp_path / "book.xlsx") as archive:
        content = archive.read("xl/worksheets/sheet1.xml").replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"')
    rewritten(tmp_path / "book.xlsx", tmp_path / "claims.xlsx", {"xl/worksheets/sheet1.xml": content})

    assert convert(tmp_path / "claims.xlsx", tmp_path / "out.csv").rows == 2


@pytest.mark.parametrize("place", [100, 600, 1500, 3000])
def test_damage_anywhere_is_a_refusal_or_rows(workbook, tmp_path, place):
    sheet = workbook.add_worksheet()
    for row in range(100):
        sheet.write_row(row, 0, ["name", row])
    workbook.close()
    content = bytearray((tmp_path / "book.xlsx").read_bytes())
    content[place : place + 200] = b"\xff" * 200
    (tmp_path / "torn.xlsx").write_bytes(content)

    with pytest.raises(UnreadableFile, match="damaged"):
        convert(tmp_path / "torn.xlsx", tmp_path / "out.csv")
