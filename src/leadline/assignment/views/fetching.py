"""How views fetch: the kind that an address names, and rules within what one may read."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from leadline.assignment import policies
from leadline.assignment.models import Rule
from leadline.assignment.registry import Assignable, assignables
from leadline.core.actions import require
from leadline.core.requests import Request


def kind_in(request: Request) -> Assignable:
    """The kind that is asked for, the first where none is; the reader may see its rules."""
    require(
        policies.may_see_rules(request.user),
        _("Your role does not show the rules of assignment."),
        who_can_help=policies.ASK,
    )
    asked = request.GET.get("kind") or request.POST.get("kind")
    kinds = assignables()
    found = [each for each in kinds if each.kind == asked] if asked else kinds[:1]
    if not found:
        raise Http404
    return found[0]


def page_of(name: str, about: Assignable) -> str:
    """The address of one of the pages, for a kind."""
    return f"{reverse(f'assignment:{name}')}?kind={about.kind}"


def rule_of(request: Request, pk: int) -> Rule:
    """A rule that the person may read."""
    return get_object_or_404(Rule.objects.visible_to(request.user).select_related("team", "overflow"), pk=pk)


def require_manager(request: Request) -> None:
    """Refused before anything is typed."""
    require(policies.may_manage_rules(request.user), who_can_help=policies.ASK)
