"""What can be done with rules, and what stands against it, for buttons, actions and “Why?” (PPL-5)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from leadline.automation.models import Rule
from leadline.core.verbs import Hindrance, Kind, Verb, explains, verbs_of

ARCHIVED = Hindrance(
    "archived",
    _("This rule is archived; restore it first."),
    lambda rule: rule.is_archived,
    _("Restore"),
    "automation:manage",
)
NOT_ARCHIVED = Hindrance(
    "not_archived", _("It is not archived."), lambda rule: not rule.is_archived, idle=True
)


def manages(user: Any, rule: Rule) -> bool:
    """Whether a role lets somebody change rules: all of them, as they are the house's."""
    return bool(user.is_system or user.may("automation", "manage"))


def _seen(user: Any, key: int) -> Rule | None:
    return Rule.objects.visible_to(user).filter(pk=key).first()


RULE_VERBS = verbs_of(
    Verb("view", _("See"), "automation:view", lambda user, rule: True),
    Verb("edit", _("Edit"), "automation:manage", manages, (ARCHIVED,), ("switch", "move", "try")),
    Verb("archive", _("Archive"), "automation:manage", manages, (ARCHIVED,)),
    Verb("restore", _("Restore"), "automation:manage", manages, (NOT_ARCHIVED,)),
)
explains(Kind("automation_rule", "automation:view", _seen, RULE_VERBS, ("automation",)))
