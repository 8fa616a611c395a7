"""Names in the sentences of rules: what the reader may not see stays a number."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.conditions import Condition
from leadline.core.refusals import RuleBroken
from leadline.segments.kinds import Segmentable, segmentable
from leadline.segments.models import Segment
from leadline.segments.rules import is_readable, stored_rule

Naming = Callable[[str, int], str]


def naming_for(kind: Segmentable, user: Any) -> Naming:
    """The names of users and teams as the kind knows them, those of segments as far as somebody sees them."""

    def naming(what: str, key: int) -> str:
        if what != "segment":
            return kind.naming(what, key)
        name = Segment.objects.visible_to(user).filter(pk=key).values_list("name", flat=True).first()
        return f"“{name}”" if name else _("a segment that is not shown to you")

    return naming


def rule_in_words(segment: Segment, user: Any) -> str:
    """The rule as a sentence for a reader; empty for a static segment.

    Who may not see a field that the rule asks about is told just that.
    """
    if not segment.is_dynamic:
        return ""
    rule = readable_rule(segment, user)
    if rule is None:
        return _("The rule asks about something that is not there any more, or that is not shown to you.")
    words = rule.sentence(naming_for(segmentable(segment.kind), user))
    return words[:1].upper() + words[1:]


def readable_rule(segment: Segment, user: Any) -> Condition | None:
    """The rule, for whoever sees all that it asks about; none for others, or when it means nothing now."""
    try:
        rule = stored_rule(segment)
    except RuleBroken:
        return None
    return rule if is_readable(rule, user) else None
