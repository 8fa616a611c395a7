"""A look over the whole file before anything is written: how many rows, and in which form dates and
numbers are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from leadline.imports.importables import importable
from leadline.imports.models import Import
from leadline.imports.reading.dates import DateColumn
from leadline.imports.reading.encodings import Repairs
from leadline.imports.reading.numbers import NumberColumn
from leadline.imports.reading.tables import rows_of
from leadline.imports.reading.workbooks import Workbook


@dataclass(frozen=True)
class Question:
    """A column that can be read two ways: a person has to say how."""

    column: int
    name: str
    asks: str  # date | number
    why: str  # ambiguous | mixed
    examples: tuple[str, ...]


def study_of(brought: Import) -> dict[str, Any]:
    """Rows, forms found and questions left, as they are stored with the import."""
    asked = dict(_asked(brought))
    repairs = Repairs()
    count = 0
    for row in rows_of(brought.table_path, brought.table_form, repairs):
        count += 1
        if asked and row.cells and not row.problem:
            for place, column in asked.items():
                column.add(row.cells[place])
    names = brought.table_form.names
    questions = [
        Question(place, names[place], _asks(column), column.question, tuple(column.examples))
        for place, column in asked.items()
        if column.question
    ]
    return {
        "rows": count,
        "forms": {str(place): column.form for place, column in asked.items() if column.form},
        "questions": [asdict(question) for question in questions],
        "repairs": repairs.sentences(),
    }


def open_questions(brought: Import) -> list[Question]:
    """The questions that nobody has answered yet."""
    return [
        Question(**{**asked, "examples": tuple(asked["examples"])})
        for asked in brought.study.get("questions", [])
        if not brought.forms.get(str(asked["column"]))
    ]


def _asked(brought: Import) -> Iterator[tuple[int, DateColumn | NumberColumn]]:
    """The mapped columns of dates and numbers; true numbers and dates of a workbook need no question."""
    fields = importable(brought.kind).catalogue.by_name
    kinds = {int(place): told for place, told in brought.cell_kinds.items()}
    typed = Workbook([], "", 0, kinds).typed(brought.table_form.skip)
    for place, name in brought.columns.items():
        family = fields[name].kind.family if name in fields else ""
        if family in ("date", "moment") and typed.get(place) != "date":
            yield place, DateColumn()
        elif family == "number" and typed.get(place) != "number":
            yield place, NumberColumn()


def _asks(column: DateColumn | NumberColumn) -> str:
    return "date" if isinstance(column, DateColumn) else "number"
