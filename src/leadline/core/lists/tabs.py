"""The saved views that stand as tabs over a list, known to this process until one is changed (CUS-5).

A request reads the stamp of all views with its session; what is known as of the same one is not asked.
"""

import json
from typing import Any
from uuid import UUID

from leadline.core.lists.models import SavedView
from leadline.core.planned import planned

VIEWS_STAMP_SQL = "(SELECT stamp FROM core_viewstamp)"
MOST_KNOWN = 4096  # lists of people
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


_known: dict[tuple[Any, ...], tuple[UUID, tuple[SavedView, ...]]] = {}


def tabs_for(user: Any, kind: str) -> list[SavedView]:
    """The views that stand as tabs over a list, each with `opens`: whether the list opens with it.

    The same as `views_for`, a test holds it; as plain SQL, because every page of a list asks it. Somebody of
    whom nobody read the stamp (`views_as_of`) is asked for each time. Nobody changes what comes.
    """
    teams = sorted({user.team_id, *user.grants.managed_teams} - {None})
    stamp, key = getattr(user, "views_as_of", None), (user.pk, kind, *teams)
    known = _known.get(key)
    if known is not None and known[0] == stamp:
        return list(known[1])
    found = _asked(user.pk, kind, teams)
    if stamp is not None:
        if len(_known) >= MOST_KNOWN:
            _known.clear()
        _known[key] = stamp, tuple(found)
    return found


def _asked(user_id: int, kind: str, teams: list[int]) -> list[SavedView]:
    with planned() as cursor:
        cursor.execute(_TABS, {"user": user_id, "kind": kind, "teams": teams})
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
