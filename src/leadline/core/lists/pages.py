"""The addresses of a list that people only read: the page, counts, filters, columns, views."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadline.core.lists import doors, view_doors
from leadline.core.lists.door import Door
from leadline.core.lists.rows import Head
from leadline.core.lists.showing import Shown, shown_list
from leadline.core.requests import Request

View = Callable[..., HttpResponse]
Guard = Callable[[Request], None]
_FORM = require_http_methods(["GET", "POST"])
# What each address of a list answers; those of a view name it by its key.
_SAFE: tuple[tuple[str, str, Callable[[Request, Door], HttpResponse]], ...] = (
    ("count", "count", doors.count_all),
    ("filter", "filter", doors.choose_filter),
    ("columns", "columns", doors.choose_columns),
    ("views/counts", "view_counts", view_doors.view_counts),
)


def list_addresses(
    prefix: str, door: Door, *, template: str, heads: Callable[[Shown, Request], Head], guard: Guard
) -> list[URLPattern]:
    """All addresses of a list below a prefix; `guard` refuses who may not open it, in words.

    `heads` makes the first cell of each row from the rows of the page, which it may look up at once.
    """

    def page(request: Request) -> HttpResponse:
        shown = shown_list(request, door)
        made = partial(heads, shown, request)
        return doors.list_page(request, template, shown, made, named_by=door.beside[0])

    def change_view(request: Request, pk: int) -> HttpResponse:
        return view_doors.change_view(request, door, pk)

    def remove_view(request: Request, pk: int) -> HttpResponse:
        return view_doors.remove_view(request, door, pk)

    def guarded(view: Callable[..., HttpResponse], *given: Any) -> View:
        @wraps(view)
        def opened(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            guard(request)
            return view(request, *given, *args, **kwargs)

        return opened

    return [
        path(prefix, require_safe(guarded(page)), name="list"),
        *(
            path(f"{prefix}{word}", require_safe(guarded(view, door)), name=name)
            for word, name, view in _SAFE
        ),
        path(f"{prefix}views/save", _FORM(guarded(view_doors.save_view, door)), name="save_view"),
        path(f"{prefix}views/<int:pk>/change", _FORM(guarded(change_view)), name="change_view"),
        path(f"{prefix}views/<int:pk>/remove", require_POST(guarded(remove_view)), name="remove_view"),
    ]
