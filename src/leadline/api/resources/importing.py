"""Beginning an import from one request: the file and all answers that the wizard would ask for."""

import json
from collections.abc import Callable
from contextlib import contextmanager
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from leadline.api.bodies import only
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.imports.actions import bring, choose_options, map_columns, read_again, start_check, start_import
from leadline.imports.files import Kept, keep, remove
from leadline.imports.importables import IMPORTABLES, importable
from leadline.imports.models import Import

READING = ("encoding", "delimiter", "header", "sheet")
ANSWERS = (
    *("kind", "source", "mapping", "forms", "values", "duplicates", "key", "erase_empty", "make_customers"),
    *("start", *READING),
)
HOW_FAR = ("run", "check", "no")
_TEXT = {"type": "string"}
TAKES = {
    "type": "object",
    "properties": {
        "file": {"type": "string", "format": "binary"},
        "kind": {"enum": list(IMPORTABLES)},
        "mapping": {
            **_TEXT,
            "description": 'JSON: column (its name, or its place from 0) to field, {"Mail": "email"}.',
        },
        "forms": {
            **_TEXT,
            "description": "JSON: column to the form of its dates or numbers, where both can be meant.",
        },
        "duplicates": {"enum": Import.OnDuplicate.values, "default": "skip"},
        "values": {
            **_TEXT,
            "description": 'JSON: column to what its words mean, {"Stage": {"Lead": "prospect"}}.',
        },
        "key": {
            **_TEXT,
            "default": "email",
            "description": "By what a record is known: email, phone, name, external_id, id or a custom key.",
        },
        "erase_empty": {"enum": ["true", "false"], "default": "false"},
        "make_customers": {
            "enum": ["true", "false"],
            "default": "false",
            "description": "Rows of contacts add the customers that are not here yet.",
        },
        "source": {**_TEXT, "description": "The system that the file and its external ids come from."},
        "encoding": _TEXT,
        "delimiter": _TEXT,
        "header": {"type": "integer", "minimum": 0},
        "sheet": _TEXT,
        "start": {"enum": list(HOW_FAR), "default": "run"},
    },
    "required": ["file", "kind"],
}


def start_from(request: Request) -> Import:
    """Keep the file, read it, take the answers, start what was asked. Raises `RuleBroken` naming the part."""
    given = only({name: str(value) for name, value in request.POST.items()}, ANSWERS)
    for name, value in given.items():
        if "\x00" in value:
            raise RuleBroken(_("This holds a character that is not text."), field=name)
    kind = importable(given.get("kind", "")).key
    how_far = _one_of(given, "start", HOW_FAR)
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        raise RuleBroken(_("Send the file in the part “file”."), field="file")
    kept = keep(file.chunks(), file.name or "")
    with _removed_if_refused(kept):
        brought = bring(kind, kept, source=given.get("source", ""), by=request.actor)
        brought = _answered(brought, given, by=request.actor)
        if how_far == "run":
            start_import(brought, by=request.actor)
        elif how_far == "check":
            start_check(brought, by=request.actor)
    return Import.objects.select_related("job", "changes", "created_by").get(pk=brought.pk)


@contextmanager
def _removed_if_refused(kept: Kept) -> Any:
    try:
        yield
    except BaseException:
        remove(kept.path)
        raise


def _answered(brought: Import, given: dict[str, str], *, by: Any) -> Import:
    """The import with the answers that were given; what was not given stays as it was found."""
    chosen: dict[str, Any] = {name: given[name] for name in READING if given.get(name)}
    if "header" in chosen:
        chosen["header"] = _number(chosen["header"], "header")
    if chosen:
        brought = read_again(brought, by=by, **chosen)
    if given.get("mapping") or given.get("forms") or given.get("values"):
        forms = _by_place(brought, given, "forms")
        mapping = _by_place(brought, given, "mapping") if given.get("mapping") else brought.columns
        values = _words_by_place(brought, given) if given.get("values") else None
        brought = map_columns(brought, mapping=mapping, forms=forms, values=values, by=by)
    return choose_options(
        brought,
        on_duplicate=given.get("duplicates", ""),
        key=given.get("key", ""),
        erase_empty=_one_of(given, "erase_empty", ("false", "true")) == "true",
        make_customers=_yes_or_no(given, "make_customers"),
        source=given.get("source"),
        by=by,
    )


def _yes_or_no(given: dict[str, str], name: str) -> bool | None:
    """What was said, if anything was."""
    return _one_of(given, name, ("false", "true")) == "true" if given.get(name) else None


def _words_by_place(brought: Import, given: dict[str, str]) -> dict[int, dict[str, str]]:
    """What words mean, by the place of their column. Raises `RuleBroken` naming what is wrong."""
    meant: dict[int, dict[str, str]] = {}
    for column, words in _object(given, "values").items():
        if not isinstance(words, dict) or not all(isinstance(choice, str) for choice in words.values()):
            message = _("“%(name)s” is a JSON object.") % {"name": "values"}
            raise RuleBroken(message, field="values", value=given["values"])
        for place in by_place(brought, {column: ""}, "values"):
            meant[place] = words
    return meant


def _by_place(brought: Import, given: dict[str, str], name: str) -> dict[int, str]:
    """A mapping from columns, named or counted, as the action takes it: by place."""
    return by_place(brought, _object(given, name), name)


def by_place(brought: Import, given: dict[str, Any], name: str) -> dict[int, str]:
    """Texts by columns, named or counted from 0, as texts by place. Raises `RuleBroken` naming the column."""
    places = {column.strip().casefold(): place for place, column in enumerate(brought.table_form.names)}
    chosen: dict[int, str] = {}
    for column, value in given.items():
        place = places.get(column.strip().casefold())
        if place is None and column.isascii() and column.isdigit() and len(column) < 6:
            place = int(column)
        if place is None or not isinstance(value, str | None):
            known = ", ".join(brought.table_form.names)[:300]
            message = _("There is no column “%(column)s”. The file has: %(known)s.")
            raise RuleBroken(message % {"column": column[:60], "known": known}, field=name, value=column)
        chosen[place] = value or ""
    return chosen


def _object(given: dict[str, str], name: str) -> dict[str, Any]:
    read: Callable[[str], Any] = json.loads
    try:
        found = read(given.get(name) or "{}")
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise RuleBroken(
            _("“%(name)s” is a JSON object.") % {"name": name}, field=name, value=given.get(name)
        )
    return found


def _one_of(given: dict[str, str], name: str, known: tuple[str, ...]) -> str:
    value = given.get(name) or known[0]
    if value not in known:
        message = _("“%(value)s” is not known. Accepted: %(accepted)s.")
        raise RuleBroken(message % {"value": value[:60], "accepted": ", ".join(known)}, name, value)
    return value


def _number(text: str, name: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise RuleBroken(_("“%(name)s” is a whole number.") % {"name": name}, field=name, value=text)
    return int(text)
