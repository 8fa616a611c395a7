"""Paging by key for plain lists, newest first."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from leadline.core.ids import numeric_id

SIZE = 50


@dataclass(frozen=True)
class Page:
    """The rows of a page and the address of the older ones; `is_first` when there are none newer."""

    rows: list[Any]
    older: str
    is_first: bool


def page_by_key(request: HttpRequest, rows: QuerySet[Any]) -> Page:
    """The page that `?before=<id>` asks for."""
    before = numeric_id(request.GET.get("before"))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-id")[: SIZE + 1])
    shown = found[:SIZE]
    return Page(shown, f"?before={shown[-1].pk}" if len(found) > SIZE else "", before is None)
