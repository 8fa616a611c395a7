"""/imports/…/rejected-rows: rows that were rejected, to be read, corrected and imported (CUS-19)."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import answer
from leadline.api.bodies import object_of, only
from leadline.api.describing.operations import PAGING, fields, ref, says
from leadline.api.describing.operations import list_of as described_list
from leadline.api.listing import limit_in, listed, parameters_of
from leadline.api.resources.importing import by_place
from leadline.api.resources.imports import import_seen, import_shown
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.imports.actions import correct_rows
from leadline.imports.models import Import
from leadline.imports.rejected import mended, rejected_page
from leadline.imports.rows import Rejected

router = Router(tags=["imports"])
CELLS = {"type": "object", "additionalProperties": {"type": "string"}}
ROW = fields({"row": {"type": "integer"}, "cells": CELLS, "reason": {"type": "string"}}, "row", "cells")
CORRECTIONS = {"type": "array", "items": fields({"row": {"type": "integer"}, "cells": CELLS}, "row", "cells")}
LARGEST_ROW = 10**12


@router.get(
    "/{int:import_id}/rejected-rows",
    summary="List rejected rows",
    **says(gives=described_list(ROW), query=PAGING[:2]),
)
def list_rejected_rows(request: Request, import_id: int) -> HttpResponse:
    """In the order of the file, without those that were corrected; `cells` goes by the names of columns."""
    given = parameters_of(request, ("limit", "cursor"))
    brought = import_seen(request, import_id)
    limit = limit_in(given)
    found = rejected_page(brought, after=_after(given.get("cursor", "")), limit=limit + 1)
    following = str(found[limit - 1].number) if len(found) > limit else None
    return answer(listed([_shown(brought, row) for row in found[:limit]], following, None))


@router.post(
    "/{int:import_id}/rejected-rows/correct",
    summary="Correct rejected rows",
    **says(
        gives=ref("Import"),
        status=201,
        takes=fields({"rows": CORRECTIONS}, "rows"),
        example={"rows": [{"row": 3, "cells": {"E-mail": "hello@harbour.example"}}]},
    ),
)
def correct_rejected_rows(request: Request, import_id: int) -> HttpResponse:
    """They are imported as the others were, as an import of their own; cells that are not named stay."""
    brought = import_seen(request, import_id)
    typed = _typed(brought, only(object_of(request), ["rows"]).get("rows"))
    rows = mended(brought, typed)
    if unknown := sorted(typed.keys() - rows.keys()):
        message = _("Row %(row)s is not among the rejected ones, or nothing in it was corrected.")
        raise RuleBroken(message % {"row": unknown[0]}, field="rows", value=unknown[0])
    corrected = correct_rows(brought, rows=rows, by=request.actor)
    location = f"/api/v1/imports/{corrected.pk}"
    return answer(import_shown(import_seen(request, corrected.pk)), status=201, location=location)


def _typed(brought: Import, given: Any) -> dict[int, dict[int, str]]:
    words = _("“rows” is a list of objects, each with “row” (its number) and “cells” (column to text).")
    if not isinstance(given, list) or not all(isinstance(item, dict) for item in given):
        raise RuleBroken(words, field="rows", value=given)
    typed: dict[int, dict[int, str]] = {}
    for item in given:
        only(item, ["row", "cells"])
        row, cells = item.get("row"), item.get("cells")
        if isinstance(row, bool) or not isinstance(row, int) or not isinstance(cells, dict):
            raise RuleBroken(words, field="rows", value=row)
        typed[row] = by_place(brought, cells, "cells")
    return typed


def _after(word: str) -> int:
    if word and not (word.isascii() and word.isdigit() and int(word) < LARGEST_ROW):
        raise RuleBroken(_("This is no place in this list."), field="cursor", value=word[:60])
    return int(word or 0)


def _shown(brought: Import, row: Rejected) -> dict[str, Any]:
    names = brought.table_form.names
    cells = dict(zip(names, [*row.cells, *[""] * len(names)], strict=False))
    return {"row": row.number, "cells": cells, "reason": row.reason}
