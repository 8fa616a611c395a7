"""One's own signing in: password, factors, sessions (PPL-6)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from leadline.core.answers import answer, asked_by_htmx, go_to, refuse
from leadline.core.requests import Request
from leadline.people import actions as people
from leadline.people.forms import PasswordForm
from leadline.people.signing import actions
from leadline.people.signing.entering import keep_key, leave
from leadline.people.signing.factors import factors_of
from leadline.people.signing.forms import NewEmailForm
from leadline.people.signing.models import Session
from leadline.people.signing.queries import sessions_of


@require_safe
def security(request: Request) -> HttpResponse:
    """How one signs in, and where one is signed in."""
    return render(request, "people/signing/security.html", everything(request))


@sensitive_post_parameters("old", "new")
@require_POST
def change_own_password(request: Request) -> HttpResponse:
    """Change one's own password; this browser stays signed in with a new key, all others do not."""
    form = PasswordForm(request.POST)
    if not form.run(people.change_own_password, request.user, by=request.actor):
        part = "people/signing/_password.html" if asked_by_htmx(request) else "people/signing/security.html"
        return refuse(request, part, everything(request, password=form))
    secret = actions.renew_session(request.open_session.id, user=form.result, by=request.actor)
    keep_key(request, form.result, secret)
    return _answer(request, "_password", _("The password is changed; other browsers are signed out."))


@require_POST
def end_session(request: Request, pk: int) -> HttpResponse:
    """Sign out one other browser."""
    session = get_object_or_404(Session.objects.visible_to(request.user), pk=pk)
    actions.end_session(session, by=request.actor)
    return _answer(request, "_sessions", _("That browser is signed out."))


@require_POST
def sign_out_everywhere(request: Request) -> HttpResponse:
    """Sign out all browsers, this one too."""
    actions.sign_out_everywhere(request.user, by=request.actor)
    leave(request)
    return go_to(request, reverse("people:sign_in"))


@require_POST
def sign_out_elsewhere(request: Request) -> HttpResponse:
    """Sign out all browsers but this one."""
    actions.sign_out_everywhere(request.user, but=request.open_session.id, by=request.actor)
    return _answer(request, "_sessions", _("All other browsers are signed out."))


def everything(request: Request, **replaced: Any) -> dict[str, Any]:
    """What the page shows."""
    return {
        "password": PasswordForm(),
        "new_email": NewEmailForm(),
        "factors": factors_of(request.user),
        "passkeys": request.user.passkeys.order_by("pk"),
        "sessions": sessions_of(request.user, this=request.open_session.id),
        **replaced,
    }


def _answer(request: Request, part: str, toast: str) -> HttpResponse:
    shown = everything(request)
    here = reverse("people:security")
    return answer(request, f"people/signing/{part}.html", shown, toast=toast, otherwise=here)
