"""What can be done with rules, and what stands against it, for buttons, actions and “Why?” (PPL-5)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from leadline.automation.models import Rule
from leadline.core.verbs import Kind, Verb, explains, managed, verbs_of


def _seen(user: Any, key: int) -> Rule | None:
    return Rule.objects.visible_to(user).filter(pk=key).first()


RULE_VERBS = verbs_of(
    Verb("view", _("See"), "automation:view", lambda user, rule: True),
    *managed(
        "automation:manage",
        _("This rule is archived; restore it first."),
        edits=("switch", "move", "try"),
    ),
)
explains(Kind("automation_rule", "automation:view", _seen, RULE_VERBS, ("automation",)))
