"""One statement that asks many segments at once: for each record a number with a bit for each segment."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from leadline.core.conditions import Condition, Context, Gathering
from leadline.core.conditions.gathering import Among
from leadline.core.conditions.operators import Sql
from leadline.core.refusals import RuleBroken
from leadline.segments.kinds import Segmentable
from leadline.segments.models import Segment
from leadline.segments.rules import context_of, stored_rule

AT_ONCE = 60  # bits of a bigint that need no care about its sign
_PICKED = (
    "EXISTS (SELECT 1 FROM segments_pick WHERE segments_pick.segment_id = %s"
    " AND segments_pick.record_id = {} AND segments_pick.archived_at IS NULL)"
)


@dataclass(frozen=True)
class Asked:
    """A segment with its rule as it is understood now; a static one has none."""

    segment: Segment
    rule: Condition | None


def asked_of(segment: Segment) -> Asked:
    """A segment ready to be asked. Raises `RuleBroken` when its rule means nothing any more."""
    return Asked(segment, stored_rule(segment) if segment.is_dynamic else None)


def understood(segments: Sequence[Segment]) -> tuple[list[Asked], dict[int, str]]:
    """Those that can be asked, and the others with the words against them.

    The words stand for everybody who sees the segment, so they name no field but what the rule itself asks.
    """
    asked, trouble = [], {}
    for segment in segments:
        try:
            asked.append(asked_of(segment))
        except RuleBroken as refusal:
            trouble[segment.pk] = refusal.message.split(". ", 1)[0].rstrip(".") + "."
    return asked, trouble


def found_sql(kind: Segmentable, asked: Sequence[Asked], among: Among, context: Context) -> Sql:
    """Records with a bit for each of the segments that they are in, in the order given: `id`, and `mask`."""
    about = kind.about
    gathering = Gathering(among)
    context = replace(context, gathering=gathering)
    needs = {need for one in asked if one.rule for need in one.rule.needs}
    terms, params = [], []
    for place, one in enumerate(asked):
        sql, its_params = _test(one, about.id, context)
        terms.append(f"CASE WHEN {sql} THEN {1 << place}::bigint ELSE 0 END")
        params += its_params
    gathered, gathered_params = gathering.joins()
    within, within_params = among.test(about.id)
    return (
        f"SELECT {about.id} AS id, {' | '.join(terms)} AS mask"
        f" FROM {about.table} {about.join_sql(needs)} {gathered} WHERE {kind.in_use} AND {within}",
        [*params, *gathered_params, *within_params],
    )


def _test(one: Asked, record: str, context: Context) -> Sql:
    if one.rule is None:
        return _PICKED.format(record), [one.segment.pk]
    sql, params = one.rule.sql(context_of(one.segment, context))
    return f"({sql})", params
