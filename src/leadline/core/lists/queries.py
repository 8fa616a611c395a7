"""Which saved views a person sees, and which one a list opens with."""

from typing import Any

from django.db.models import QuerySet

from leadline.core.ids import numeric_id
from leadline.core.lists.models import DefaultView, SavedView
from leadline.core.lists.models import SavedViewQuerySet as Views


def views_for(user: Any, kind: str) -> Views:
    """The saved views of a list that this person may open, in their order."""
    return SavedView.objects.visible_to(user).of_kind(kind)


def view_named(user: Any, kind: str, given: Any) -> SavedView | None:
    """The view that an address names by id; None when there is none that this person may see."""
    key = numeric_id(str(given))
    return None if key is None else views_for(user, kind).filter(pk=key).first()


def default_view(user: Any, kind: str) -> SavedView | None:
    """The view that the list opens with for this person, while it is still shown to them."""
    chosen: QuerySet[DefaultView] = DefaultView.objects.filter(user=user, kind=kind)
    return views_for(user, kind).filter(pk__in=chosen.values("view")).first()
