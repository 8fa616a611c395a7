"""What counts as somebody's load; the apps that own it say so, as people stands below them (PPL-1)."""

from collections.abc import Callable
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

Owned = Callable[[], QuerySet[Any]]

_owned: dict[str, tuple[Owned, str]] = {}


def counts_as_load(kind: str, owned: Owned, *, by: str = "owner") -> None:
    """Let records count: `owned()` gives those that weigh on whom the field `by` names."""
    _owned[kind] = owned, by


def count_of(kind: str) -> Coalesce:
    """How many records of a kind weigh on the user of a row, as an expression; 0 for what nobody declares."""
    if kind not in _owned:
        return Coalesce(Value(0), 0)
    owned, by = _owned[kind]
    mine = owned().filter(**{by: OuterRef("pk")}).order_by().values(by)
    return Coalesce(Subquery(mine.annotate(each=Count("pk")).values("each"), output_field=IntegerField()), 0)
