"""The addresses of a board, all of them: those of a list, in the board's space, and its own (WSP-3)."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadline.core.boards import doors
from leadline.core.boards.board import Board
from leadline.core.lists import bulk_doors, view_doors
from leadline.core.lists import doors as lists
from leadline.core.requests import Request

Door = Callable[..., HttpResponse]
BOTH = require_http_methods(["GET", "POST"])


def board_paths(board: Board, at: str, *, many: bool = True) -> list[URLPattern]:
    """The addresses of a board below a path with its slash; for a module whose `app_name` is the space.

    Those for verbs on `many` and for files only where the kind has such.
    """
    door = board.door
    views: list[tuple[str, str, Any]] = [
        ("", "list", require_safe(_of(doors.show, board))),
        ("state", "state", require_safe(_of(doors.state, board))),
        ("count", "count", require_safe(_of(doors.count, board))),
        ("move", "move", BOTH(_of(doors.move, board))),
        ("filter", "filter", require_safe(_of(lists.choose_filter, door))),
        ("views/save", "save_view", BOTH(_of(view_doors.save_view, door))),
        ("views/<int:pk>/change", "change_view", BOTH(_of(view_doors.change_view, door))),
        ("views/<int:pk>/remove", "remove_view", require_POST(_of(view_doors.remove_view, door))),
        ("views/counts", "view_counts", require_safe(_of(view_doors.view_counts, door))),
    ]
    if many:
        views.append(("bulk/<slug:verb>", "bulk", BOTH(_bulk_of(board))))
        views.append(("export", "export", BOTH(_of(bulk_doors.export, door))))
    return [path(f"{at}{address}", view, name=name) for address, name, view in views]


def _of(door: Door, about: Any) -> Door:
    """The engine's door, for this board."""

    def view(request: Request, **words: Any) -> HttpResponse:
        return door(request, about, **words)

    return view


def _bulk_of(board: Board) -> Door:
    def view(request: Request, verb: str) -> HttpResponse:
        return bulk_doors.bulk(request, board.door, verb)

    return view
