"""Which saved views a person sees, and which one a list opens with."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from leadline.core.lists.models import DefaultView, SavedView
from leadline.core.lists.models import SavedViewQuerySet as Views


def views_for(user: Any, kind: str) -> Views:
    """The saved views of a list that this person may open, in their order."""
    return SavedView.objects.visible_to(user).of_kind(kind)


def view_named(user: Any, kind: str, given: Any) -> SavedView | None:
    """The view that an address names by id; None when there is none that this person may see."""
    text = str(given or "")
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        return None
    return views_for(user, kind).filter(pk=int(text)).first()


def default_view(user: Any, kind: str) -> SavedView | None:
    """The view that the list opens with for this person, while it is still shown to them."""
    chosen: QuerySet[DefaultView] = DefaultView.objects.filter(user=user, kind=kind)
    return views_for(user, kind).filter(pk__in=chosen.values("view")).first()


def tabs_for(user: Any, kind: str) -> list[SavedView]:
    """The views that stand as tabs over a list, each with `opens`: whether the list opens with it; one query."""
    chosen = DefaultView.objects.filter(user=user, kind=kind, view=OuterRef("pk"))
    return list(views_for(user, kind).annotate(opens=Exists(chosen)))
