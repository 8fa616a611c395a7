"""How the file is read, which column is what, what duplicates become."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from leadline.core.refusals import RuleBroken, RulesBroken
from leadline.imports import actions
from leadline.imports.actions.bringing import kept_mapping
from leadline.imports.importables import importable
from leadline.imports.models import Import
from leadline.imports.needing import keys_held, missing_to_create
from leadline.imports.reading.encodings import CHOICES
from leadline.imports.reading.mapping import propose
from leadline.imports.reading.tables import samples_of
from leadline.imports.views.fetching import import_of, show, step_of
from leadline.imports.words import words_of_choices

SHOWN_ROWS = 8
SHOWN_SAMPLES = 3
WORD = re.compile(r"word-(?P<place>[0-9]{1,4})-(?P<number>[0-9]{1,4})")
DELIMITERS = {
    ",": gettext_lazy("Comma"),
    ";": gettext_lazy("Semicolon"),
    "\t": gettext_lazy("Tab"),
    "|": "|",
    "^": "^",
    "~": "~",
}


@require_GET
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """How the file is read, with its first rows; everything can be corrected."""
    brought = import_of(request, pk)
    return redirect(step_of(brought)) if brought.is_started else _file(request, brought)


@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the file as the person says."""
    brought = import_of(request, pk)
    header = request.POST.get("header", "")
    chosen: dict[str, Any] = {
        "encoding": request.POST.get("encoding") or None,
        "delimiter": request.POST.get("delimiter") or None,
        "quote": request.POST.get("quote"),
        "sheet": request.POST.get("sheet") or None,
        "header": int(header) if header.isascii() and header.isdecimal() and len(header) < 6 else None,
    }
    if chosen["quote"] not in ('"', "'", ""):
        chosen["quote"] = None
    try:
        actions.read_again(brought, by=request.actor, **chosen)  # type: ignore[attr-defined]
    except (RuleBroken, RulesBroken) as refusal:
        return _file(request, brought, refusal)
    return redirect("imports:file", pk)


@require_GET
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Which column fills which field, proposed and to be corrected."""
    brought = import_of(request, pk)
    return redirect(step_of(brought)) if brought.is_started else _columns(request, brought)


@require_POST
def map_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which column fills which field; what new records would lack is told at once."""
    brought = import_of(request, pk)
    mapping = {
        place: request.POST.get(f"column-{place}", "") for place in range(len(brought.table_form.names))
    }
    try:
        values = _values_typed(request, brought)
        mapped = actions.map_columns(brought, mapping=mapping, values=values, by=request.actor)  # type: ignore[attr-defined]
        if "only_update" in request.POST and (keys := keys_held(mapped)):
            mapped = actions.choose_options(mapped, on_duplicate="update", key=keys[0], by=request.actor)  # type: ignore[attr-defined]
        if missing := missing_to_create(mapped):
            raise RulesBroken(missing)
    except (RuleBroken, RulesBroken) as refusal:
        brought.mapping = {str(place): field for place, field in mapping.items()}
        return _columns(request, brought, refusal)
    return redirect("imports:duplicates", pk)


@require_GET
def duplicates(request: HttpRequest, pk: int) -> HttpResponse:
    """What happens with rows that are here already."""
    brought = import_of(request, pk)
    return redirect(step_of(brought)) if brought.is_started else _duplicates(request, brought)


