"""One's own page: profile, appearance, tokens."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leadline.core.answers import answer, go_to, refuse
from leadline.core.requests import Request
from leadline.people import actions
from leadline.people.forms import ProfileForm, TokenForm
from leadline.people.models import Token
from leadline.people.queries import tokens_of
from leadline.people.working.showing import work_of

IDS_OF_TOKENS = "program_%s"  # the profile on the same page has a name too


@require_http_methods(["GET", "HEAD", "POST"])
def me(request: Request) -> HttpResponse:
    """Show and change one's own profile."""
    if request.method != "POST":
        return render(request, "people/me.html", _all(request))
    form = ProfileForm(request.POST)
    if not form.run(actions.change_own_profile, request.user, by=request.actor):
        return _refuse(request, "people/_profile.html", profile=form)
    if form.result.language != request.user.language:
        return go_to(request, reverse("people:me"))
    return _answer(request, "people/_profile.html", _("Saved."))


@require_POST
def create_token(request: Request) -> HttpResponse:
    """Make a token and show it, this once."""
    form = TokenForm(request.POST, auto_id=IDS_OF_TOKENS)
    if not form.run(actions.create_token, request.user, by=request.actor):
        return _refuse(request, "people/_tokens.html", token_form=form)
    context = {**_all(request), "secret": form.result}
    whole = "people/_tokens.html" if request.headers.get("HX-Request") else "people/me.html"
    return render(request, whole, context)


@require_POST
def revoke_token(request: Request, pk: int) -> HttpResponse:
    """Make one of one's own tokens useless."""
    actions.revoke_token(get_object_or_404(Token, pk=pk, user=request.user), by=request.actor)
    return _answer(request, "people/_tokens.html", _("The token no longer works."))


def _all(request: Request, **replaced: Any) -> dict[str, Any]:
    return {
        "profile": ProfileForm.of(request.user),
        "token_form": TokenForm(auto_id=IDS_OF_TOKENS),
        "tokens": tokens_of(request.user),
        **work_of(request.user, request.user),
        **replaced,
    }


def _answer(request: Request, part: str, toast: str) -> HttpResponse:
    return answer(request, part, _all(request), toast=toast, otherwise=reverse("people:me"))


def _refuse(request: Request, part: str, **forms: Any) -> HttpResponse:
    whole = part if request.headers.get("HX-Request") else "people/me.html"
    return refuse(request, whole, _all(request, **forms))
