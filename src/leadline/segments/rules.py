"""What the rule of a segment means, what it looks at, and what can't be meant (CUS-16).

Who makes a rule may only ask about fields and segments that they see. Afterwards it is asked of all records,
whoever looks: who is in a segment does not depend on the viewer, only which of its members are shown.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.conditions import Condition, Context, parse
from leadline.core.conditions.operands import WITH_SPAN
from leadline.core.conditions.tree import ChangedIn, Group, Linked, Not, Part, Question
from leadline.core.fields import Catalogue
from leadline.core.history import tracking_of
from leadline.core.refusals import RuleBroken
from leadline.segments.kinds import Segmentable, segmentable
from leadline.segments.models import Segment

ANYTHING = "*"  # in the place of a kind of history or a column: whatever changed
LONGEST_CHAIN = 8
_LOOKS: dict[int, tuple[Any, "Looks"]] = {}  # by segment, with its version and rule


@dataclass(frozen=True)
class Looks:
    """What a rule looks at: kind of history → columns; `*` for all of them. Whether it moves with time."""

    columns: dict[str, frozenset[str]]
    moves: bool

    def is_touched_by(self, kind: str, columns: set[str]) -> bool:
        """Whether a change of such columns of such records may change the answer."""
        watched = self.columns.get(kind, frozenset()) | self.columns.get(ANYTHING, frozenset())
        return bool(watched) and (
            ANYTHING in watched or ANYTHING in columns or not watched.isdisjoint(columns)
        )


def rule_of(given: Any, kind: str, *, user: Any = None, segment: Segment | None = None) -> Condition:
    """The rule that somebody gives a segment of a kind. Raises `RuleBroken` for what can't be meant.

    `segment` is the one whose rule it becomes: it may name itself neither directly nor through others.
    """
    about = segmentable(kind).about
    try:
        rule = parse(given, about, user=user)
    except RuleBroken as refusal:
        raise RuleBroken(refusal.message, field="rule", value=refusal.value) from None
    if rule.is_everything:
        message = _("Say at least one condition; a segment of everything is the list itself.")
        raise RuleBroken(message, field="rule")
    if any(_asks_for_any_segment(part) for part in _parts(rule.root)):
        message = _("A rule can't ask whether a record is in any segment at all; name the segments.")
        raise RuleBroken(message, field="rule")
    _refuse_circles(rule, segment, user)
    return rule


def stored_rule(segment: Segment) -> Condition:
    """The rule of a segment as it is asked of all records. Raises `RuleBroken` when it means nothing now."""
    return parse(segment.rule, segmentable(segment.kind).about)


def context_of(segment: Segment, context: Context) -> Context:
    """For whom its rule is asked: “me” is the owner, whoever looks."""
    return replace(context, user_id=segment.owner_id)


def looks_of(rule: Condition, kind: str) -> Looks:
    """What a rule looks at."""
    known = segmentable(kind)
    columns: dict[str, set[str]] = {kind: {"archived_at"}}
    moves = False
    for part in _parts(rule.root):
        for watched, names in _watched(part, rule.catalogue, known):
            columns.setdefault(watched, set()).update(names)
        moves = moves or _moves(part)
    return Looks({name: frozenset(found) for name, found in columns.items()}, moves)


def looks_of_stored(segment: Segment) -> Looks:
    """What the rule of a segment looks at, read once for each version of it. Raises `RuleBroken`."""
    known = _LOOKS.get(segment.pk)
    if known is None or known[0] != (segment.version, segment.rule):
        looks = looks_of(stored_rule(segment), segment.kind)
        known = _LOOKS[segment.pk] = ((segment.version, segment.rule), looks)
    return known[1]


def is_readable(rule: Condition, user: Any) -> bool:
    """Whether somebody may see all fields that a rule asks about, those of linked objects too."""
    return all(_may_read(part, user) for part in _parts(rule.root))


def in_order(segments: Iterable[Segment]) -> list[list[Segment]]:
    """Segments in steps: each after all those that its rule names."""
    waiting = {segment.pk: segment for segment in segments}
    steps: list[list[Segment]] = []
    while waiting:
        ready = [
            segment
            for key, segment in waiting.items()
            if not set(named_in(segment.rule)) & (waiting.keys() - {key})
        ]
        steps.append(ready or list(waiting.values()))  # in a circle, which nobody can make, none waits
        for segment in steps[-1]:
            del waiting[segment.pk]
    return steps


def named_in(condition: Any) -> Iterator[int]:
    """The segments that a condition names, read from its JSON."""
    if isinstance(condition, list):
        for each in condition:
            yield from named_in(each)
    elif isinstance(condition, dict):
        value = condition.get("value")
        if condition.get("field") == "segments" and isinstance(value, list):
            yield from (int(key) for key in value if str(key).isdecimal())
        for each in condition.values():
            yield from named_in(each) if isinstance(each, dict | list) else ()


def _refuse_circles(rule: Condition, segment: Segment | None, user: Any) -> None:
    """No segment is asked for by its own rule, and no chain of segments is longer than people follow.

    Those between are named as far as the person sees them.
    """
    others = Segment.objects.filter(is_dynamic=True).only("pk", "name", "rule")
    rules = {other.pk: other for other in others}
    found = set(named_in(rule.given))
    between: set[int] = set()
    for _step in range(LONGEST_CHAIN):
        if segment is not None and segment.pk in found:
            message = _("A rule can't ask for its own segment, not through others either: %(names)s.")
            seen = Segment.objects.visible_to(user) if user else Segment.objects.all()
            named = [f"“{name}”" for name in seen.filter(pk__in=between).values_list("name", flat=True)]
            hidden = [_("a segment that is not shown to you")] if len(named) < len(between) else []
            shown = ", ".join([f"“{segment.name}”", *named, *hidden])
            raise RuleBroken(message % {"names": shown}, field="rule", value=segment.pk)
        between |= found & rules.keys()
        found = {key for other in found if other in rules for key in named_in(rules[other].rule)}
        if not found:
            return
    message = _("The rule asks for segments through more than %(most)s others.") % {"most": LONGEST_CHAIN}
    raise RuleBroken(message, field="rule")


def _parts(part: Part) -> Iterator[Part]:
    """All questions of a rule, those about linked objects too, but not what they ask of these."""
    if isinstance(part, Group):
        for each in part.parts:
            yield from _parts(each)
    elif isinstance(part, Not):
        yield from _parts(part.part)
    else:
        yield part


def _may_read(part: Part, user: Any) -> bool:
    if isinstance(part, Linked):
        inside = all(_may_read(each, user) for each in _parts(part.where)) if part.where else True
        return inside and (part.of is None or part.of.visible(user))
    return not isinstance(part, Question) or part.asked.field.visible(user)


def _asks_for_any_segment(part: Part) -> bool:
    if isinstance(part, Linked):
        return part.where is not None and any(_asks_for_any_segment(each) for each in _parts(part.where))
    return isinstance(part, Question) and part.asked.family == "sets" and part.asked.operand is None


def _watched(part: Part, about: Catalogue, known: Segmentable) -> Iterator[tuple[str, set[str]]]:
    if isinstance(part, Linked):
        yield part.link.kind, {ANYTHING}
    elif isinstance(part, ChangedIn):
        yield known.kind, {ANYTHING}
    elif isinstance(part, Question) and part.asked.family != "sets":
        field = part.asked.field
        if field.stored_in:  # the history tells custom fields one by one
            yield known.kind, {field.name}
        elif field.needs or "SELECT" in field.sql:  # what stands elsewhere
            yield from ((kind, {ANYTHING}) for kind in known.follows.get(field.needs, (ANYTHING,)))
        else:
            yield known.kind, _columns(field.sql, about, known.kind)


def _columns(sql: str, about: Catalogue, kind: str) -> set[str]:
    """The columns of its own table that a field reads; anything where one of them leaves no history."""
    named = set(re.findall(rf"\b{about.table}\.\"?(\w+)", sql))
    kept = {str(field.column) for field in tracking_of(kind).columns} | {str(tracking_of(kind).key)}
    return named if named and named <= kept else {ANYTHING}


def _moves(part: Part) -> bool:
    """Whether the answer may change though nothing does but the time."""
    if isinstance(part, Linked):
        inside = any(_moves(each) for each in _parts(part.where)) if part.where else False
        return inside or _is_relative(part.asked.op)
    return isinstance(part, Question) and _is_relative(part.asked.op)


def _is_relative(op: str) -> bool:
    return op in WITH_SPAN or op.startswith(("this_", "last_", "next_"))
