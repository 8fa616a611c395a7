"""An export holds what the filter shows, comes back in, and has nothing a spreadsheet would run (CUS-8)."""

import csv
import io
import json

import pytest
from django.db import connection
from python_calamine import CalamineWorkbook

from leadline.core.conditions import Context
from leadline.core.fields import Catalogue, Field, register
from leadline.core.fields.kinds import DATE, MOMENT, NUMBER, PHONE, TAGS, TEXT, YES_NO
from leadline.core.lists import Selection
from leadline.core.lists.export import Exporting, write
from leadline.core.refusals import RuleBroken

pytestmark = pytest.mark.django_db

register(
    Catalogue(
        kind="crate",
        label="Crate",
        plural="Crates",
        model="",
        table="crates",
        fields=(
            Field(name="name", label="Name", kind=TEXT, sql="crates.name"),
            Field(name="phone", label="Phone", kind=PHONE, sql="crates.phone"),
            Field(name="weight", label="Weight", kind=NUMBER, sql="crates.weight"),
            Field(name="made", label="Made", kind=DATE, sql="crates.made"),
            Field(name="seen", label="Seen", kind=MOMENT, sql="crates.seen"),
            Field(name="open", label="Open", kind=YES_NO, sql="crates.open"),
            Field(name="tags", label="Tags", kind=TAGS, sql="crates.tags"),
        ),
    )
)
NAMES = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1",
    "-5",
    "+62 812-3456",
    "plain",
    'quote " comma, line\nbreak',
    "<b>&amp;</b>",
    "é 漢字 😀",
    "mark\x01\x06",
    "_x0041_",
    "",
    "'=1",
]
DEFUSED = {0, 1, 2, 3, 4, 5, 6}


class Everything:
    everything = True

    def sql(self, table):
        return "TRUE", []

    def branches(self, table):
        return [("TRUE", [])]


@pytest.fixture
def crates():
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE crates (id bigint, name text, phone text, weight numeric, made date,"
            " seen timestamptz, open boolean, tags text[]) ON COMMIT DROP"
        )
        cursor.executemany(
            "INSERT INTO crates VALUES (%s, %s, '+6281234567', 1.50, '2026-03-04', '2026-03-04T05:06:07+02',"
            " true, ARRAY['a', 'b'])",
            list(enumerate(NAMES)),
        )


def exported(form: str, names=()) -> tuple[bytes, list[int]]:
    file = io.BytesIO()
    exporting = Exporting.of(Selection("crate"), list(names), scope=Everything(), context=Context())
    progress = list(write(exporting, file, form))
    return file.getvalue(), progress


def expected(number: int) -> str:
    return "'" + NAMES[number] if number in DEFUSED else NAMES[number]


def test_csv_has_field_names_iso_times_and_no_formula(crates):
    content, progress = exported("csv")
    rows = list(csv.reader(io.StringIO(content.decode(), newline="")))

    assert rows[0] == ["name", "phone", "weight", "made", "seen", "open", "tags"]
    assert rows[1][1:] == ["+6281234567", "1.50", "2026-03-04", "2026-03-04T03:06:07Z", "yes", "a, b"]
    assert [row[0] for row in rows[1:]] == [expected(number) for number in range(len(NAMES))]
    assert progress[-1] == len(NAMES)


def test_a_workbook_reads_back_as_it_was_written(crates):
    content, progress = exported("xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()

    assert rows[0] == ["name", "phone", "weight", "made", "seen", "open", "tags"]
    assert rows[1][1:] == ["+6281234567", 1.5, "2026-03-04", "2026-03-04T03:06:07Z", "yes", "a, b"]
    assert rows[8][0] == "-5"
    assert rows[11][0] == NAMES[10]
    assert rows[12][0] == "<b>&amp;</b>"
    assert rows[14][0] == "mark"
    assert all(not str(row[0]).startswith(("=", "@")) for row in rows)
    assert len(rows) == len(NAMES) + 1
    assert progress[-1] == len(NAMES)


def test_a_workbook_goes_on_in_a_second_sheet(crates, monkeypatch):
    monkeypatch.setattr("leadline.core.lists.export.workbook.MOST_ROWS", 10)
    content, _progress = exported("xlsx", ["name"])
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))

    sheets = [
        book.get_sheet_by_index(at).to_python(skip_empty_area=False) for at in range(len(book.sheet_names))
    ]

    assert len(sheets) == 2
    assert [sheet[0] for sheet in sheets] == [["name"], ["name"]]


def test_json_lines_keep_types_and_text_as_it_is(crates):
    content, progress = exported("jsonl", ["name", "weight", "open", "tags", "made"])
    rows = [json.loads(line) for line in content.decode().splitlines()]

    assert [row["name"] for row in rows] == NAMES
    assert rows[0] == {"name": "=1+1", "weight": 1.5, "open": True, "tags": ["a", "b"], "made": "2026-03-04"}
    assert progress[-1] == len(NAMES)


def test_unknown_columns_and_forms_are_refused(crates):
    with pytest.raises(RuleBroken, match="nothing"):
        exported("csv", ["nothing"])
    with pytest.raises(RuleBroken, match="jsonl"):
        exported("pdf")
