"""/imports/mappings: what was chosen for the columns of earlier files, proposed for the next (CUS-19)."""

from typing import Any

from django.http import HttpResponse
from ninja import Router

from leadline.api.answering import answer
from leadline.api.bodies import object_of, only, text_in
from leadline.api.describing.operations import PAGING, fields, says
from leadline.api.describing.operations import list_of as described_list
from leadline.api.listing import plain_list_of
from leadline.api.resources.seeing import seen
from leadline.core.requests import Request
from leadline.imports.actions import remove_mapping, rename_mapping
from leadline.imports.models import SavedMapping

router = Router(tags=["imports"])
_TEXT = {"type": "string"}
SHOWN = fields(
    {
        "id": {"type": "integer"},
        "name": _TEXT,
        "kind": _TEXT,
        "source": _TEXT,
        "fields": {"type": "object", "description": "Column, in simple letters, to field."},
        "values": {"type": "object", "description": "Column to what its words mean."},
        "key": _TEXT,
        "duplicates": _TEXT,
        "make_customers": {"type": "boolean"},
        "updated_at": {"type": "string", "format": "date-time"},
    }
)
NAME = {"name": {"type": "string", "maxLength": 100}}
REMOVED = says(gives=fields({}), takes=fields({}), example={}, optional=True)


@router.get("", summary="List kept mappings", **says(gives=described_list(SHOWN), query=PAGING))
def list_mappings(request: Request) -> HttpResponse:
    """Your own; the next file with the same columns is proposed so, through every door."""
    return plain_list_of(request, SavedMapping.objects.visible_to(request.user), _shown)


@router.patch(
    "/{int:mapping_id}",
    summary="Rename a kept mapping",
    **says(gives=SHOWN, takes=fields(NAME), example={"name": "Old CRM"}),
)
def rename_a_mapping(request: Request, mapping_id: int) -> HttpResponse:
    """Call it something."""
    mapping = _mapping(request, mapping_id)
    given = only(object_of(request), ("name",))
    return answer(_shown(rename_mapping(mapping, name=text_in(given, "name"), by=request.actor)))


@router.post("/{int:mapping_id}/remove", summary="Forget a kept mapping", **REMOVED)
def remove_a_mapping(request: Request, mapping_id: int) -> HttpResponse:
    """Imports that used it stay as they are."""
    mapping = _mapping(request, mapping_id)
    only(object_of(request, optional=True), ())
    remove_mapping(mapping, by=request.actor)
    return answer({})


def _mapping(request: Request, key: int) -> SavedMapping:
    found: SavedMapping = seen(SavedMapping.objects, request, key)
    return found


def _shown(mapping: SavedMapping) -> dict[str, Any]:
    return {
        "id": mapping.pk,
        "name": mapping.name,
        "kind": mapping.kind,
        "source": mapping.source,
        "fields": mapping.fields,
        "values": mapping.values,
        "key": mapping.key,
        "duplicates": mapping.on_duplicate,
        "make_customers": mapping.make_customers,
        "updated_at": mapping.updated_at,
    }
