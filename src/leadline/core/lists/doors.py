"""The doors that every list has: count, filter, columns, options; an app's view calls them."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.shortcuts import render

from leadline.core.answers import asked_by_htmx, go_to
from leadline.core.conditions import Context
from leadline.core.fields import Field
from leadline.core.formats import number
from leadline.core.lists.asking import Asking, asking_of
from leadline.core.lists.bulk import BulkVerb, verbs_for
from leadline.core.lists.counts import count_of
from leadline.core.lists.door import Door, address_of
from leadline.core.lists.export.running import may_export
from leadline.core.lists.filter_form import filter_form, offered_fields
from leadline.core.lists.page import finding_of
from leadline.core.lists.quick import archive_choices, other_chips, quick_filters
from leadline.core.lists.rows import Head, Rows
from leadline.core.lists.scope import Scope
from leadline.core.lists.selection import Selection
from leadline.core.lists.showing import Shown, shown_list
from leadline.core.requests import Request


def list_page(
    request: Request,
    template: str,
    shown: Shown,
    heads: Callable[[], Head],
    *,
    named_by: str = "name",
    **more: Any,
) -> HttpResponse:
    """The page of a list, written while the database looks for its rows; `heads` as for `Rows`."""
    with shown.ahead():
        rows = Rows(shown, heads, named_by=named_by)
        return render(request, template, {"rows": rows, **around(shown), **more})


def around(shown: Shown) -> dict[str, Any]:
    """What stands around the records: views, search, filters, verbs; the same for list and board."""
    quick = quick_filters(shown)
    return {
        "list": shown,
        "door": shown.door,
        "door_url": address_of,
        "quick": quick,
        "chips": other_chips(shown, quick),
        "archived": archive_choices(shown),
        "query": shown.address.query(),
        "verbs": _verbs(shown),
        "may_export": may_export(shown.user, shown.door),
    }


def _verbs(shown: Shown) -> list[BulkVerb]:
    """The verbs that fit what is shown: archived records are restored, the others everything else."""
    now = shown.asking.archived
    return [
        verb
        for verb in verbs_for(shown.user, shown.door.kind)
        if now == "all" or verb.of_archived == (now == "only")
    ]


def count_all(request: Request, door: Door) -> HttpResponse:
    """The exact count of what the address shows."""
    shown = shown_list(request, door)
    user = request.user
    finding = finding_of(
        shown.asking, scope=door.scope(user), context=door.context(user), search=door.search(user)
    )
    count = count_of(finding, exactly=True)
    return render(request, "core/lists/_count.html", {"count": number(count.value), "list": shown})


def choose_filter(request: Request, door: Door) -> HttpResponse:
    """First the fields, then the question about one; then the filtered list."""
    shown = shown_list(request, door)
    if not request.GET.get("field"):
        context = {"list": shown, "groups": offered_fields(shown)}
        return dialog(request, "core/lists/_fields.html", context, shown)
    form = filter_form(request, shown)
    if form.address:
        return redirect_to(request, form.address)
    return dialog(request, "core/lists/_filter.html", {"list": shown, "form": form}, shown)


def dialog(
    request: Request, part: str, context: dict[str, Any], shown: Shown, status: int = 200
) -> HttpResponse:
    """A part for the shared dialog; on a page of its own for whoever works without script."""
    whole = part if asked_by_htmx(request) else "core/lists/dialog_page.html"
    context = {**context, "part": part, "door": shown.door, "back": shown.address.to(), "list": shown}
    return render(request, whole, context, status=status)


def redirect_to(request: Request, address: str) -> HttpResponse:
    """On to the list; by a header when htmx asked, so that the whole page changes."""
    return go_to(request, address)


def choose_columns(request: Request, door: Door) -> HttpResponse:
    """The columns with their order: ticked by name, moved by `up` and `down`; applied, the list with them."""
    shown = shown_list(request, door)
    if "apply" in request.GET or "reset" in request.GET:
        names = [] if "reset" in request.GET else request.GET.getlist("column")
        asked = asking_of({"columns": ",".join(names)}, door.about, user=request.user)
        chosen = ",".join(column.name for column in asked.columns)
        return redirect_to(request, shown.address.to(columns=chosen))
    context = {"choices": column_choices(shown, request.GET)}
    return dialog(request, "core/lists/_columns.html", context, shown)


def column_choices(shown: Shown, given: Any) -> list[tuple[Field, bool]]:
    """All columns, the chosen ones first in their order."""
    known = {item.name: item for item in shown.door.about.visible_to(shown.user)}
    names = [name for name in given.getlist("column") if name in known]
    ticked = list(dict.fromkeys(names or [column.name for column in shown.asking.columns]))
    return [(known[name], True) for name in ticked] + [
        (item, False) for name, item in known.items() if name not in ticked
    ]


def options(request: Request, door: Door, ids: list[int], *, subtitle: str) -> HttpResponse:
    """Records as choices of a combobox, in the order of `ids`."""
    about, user = door.about, request.user
    asking = asking_of({"columns": f"name,{subtitle}"}, about, user=user)
    selection = Selection.of_ids(door.kind, ids)
    found = named(selection, asking, scope=door.scope(user), context=door.context(user)) if ids else {}
    choices = [
        {"value": key, "label": found[key][0], "subtitle": found[key][1]} for key in ids if key in found
    ]
    return render(request, "ui/_options.html", {"options": choices})


def named(
    selection: Selection, asking: Asking, *, scope: Scope, context: Context
) -> dict[int, tuple[Any, ...]]:
    """Id → values of the columns, for a few records."""
    source, params = selection.source_sql(scope=scope, context=context)
    values = ", ".join(column.sql for column in asking.columns)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {selection.catalogue.id}, {values} {source}", params)
        return {row[0]: row[1:] for row in cursor.fetchall()}
