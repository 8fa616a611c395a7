"""How a colleague signs in, and an administrator's help (PPL-6)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadline.core.actions import require
from leadline.core.answers import answer
from leadline.core.requests import Request
from leadline.people import policies
from leadline.people.models import User
from leadline.people.signing import actions
from leadline.people.signing.factors import factors_of
from leadline.people.signing.queries import sessions_of


@require_safe
def signing_of_user(request: Request, pk: int) -> HttpResponse:
    """Factors and sessions of a colleague."""
    person = _colleague(request, pk)
    return render(request, "people/signing/_of_user.html", _about(request, person))


@require_POST
def reset_second_factor(request: Request, pk: int) -> HttpResponse:
    """Take lost factors away."""
    person = _colleague(request, pk)
    actions.reset_second_factor(person, by=request.actor)
    return _answer(request, person, _("The second factor is reset; all sessions ended."))


@require_POST
def sign_out_user(request: Request, pk: int) -> HttpResponse:
    """End all sessions of a colleague."""
    person = _colleague(request, pk)
    actions.sign_out_everywhere(person, by=request.actor)
    return _answer(request, person, _("%(name)s is signed out everywhere.") % {"name": person.name})


def _colleague(request: Request, pk: int) -> User:
    require(policies.may_manage_people(request.user), who_can_help=policies.ASK_AN_ADMINISTRATOR)
    return get_object_or_404(User.objects.visible_to(request.user), pk=pk)


def _about(request: Request, person: User) -> dict[str, Any]:
    return {
        "person": person,
        "factors": factors_of(person),
        "sessions": sessions_of(person),
        "may_view_as": policies.may_view_as(request.user, person),
    }


def _answer(request: Request, person: User, toast: str) -> HttpResponse:
    here = reverse("people:change_user", args=[person.pk])
    return answer(
        request, "people/signing/_of_user.html", _about(request, person), toast=toast, otherwise=here
    )
