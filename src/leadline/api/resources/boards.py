"""Boards as programs read them: columns with totals and the latest records; moves go by other verbs."""

from typing import Any

from django.http import HttpResponse

from leadline.api.answering import answer
from leadline.api.listing import limit_in, parameters_of
from leadline.api.records import records_of
from leadline.core.boards import Board
from leadline.core.boards.finding import cards_of, totals_of
from leadline.core.lists import asking_of
from leadline.core.lists.page import finding_of
from leadline.core.requests import Request
from leadline.customers.queries import context_for

PARAMETERS = ("where", "q", "fields", "archived", "limit")


def board_shown(request: Request, board: Board) -> HttpResponse:
    """Each column with its name, how many stand in it, and its latest records, `limit` of them at most."""
    given = parameters_of(request, PARAMETERS)
    about, user, limit = board.door.about, request.user, limit_in({"limit": given.get("limit") or "25"})
    names = given.get("fields") or ",".join(field.name for field in about.visible_to(user))
    asking = asking_of({**given, "columns": names, "limit": ""}, about, user=user).require()
    door = board.door
    finding = finding_of(asking, scope=door.scope(user), context=context_for(user), search=door.search(user))
    columns = list(board.columns())
    keys = [column.key for column in columns]
    totals = totals_of(board, finding, keys)
    rows: dict[Any, list[tuple[int, tuple[Any, ...]]]] = {key: [] for key in keys}
    for key, record, _at, *values in cards_of(board, finding, dict.fromkeys(keys, limit), asking.columns):
        rows[key].append((record, tuple(values)))
    told = [
        {
            "key": column.key,
            "name": str(column.label),
            "is_open": column.is_open,
            "limit": column.limit,
            "count": {
                "value": totals[column.key].count.value,
                "exact": totals[column.key].count.exact,
            },
            "worth": totals[column.key].worth,
            "data": records_of(asking.columns, rows[column.key], user),
        }
        for column in columns
    ]
    return answer({"columns": told})
