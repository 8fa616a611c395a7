"""What can be done with segments, and what stands against it, for buttons, actions and “Why?” (PPL-5)."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from leadline.core.verbs import NOT_ARCHIVED, Hindrance, Kind, Verb, Whose, archived, explains, verbs_of
from leadline.segments.models import Segment

ARCHIVED = archived(_("This segment is archived; restore it first."), "segment:archive")
BY_RULE = Hindrance(
    "by_rule",
    _("Its members are found by its rule; nobody puts them in by hand."),
    lambda segment: segment.is_dynamic,
)


def within(user: Any, verb: str, segment: Segment) -> bool:
    """Whether a role's scope for the verb covers this segment: one's own, those of one's teams, or all."""
    if user.is_system:
        return True
    scope = user.grants.scope("segment", verb) if user.is_active else None
    if scope is None:
        return False
    in_team = scope == "team" and segment.owner.team_id in user.grants.managed_teams
    return scope == "all" or segment.owner_id == user.pk or in_team


def _role(verb: str) -> Callable[[Any, Any], bool]:
    return lambda user, segment: within(user, verb, segment)


def _seen(user: Any, key: int) -> Segment | None:
    return Segment.objects.visible_to(user).select_related("owner").filter(pk=key).first()


SEGMENT_VERBS = verbs_of(
    Verb("view", _("See"), "segment:view", lambda user, segment: True),
    Verb("edit", _("Edit"), "segment:edit", _role("edit"), (ARCHIVED,), ("refresh",)),
    Verb("pick", _("Add and remove"), "segment:edit", _role("edit"), (ARCHIVED, BY_RULE), ("members",)),
    Verb("archive", _("Archive"), "segment:archive", _role("archive"), (ARCHIVED,)),
    Verb("restore", _("Restore"), "segment:archive", _role("archive"), (NOT_ARCHIVED,)),
)
explains(
    Kind(
        "segment",
        "segment:view",
        _seen,
        SEGMENT_VERBS,
        ("segments",),
        whose=lambda segment: Whose(segment.owner, segment.owner.team_id),
    )
)
