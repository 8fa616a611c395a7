"""Putting records into static segments and taking them out, in sets (CUS-16)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, require
from leadline.core.clock import now
from leadline.core.refusals import RuleBroken
from leadline.core.sets import array_of
from leadline.segments.actions.evaluating import evaluate
from leadline.segments.kinds import segmentable
from leadline.segments.models import Segment
from leadline.segments.verbs import SEGMENT_VERBS

_PUT = """
INSERT INTO segments_pick (segment_id, kind, record_id, picked_by_id)
SELECT %s, %s, id, %s FROM unnest(%s::bigint[]) AS given(id) ORDER BY id
ON CONFLICT (segment_id, record_id) DO UPDATE SET archived_at = NULL, picked_by_id = excluded.picked_by_id
   WHERE segments_pick.archived_at IS NOT NULL
RETURNING record_id
"""
_TAKE = """
UPDATE segments_pick SET archived_at = %s
 WHERE segment_id = %s AND record_id = ANY(%s::bigint[]) AND archived_at IS NULL RETURNING record_id
"""


@dataclass
class Done:
    """What came of acting on a set: the keys changed, how many needed no change, and who was refused why."""

    changed: list[int] = field(default_factory=list)
    unchanged: int = 0
    refused: dict[int, str] = field(default_factory=dict)


@action
def add_members(segment: Segment, ids: Iterable[int], *, by: Actor) -> Done:
    """Put records that the actor sees into a static segment; they are members at once."""
    done = _pick(segment, ids, by, archived=_("It is archived; restore it first."))
    given = array_of(done.changed)
    return _written(segment, done, _PUT, [segment.pk, segment.kind, by.user.pk, given], by)


@action
def remove_members(segment: Segment, ids: Iterable[int], *, by: Actor) -> Done:
    """Take records that the actor sees out of a static segment."""
    done = _pick(segment, ids, by)
    given = array_of(done.changed)
    return _written(segment, done, _TAKE, [now(), segment.pk, given], by)


def _pick(segment: Segment, ids: Iterable[int], by: Actor, archived: str = "") -> Done:
    """Those of the records that the actor sees; `archived` is the word against archived ones."""
    verb = SEGMENT_VERBS["pick"]
    segment = Segment.objects.select_related("owner").get(pk=segment.pk)
    for hindrance in verb.hindered_by(segment):
        raise RuleBroken(str(hindrance.words), field="segment")
    message = _("Your role does not change this segment.")
    require(verb.permits(by.user, segment), message, who_can_help=str(segment.owner))
    wanted = sorted(set(ids))
    found = _seen(segment, wanted, by)
    done = Done()
    for key in wanted:
        if key not in found:
            done.refused[key] = _("There is no such record.")
        elif found[key] and archived:
            done.refused[key] = archived
        else:
            done.changed.append(key)
    return done


def _seen(segment: Segment, ids: list[int], by: Actor) -> dict[int, bool]:
    """Id → whether archived, of the records that the actor sees."""
    kind = segmentable(segment.kind)
    about = kind.about
    (records, beside), (within, params) = kind.within(kind.scope(by.user))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {about.id}, {about.archived_sql or 'NULL'} IS NOT NULL FROM {records}"
            f" WHERE {about.id} = ANY(%s::bigint[]) AND {within}",
            [*beside, array_of(ids), *params],
        )
        return dict(cursor.fetchall())


def _written(segment: Segment, done: Done, sql: str, params: list[Any], by: Actor) -> Done:
    wanted = len(done.changed)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        done.changed = sorted(row[0] for row in cursor.fetchall())
    done.unchanged = wanted - len(done.changed)
    if done.changed:
        evaluate([segment.pk], ids={segment.kind: done.changed}, by=by)
    return done
