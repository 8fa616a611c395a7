"""The files of a report: JSON for a program, PDF for a person, in one ZIP."""

import importlib
import io
import json
import unicodedata
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import translation
from django.utils.translation import gettext as _

from leadline.core import formats
from leadline.governance.reporting.gathering import Report

TEMPLATE = Path(__file__).with_name("report.typ")
FONTS = Path(__file__).parents[1] / "fonts"
EMPTY: tuple[Any, ...] = (None, "", [], {})


def packed(report: Report) -> bytes:
    """`report.json` and `report.pdf` in one file."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("report.json", as_json(report.as_json()))
        archive.writestr("report.pdf", as_pdf(report))
    return whole.getvalue()


def as_json(content: Any) -> str:
    """JSON with moments and amounts as text, in the letters it was written with."""
    return json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)


def as_pdf(report: Report) -> bytes:
    """PDF/A: every letter is embedded. One that our font lacks is written as its number, never left out."""
    content = {
        "language": translation.get_language() or "en",
        "title": _("What is held about %(name)s") % {"name": report.person.name},
        "about": _("%(kind)s %(id)s, gathered by %(organisation)s on %(when)s")
        % {
            "kind": report.kind,
            "id": report.person.id,
            "organisation": report.organisation,
            "when": formats.moment(report.at),
        },
        "nothing": _("Nothing."),
        "sections": [
            {"title": label, "rows": [_pairs(row) for row in rows]}
            for label, rows in report.sections.values()
        ],
    }
    made = _compiler().compile(
        sys_inputs={"content": _in_our_letters(as_json(content))}, format="pdf", pdf_standards=["a-2u"]
    )
    return made if isinstance(made, bytes) else b"".join(made or [])


def _pairs(row: dict[str, Any]) -> list[list[str]]:
    return [[name, _shown(value)] for name, value in row.items() if value not in EMPTY]


def _shown(value: Any) -> str:
    return as_json(value).strip('"') if isinstance(value, dict | list | tuple) else _plain(value)


def _plain(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _in_our_letters(text: str) -> str:
    """The text, in which a letter that the font lacks is `[U+4E2D]`, as the PDF must not lack one."""
    return "".join(sign if _has(sign) else f"[U+{ord(sign):04X}]" for sign in text)


@cache
def _has(sign: str) -> bool:
    if sign == "\n" or " " <= sign <= "~":
        return True
    if unicodedata.category(sign).startswith("C"):
        return False
    try:
        _compiler().compile(
            sys_inputs={"content": json.dumps({"try": sign})}, format="pdf", pdf_standards=["a-2u"]
        )
    except _typst().TypstError:
        return False
    return True


@cache
def _compiler() -> Any:
    return _typst().Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=[FONTS], ignore_system_fonts=True)


def _typst() -> Any:
    """Loaded when it is used: seven megabytes that most processes never need."""
    return importlib.import_module("typst")
