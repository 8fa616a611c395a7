"""Which saved views a person sees, and which one a list opens with."""

import json
from typing import Any

from django.db.models import QuerySet

from leadline.core.ids import numeric_id
from leadline.core.lists.models import DefaultView, SavedView
from leadline.core.lists.models import SavedViewQuerySet as Views
from leadline.core.planned import planned

_TABS = """
SELECT view.id, view.name, view.visibility, view.owner_id, view.team_id, view.where, view.columns, view.sort,
       view.q, view.archived, view.kind, chosen.id IS NOT NULL
  FROM core_savedview view
  LEFT JOIN core_defaultview chosen
    ON chosen.view_id = view.id AND chosen.user_id = %(user)s AND chosen.kind = view.kind
 WHERE view.kind = %(kind)s
   AND (view.owner_id = %(user)s OR view.visibility = 'everybody'
        OR (view.visibility = 'team' AND view.team_id = ANY(%(teams)s)))
 ORDER BY view.position, lower(view.name), view.id
"""


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


def tabs_for(user: Any, kind: str) -> list[SavedView]:
    """The views that stand as tabs over a list, each with `opens`: whether the list opens with it; one query.

    The same as `views_for`, a test holds it; as plain SQL, because every page of a list asks it.
    """
    teams = list({user.team_id, *user.grants.managed_teams} - {None})
    with planned() as cursor:
        cursor.execute(_TABS, {"user": user.pk, "kind": kind, "teams": teams})
        return [_tab(row) for row in cursor.fetchall()]


def _tab(row: tuple[Any, ...]) -> SavedView:
    key, name, visibility, owner_id, team_id, where, columns, sort, q, archived, kind, opens = row
    view = SavedView(
        pk=key,
        name=name,
        visibility=visibility,
        owner_id=owner_id,
        team_id=team_id,
        where=_read(where),
        columns=_read(columns),
        sort=sort,
        q=q,
        archived=archived,
        kind=kind,
    )
    view.opens = opens
    return view


def _read(value: Any) -> Any:
    """Django leaves jsonb of plain SQL as text."""
    return json.loads(value) if isinstance(value, str) else value