@require_POST
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose what duplicates become and how they are found; the whole file is checked next."""
    brought = import_of(request, pk)
    try:
        chosen = actions.choose_options(
            brought,
            on_duplicate=request.POST.get("on_duplicate", ""),
            key=request.POST.get("key", ""),
            erase_empty="erase_empty" in request.POST,
            source=request.POST.get("source"),
            make_customers="make_customers" in request.POST,
            by=request.actor,  # type: ignore[attr-defined]
        )
        actions.start_check(chosen, by=request.actor)  # type: ignore[attr-defined]
    except (RuleBroken, RulesBroken) as refusal:
        brought.refresh_from_db()
        return _duplicates(request, brought, refusal)
    return redirect("imports:preview", pk)


def _file(
    request: HttpRequest, brought: Import, refusal: RuleBroken | RulesBroken | None = None
) -> HttpResponse:
    form = brought.table_form
    delimiters = (
        DELIMITERS if form.delimiter in DELIMITERS else {**DELIMITERS, form.delimiter: form.delimiter}
    )
    context = {
        "form": form,
        "rows": samples_of(brought.table_path, form, SHOWN_ROWS),
        "encodings": list(CHOICES.items()),
        "perhaps": CHOICES.get(form.perhaps, ""),
        "delimiters": list(delimiters.items()),
        "quotes": [('"', '"'), ("'", "'"), ("", _("None"))],
        "headers": [(0, _("None")), *((line, _("Line %(n)s") % {"n": line}) for line in range(1, 21))],
        "header": form.skip if form.has_header else 0,
        "sheets": [
            (name, name if visible else _("%(name)s (hidden)") % {"name": name})
            for name, visible in brought.sheets
        ],
    }
    return show(request, brought, "file", context, refusal)


def _columns(
    request: HttpRequest, brought: Import, refusal: RuleBroken | RulesBroken | None = None
) -> HttpResponse:
    form = brought.table_form
    rows = [row.cells for row in samples_of(brought.table_path, form) if row.cells and not row.problem]
    kind = importable(brought.kind)
    targets = kind.targets(request.user)  # type: ignore[arg-type]
    proposed = propose(form.names, rows, targets, brought.kind, nameless=not form.has_header)
    lines = [
        {
            "place": place,
            "name": name,
            "samples": _some(rows, place),
            "field": brought.mapping.get(str(place), ""),
            "why": proposed[place].why if place in proposed else "",
        }
        for place, name in enumerate(form.names)
    ]
    mapped = sum(bool(line["field"]) for line in lines)
    missing = missing_to_create(brought)
    context = {
        "lines": lines,
        "fields": kind.labels(request.user),  # type: ignore[arg-type]
        "mapped": mapped,
        "words": words_of_choices(brought, rows),
        "kept": kept_mapping(brought, request.user),  # type: ignore[arg-type]
        "missing": missing,
        "may_only_update": bool(missing and keys_held(brought)),
    }
    return show(request, brought, "columns", context, refusal)


def _values_typed(request: HttpRequest, brought: Import) -> dict[int, dict[str, str]] | None:
    """What words mean, as chosen beside them; nothing where the page asked for none."""
    found: dict[int, dict[str, str]] = {}
    for name in request.POST:
        match = WORD.fullmatch(name)
        if match:
            place, number = int(match["place"]), match["number"]
            words = found.setdefault(place, {})
            if choice := request.POST.get(f"choice-{place}-{number}"):
                words[str(request.POST[name])] = choice
    return found or None


def _some(rows: list[list[str]], place: int) -> list[str]:
    """The first different values of a column."""
    values = dict.fromkeys(row[place].strip()[:60] for row in rows if row[place].strip())
    return list(values)[:SHOWN_SAMPLES]


def _duplicates(
    request: HttpRequest, brought: Import, refusal: RuleBroken | RulesBroken | None = None
) -> HttpResponse:
    kind = importable(brought.kind)
    ways = [
        ("skip", _("Skip the row"), _("The record stays as it is.")),
        (
            "update",
            _("Update the record"),
            _("Filled cells replace stored values; empty cells erase nothing."),
        ),
        ("create", _("Always create"), _("Two records that look the same will stand side by side.")),
    ]
    context = {
        "ways": [
            way
            for way in ways
            if (way[0] != "update" or kind.updates) and (way[0] != "create" or kind.doubles)
        ],
        "known_by": kind.known_by(request.user),  # type: ignore[arg-type]
        "asks_source": bool({"external_id", "customer_external_id"} & set(brought.columns.values())),
        "makes_customers": kind.makes_customers,
    }
    return show(request, brought, "duplicates", context, refusal)
