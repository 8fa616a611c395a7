"""How views of rules fetch: through `visible_to`, so that what one may not see is a 404 (ALL-3)."""

from django.http import Http404

from leadline.automation.models import Rule
from leadline.automation.policies import may_see_rules
from leadline.core.actions import require
from leadline.core.requests import Request


def require_seeing(request: Request) -> None:
    """Pages about rules are for whoever may see them."""
    require(may_see_rules(request.user))


def rule_of(request: Request, pk: int) -> Rule:
    """A rule, archived or not."""
    require_seeing(request)
    found = Rule.objects.visible_to(request.user).select_related("changed_by").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
