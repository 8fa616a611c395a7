"""A condition while it is made: its parts, dialogs that add to it, and the records that fit it now."""

from typing import Any

from leadline.core.lists.door import Door
from leadline.core.lists.filters import chips_of
from leadline.core.lists.showing import Shown, shown_list
from leadline.core.requests import Request

SAMPLE = 8


def being_made(request: Request, door: Door, where: str | None) -> dict[str, Any]:
    """What a page shows of a condition that is made over a list; `core/lists/_fitting.html` shows who fits.

    `where` is the condition that was sent, as JSON; None while the address says it.
    """
    shown = shown_list(request, door, None if where is None else {"where": where or "{}"})
    return {
        "list": shown,
        "door": door,
        "query": shown.address.query(),
        "chips": chips_of(shown.address, door.naming),
        "where": shown.address.state["where"] or "{}",
        "heads": [column.label for column in shown.asking.columns],
        "sample": _sample(shown),
        "count": shown.page.count,
    }


def _sample(shown: Shown) -> list[list[str]]:
    viewer, columns = shown.viewer, shown.asking.columns
    rows = shown.page.rows[:SAMPLE]
    return [
        [column.show(value, viewer) for column, value in zip(columns, row.values, strict=False)]
        for row in rows
    ]
