"""The doors of a board: its page, its state for live screens, moves, exact totals (WSP-3)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from leadline.core.answers import answer, asked_by_htmx, refuse
from leadline.core.boards.board import Board, Column
from leadline.core.boards.cards import cards_html
from leadline.core.boards.finding import totals_of
from leadline.core.boards.laying import LaidOut, lay_out
from leadline.core.formats import number
from leadline.core.ids import numeric_id
from leadline.core.lists.asking import asking_of
from leadline.core.lists.doors import around, dialog, named
from leadline.core.lists.page import finding_of
from leadline.core.lists.selection import Selection
from leadline.core.lists.showing import Shown, shown_list
from leadline.core.refusals import Refusal
from leadline.core.requests import Request

PART = "core/boards/_rows.html"


def show(request: Request, board: Board) -> HttpResponse:
    """The board as the address says; a bad address shows it, and what was wrong."""
    return render(request, board.template, _context(request, lay_out(request, board)))


def state(request: Request, board: Board) -> HttpResponse:
    """The board alone; 204 while it is what the page shows already (`seen`)."""
    laid = lay_out(request, board)
    if request.GET.get("seen") == laid.fingerprint:
        return HttpResponse(status=204)
    return render(request, PART, _context(request, laid))


def count(request: Request, board: Board) -> HttpResponse:
    """How many stand in a column, counted to the last."""
    shown, column = shown_list(request, board.door), board.column(request.GET.get("column", ""))
    totals = totals_of(board, _finding(shown), [column.key], exactly=True)
    context = {"count": number(totals[column.key].count.value), "column": column}
    return render(request, "core/boards/_count.html", context)


def move(request: Request, board: Board) -> HttpResponse:
    """Choose a column for a card, or bring it there.

    What was dragged (`dragged`) is answered by the board as it is now, moved or not; from the dialog the
    dialog is answered. A card that stands elsewhere than it was `seen` is not moved, and that is told.
    """
    given = request.POST if request.method == "POST" else request.GET
    key = numeric_id(given.get("card", ""))
    if key is None:
        raise Http404
    if request.method != "POST":
        return _ask(request, board, key, 200)
    dragged = given.get("dragged") == "1"
    try:
        to = board.column(given.get("to", ""))
        board.move(request, key, to, board.column(given.get("seen", "")))
    except Refusal as refusal:
        return _refused(request, board, key, refusal, dragged=dragged)
    told = _("Moved to %(column)s.") % {"column": to.label}
    back = shown_list(request, board.door).address.to()
    if not dragged:
        return answer(request, "core/boards/_moved.html", {}, changed=board.kind, toast=told, otherwise=back)
    laid = lay_out(request, board)
    return answer(request, PART, _context(request, laid), toast=told, otherwise=back)


def _refused(request: Request, board: Board, key: int, refusal: Refusal, *, dragged: bool) -> HttpResponse:
    if not dragged or not asked_by_htmx(request):
        return _ask(request, board, key, 422, refusal=refusal.message)
    laid = lay_out(request, board)
    return refuse(request, PART, {**_context(request, laid), "refusal": refusal.message})


def _ask(request: Request, board: Board, key: int, status: int, refusal: str = "") -> HttpResponse:
    """The columns to choose from, with where the card stands now."""
    shown = shown_list(request, board.door)
    found = _standing(board, shown, key)
    if found is None:
        raise Http404
    name, now = found
    columns = [column for column in board.columns() if column.key != now.key]
    context = {
        "board": board,
        "card": key,
        "title": _("Move %(name)s") % {"name": name},
        "now": now,
        "columns": columns,
        "refusal": refusal,
        "query": shown.address.query(),
        "address_of": shown.door.url,
    }
    return dialog(request, "core/boards/_move.html", context, shown, status)


def _standing(board: Board, shown: Shown, key: int) -> tuple[str, Column] | None:
    """The name of a record that the person sees, and the column in which it stands."""
    door, user = shown.door, shown.user
    asking = asking_of({"columns": f"{board.beside[0]},{board.by}"}, door.about)
    one = Selection.of_ids(board.kind, [key])
    found = named(one, asking, scope=door.scope(user), context=door.context(user)).get(key)
    return (str(found[0]), board.column(str(found[1]))) if found else None


def _finding(shown: Shown) -> Any:
    door, user = shown.door, shown.user
    return finding_of(
        shown.asking, scope=door.scope(user), context=door.context(user), search=door.search(user)
    )


def _context(request: Request, laid: LaidOut) -> dict[str, Any]:
    board = laid.board
    return {
        **around(laid.shown),
        **board.around(request),
        "board": board,
        "laid": laid,
        "written": cards_html(laid),
        "matching": sum(pile.count.value for pile in laid.piles),
        "matching_exact": all(pile.count.exact for pile in laid.piles),
        "may_move": board.may_move(laid.shown.user),
    }
