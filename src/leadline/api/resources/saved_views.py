"""/saved-views: a search, a filter, an order and columns under a name (CUS-5)."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import answer
from leadline.api.bodies import object_of, only, text_in, texts_in, yes_in
from leadline.api.describing.operations import PAGING, fields, ref, says
from leadline.api.describing.operations import list_of as described_list
from leadline.api.listing import parameters_of, plain_list_of
from leadline.api.resources.seeing import seen
from leadline.core.lists.actions import (
    change_view,
    make_default,
    remove_view,
    rename_view,
    save_view,
    share_view,
)
from leadline.core.lists.models import DefaultView, SavedView, SavedViewQuerySet
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request

router = Router(tags=["saved views"])
KEPT: dict[str, dict[str, Any]] = {
    "where": {"type": "object", "description": "A condition; {} for everything."},
    "columns": {"type": "array", "items": {"type": "string"}},
    "sort": {"type": "string"},
    "q": {"type": "string", "maxLength": 200, "description": "Words to search for."},
    "archived": {"enum": ["no", "only", "all"]},
}
NAME = {"type": "string", "maxLength": 80}
SHOWN_TO = {"enum": ["private", "team", "everybody"]}
EXAMPLE = {
    "kind": "customer",
    "name": "Active in technology",
    "where": {"field": "industry", "op": "equals", "value": "Technology"},
    "columns": ["name", "owner"],
    "sort": "name",
    "visibility": "private",
}


@router.get("", summary="List saved views", **says(gives=described_list(ref("SavedView")), query=PAGING))
def list_saved_views(request: Request) -> HttpResponse:
    """Yours and those shared with you. Pass `where` and `sort` on to the list."""
    rows = _views(request).visible_to(request.user)
    return plain_list_of(request, rows, _shown)


@router.get("/{int:view_id}", summary="Read a saved view", **says(gives=ref("SavedView")))
def get_saved_view(request: Request, view_id: int) -> HttpResponse:
    """One view."""
    parameters_of(request, ())
    return answer(_shown(_seen(request, view_id)))


@router.post(
    "",
    summary="Save a view",
    **says(
        gives=ref("SavedView"),
        status=201,
        takes=fields(
            {"kind": {"type": "string"}, "name": NAME, **KEPT, "visibility": SHOWN_TO}, "kind", "name"
        ),
        example=EXAMPLE,
    ),
)
def add_saved_view(request: Request) -> HttpResponse:
    """It is checked as if the list were opened with it."""
    given = only(object_of(request), ["kind", "name", *KEPT, "visibility"])
    view = save_view(
        text_in(given, "kind"),
        name=text_in(given, "name"),
        visibility=text_in(given, "visibility", "private"),
        **_kept(given),
        by=request.actor,
    )
    return answer(_shown(view), status=201, location=f"/api/v1/saved-views/{view.pk}")


@router.patch(
    "/{int:view_id}",
    summary="Change a saved view",
    **says(
        gives=ref("SavedView"),
        takes=fields({"name": NAME, **KEPT, "visibility": SHOWN_TO}),
        example={"name": "Technology"},
    ),
)
def change_saved_view(request: Request, view_id: int) -> HttpResponse:
    """What is not given stays."""
    view = _seen(request, view_id)
    given = only(object_of(request), ["name", *KEPT, "visibility"])
    if "name" in given:
        view = rename_view(view, name=text_in(given, "name"), by=request.actor)
    if KEPT.keys() & given.keys():
        kept = {**{name: getattr(view, name) for name in KEPT}, **given}
        view = change_view(view, **_kept(kept), by=request.actor)
    if "visibility" in given:
        share_view(view, visibility=text_in(given, "visibility"), by=request.actor)
    return answer(_shown(_seen(request, view_id)))


@router.post(
    "/{int:view_id}/remove",
    summary="Remove a saved view",
    **says(gives=fields({"removed": {"type": "boolean"}}), takes=fields({}), example={}, optional=True),
)
def remove_saved_view(request: Request, view_id: int) -> HttpResponse:
    """Only the view goes; it holds no records."""
    view = _seen(request, view_id)
    only(object_of(request, optional=True), ())
    remove_view(view, by=request.actor)
    return answer({"removed": True})


@router.post(
    "/{int:view_id}/default",
    summary="Open the list with a saved view",
    **says(
        gives=ref("SavedView"),
        takes=fields({"opens": {"type": "boolean", "default": True}}),
        example={"opens": True},
        optional=True,
    ),
)
def choose_default_view(request: Request, view_id: int) -> HttpResponse:
    """For you alone, whoever's view it is; `"opens": false` lets the list open as it comes installed."""
    view = _seen(request, view_id)
    opens = yes_in(only(object_of(request, optional=True), ["opens"]), "opens", True)
    if opens or view.opens:
        make_default(view.kind, view=view if opens else None, by=request.actor)
    return answer(_shown(_seen(request, view_id)))


def _views(request: Request) -> SavedViewQuerySet:
    """Views with their owners, each knowing whether a list opens with it for this person."""
    chosen = DefaultView.objects.filter(user=request.user, view=OuterRef("pk"))
    views: Any = SavedView.objects.select_related("owner")
    annotated: SavedViewQuerySet = views.annotate(opens=Exists(chosen))
    return annotated


def _seen(request: Request, key: int) -> SavedView:
    found = seen(_views(request), request, key)
    if not isinstance(found, SavedView):
        raise Http404
    return found


def _kept(given: dict[str, Any]) -> dict[str, Any]:
    where = given.get("where") or {}
    if not isinstance(where, dict):
        raise RuleBroken(_("A condition is an object."), field="where", value=where)
    texts = {name: text_in(given, name) for name in ("sort", "q", "archived")}
    return {"where": where, "columns": texts_in(given, "columns"), **texts}


def _shown(view: SavedView) -> dict[str, Any]:
    owner = view.owner
    return {
        "id": view.pk,
        "kind": view.kind,
        "name": view.name,
        "visibility": view.visibility,
        "owner": {"id": owner.pk, "email": owner.email, "name": owner.name},
        "where": view.where,
        "columns": view.columns,
        "sort": view.sort,
        "q": view.q,
        "archived": view.archived or "no",
        "opens": bool(view.opens),
    }
