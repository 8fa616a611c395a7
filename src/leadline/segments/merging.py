"""Where records were picked for segments goes along when they become one (CUS-23)."""

from django.db import connection
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leadline.core.actions import Actor, action
from leadline.core.merging import Attached, Merging, Moved, register_attached
from leadline.core.sets import array_of

# Once taken out of a segment, in which one that was merged into it is.
_REVIVE = """
UPDATE segments_pick own SET archived_at = NULL, picked_by_id = other.picked_by_id
  FROM segments_pick other
 WHERE own.kind = %s AND own.record_id = %s AND own.archived_at IS NOT NULL
   AND other.segment_id = own.segment_id AND other.record_id = ANY(%s::bigint[])
   AND other.archived_at IS NULL
"""

PICKS = ngettext_lazy("%(n)s segment picked by hand", "%(n)s segments picked by hand", "n")


@action
def revive_picks(merging: Merging, *, by: Actor) -> Moved:
    """Whoever was in a segment by hand is in it after the merge; its history brings back what was before."""
    with connection.cursor() as cursor:
        cursor.execute(_REVIVE, [merging.kind, merging.survivor, array_of(merging.others)])
        return Moved(cursor.rowcount)


for _kind in ("customer", "contact"):
    register_attached(
        Attached(_kind, "segments.Pick", "record_id", PICKS, kind_column="kind", once=("segment_id",))
    )
    register_attached(Attached(_kind, "segments.Pick", "archived_at", PICKS, move=revive_picks))
    register_attached(
        Attached(
            _kind,
            "segments.Member",
            "record_id",
            stays=_("Who is in a segment follows from its rule and from what was picked for it."),
        )
    )
