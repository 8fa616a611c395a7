"""Run as a program of its own, within bounds of memory and time: one sheet of a workbook to CSV.

It imports nothing of the house. What it has to say is one line of JSON on its standard output."""

import csv
import datetime
import json
import resource
import sys

import python_calamine


def main(path: str, sheet: str, target: str, memory: str, seconds: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    print(json.dumps(convert(path, sheet, target)))


def convert(path: str, sheet: str, target: str) -> dict[str, object]:
    try:
        workbook = python_calamine.CalamineWorkbook.from_path(path)
    except python_calamine.PasswordError:
        return {"error": "password"}
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        return {"error": "password" if "password" in str(error).lower() else "damaged"}
    kinds = python_calamine.SheetTypeEnum
    states = python_calamine.SheetVisibleEnum
    sheets = [
        {"name": one.name, "visible": one.visible == states.Visible}
        for one in workbook.sheets_metadata
        if one.typ == kinds.WorkSheet
    ]
    try:
        for name in wanted(sheets, sheet):
            written = write(workbook.get_sheet_by_name(name), target)
            if written[0] or sheet:
                return {"sheets": sheets, "sheet": name, "rows": written[0], "kinds": written[1]}
    except (python_calamine.CalamineError, OSError, ValueError):
        return {"error": "damaged"}
    return {"error": "no rows", "sheets": sheets}


def wanted(sheets: list[dict[str, object]], sheet: str) -> list[str]:
    """The chosen sheet; else the visible ones first, then the hidden ones."""
    if sheet:
        return [sheet] if any(one["name"] == sheet for one in sheets) else []
    return [str(one["name"]) for one in sorted(sheets, key=lambda one: not one["visible"])]


def write(sheet: "python_calamine.CalamineSheet", target: str) -> tuple[int, dict[int, dict[str, int]]]:
    """Every row, the empty ones too, so that a row's number is the one the person sees.

    Beside the count: for each column the kinds of its cells, each with the last row it was seen in, so that
    a true number or date is never asked about."""
    start = sheet.start
    if start is None:
        return (0, {})
    kinds: dict[int, dict[str, int]] = {}
    count = start[0]
    with open(target, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        before = [""] * start[1]
        for _ in range(start[0]):
            writer.writerow(["", ""])
        for row in sheet.iter_rows():
            count += 1
            cells = before + [text(value) for value in row]
            writer.writerow(cells if len(cells) > 1 else [*cells, ""])
            for place, value in enumerate(row, start=start[1]):
                if value != "":
                    kinds.setdefault(place, {})[kind(value)] = count
    return (count, kinds)


def kind(value: object) -> str:
    if isinstance(value, bool | str):
        return "text"
    return "number" if isinstance(value, int | float) else "date"


def text(value: object) -> str:
    """A cell as a person would type it; whole numbers without a decimal sign, days and times by ISO 8601."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime):
        whole_day = (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0)
        return value.date().isoformat() if whole_day else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return "" if value is None else str(value)


if __name__ == "__main__":
    main(*sys.argv[1:])
