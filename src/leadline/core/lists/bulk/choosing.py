"""The ids of a selection, portion by portion, as it stands at this moment."""

from typing import Any

from django.db import connection

from leadline.core.actions import Actor
from leadline.core.lists.door import door_of
from leadline.core.lists.scope import Sql
from leadline.core.lists.selection import Selection


def ids_sql(selection: Selection, by: Actor) -> Sql:
    """SQL of the ids that the selection holds for this person now."""
    door, user = door_of(selection.kind), by.user
    return selection.ids_sql(
        scope=door.scope(user), context=door.context(user), search=door.search(user), user=user
    )


def next_ids(selection: Selection, after: int, limit: int, by: Actor) -> list[int]:
    """The next ids by their order, so that each record has its turn exactly once."""
    sql, params = ids_sql(selection, by)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM ({sql}) AS selected (id) WHERE id > %s ORDER BY id LIMIT %s",
            [*params, after, limit],
        )
        return [row[0] for row in cursor.fetchall()]


def names_of(selection: Selection, by: Actor) -> dict[int, Any]:
    """Id → name of a few records, of those that this person sees."""
    door, user, about = door_of(selection.kind), by.user, selection.catalogue
    source, params = selection.source_sql(scope=door.scope(user), context=door.context(user), user=user)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {about.id}, {about.by_name['name'].sql} {source}", params)
        return dict(cursor.fetchall())
