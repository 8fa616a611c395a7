"""The field that says in which segments a record is, for the catalogues of the kinds that have them."""

from dataclasses import replace
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from leadline.core.fields import Field
from leadline.core.fields.field import Among
from leadline.core.fields.kinds import SETS
from leadline.core.fields.usual import told
from leadline.core.planned import planned
from leadline.segments.models import SEEN_SQL, teams_of

_CHOICES = (
    "SELECT id, name FROM segments_segment WHERE kind = %s AND archived_at IS NULL"
    f" AND (%s OR {SEEN_SQL.format('%s', '%s')}) ORDER BY lower(name), id"
)


def segments_field(kind: str, record: str) -> Field:
    """The segments of a record whose id is the SQL `record`; each person sees and names only those shown."""

    def shown_where(field: Field, seen: str) -> Field:
        source = (
            "FROM segments_member JOIN segments_segment ON segments_segment.id = segments_member.segment_id"
            f" WHERE segments_member.left_at IS NULL AND segments_member.record_id = {record}"
            f" AND segments_segment.kind = '{kind}' AND segments_segment.archived_at IS NULL AND {seen}"
        )
        names = f"(SELECT string_agg(segments_segment.name, ', ' ORDER BY segments_segment.name) {source})"
        ids = f"ARRAY(SELECT segments_segment.id {source} ORDER BY segments_segment.id)"
        return replace(field, sql=ids, shown=names, exported=f"coalesce({names}, '')")

    def as_seen(field: Field, user: Any) -> Field:
        narrowed = shown_where(field, _seen_sql(user))
        offers = cache(lambda: segments_to_choose(kind, user))  # whoever asks for one checks and names it
        return replace(narrowed, offers=offers, seen_as=None)

    field = told(
        "segments",
        _("Segments"),
        SETS,
        "",
        among=Among(
            "FROM segments_member WHERE segments_member.left_at IS NULL AND segments_member.segment_id {}",
            key="segments_member.record_id",
            record=record,
            size="SELECT size FROM segments_standing WHERE segment_id = %s",
        ),
        links_to="segment",
        visible=lambda user: user.is_system or user.may("segment", "view"),
        seen_as=as_seen,
        synonyms=("segment", "segmen"),
    )
    return shown_where(field, "TRUE")


def segments_to_choose(kind: str, user: Any) -> list[tuple[int, str]]:
    """The segments in use that somebody sees, by name; as plain SQL, as lists that ask for one need them.

    The same as `Segment.objects.visible_to`, a test holds it.
    """
    if not (user.is_system or user.may("segment", "view")):
        return []
    with planned() as cursor:
        cursor.execute(_CHOICES, [kind, user.is_system, user.pk, teams_of(user)])
        return list(cursor.fetchall())


def _seen_sql(user: Any) -> str:
    """Which segments somebody sees; numbers alone stand in the SQL."""
    teams = ", ".join(str(int(team)) for team in teams_of(user))
    return SEEN_SQL.format(int(user.pk), f"'{{{teams}}}'::bigint[]")
