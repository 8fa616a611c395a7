"""The doors of a board: its page, its state for live screens, moves, exact totals (WSP-3)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from leadline.core.answers import answer, asked_by_htmx, refuse
from leadline.core.boards.board import Board
from leadline.core.boards.cards import piles_html
from leadline.core.boards.finding import totals_of
from leadline.core.boards.laying import LaidOut, lane_of, lay_out
from leadline.core.boards.steps import moved, standing_of, step_of
from leadline.core.formats import number
from leadline.core.ids import numeric_id
from leadline.core.lists.doors import around, dialog
from leadline.core.lists.page import finding_of
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
    """Choose a column or a lane for a card, or bring it there.

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
    shown = shown_list(request, board.door)
    try:
        step = step_of(board, lane_of(board, shown), given)
        board.move(request, key, step)
    except Refusal as refusal:
        return _refused(request, board, key, refusal, dragged=dragged)
    toast, back = moved(board, shown, key, step), shown.address.to()
    if not dragged:
        return answer(request, "core/boards/_moved.html", {}, changed=board.kind, toast=toast, otherwise=back)
    return answer(request, PART, _context(request, lay_out(request, board)), toast=toast, otherwise=back)


def _refused(request: Request, board: Board, key: int, refusal: Refusal, *, dragged: bool) -> HttpResponse:
    if not dragged or not asked_by_htmx(request):
        return _ask(request, board, key, 422, refusal=refusal.message)
    laid = lay_out(request, board)
    return refuse(request, PART, {**_context(request, laid), "refusal": refusal.message})


def _ask(request: Request, board: Board, key: int, status: int, refusal: str = "") -> HttpResponse:
    """The columns and lanes to choose from, with where the card stands now."""
    laid = lay_out(request, board)
    standing = standing_of(board, laid.shown, laid.lane, key)
    if standing is None:
        raise Http404
    context = {
        "board": board,
        "card": key,
        "title": _("Move %(name)s") % {"name": standing.name},
        "standing": standing,
        "columns": [column for column in laid.columns if column.key != standing.column.key],
        "lane": laid.lane,
        "lanes": [lane for lane in laid.lanes if lane.key != standing.lane] if laid.lane else [],
        "held": laid.held,
        "refusal": refusal,
        "query": laid.shown.address.query(),
        "address_of": laid.shown.door.url,
    }
    return dialog(request, "core/boards/_move.html", context, laid.shown, status)


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
        "piles": piles_html(laid),
        "matching": sum(pile.count.value for pile in laid.piles),
        "matching_exact": all(pile.count.exact for pile in laid.piles),
        "may_move": board.may_move(laid.shown.user),
    }
