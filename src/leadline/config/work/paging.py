"""Paging by key for plain lists, newest first."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

SIZE = 50


@dataclass(frozen=True)
class Page:
    """The rows of a page and the address of the older ones; `is_first` when there are none newer."""

    rows: list[Any]
    older: str
    is_first: bool


def page_by_key(request: HttpRequest, rows: QuerySet[Any]) -> Page:
    """The page that `?before=<id>` asks for."""
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows.order_by("-id")[: SIZE + 1])
    shown = found[:SIZE]
    return Page(shown, f"?before={shown[-1].pk}" if len(found) > SIZE else "", not before)
