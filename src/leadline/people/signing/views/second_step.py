"""The second step of signing in, and setting one up when a role needs it (PPL-6)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from leadline.core.addresses import safe_next
from leadline.core.requests import Request
from leadline.people.models import User
from leadline.people.signing import actions, proving
from leadline.people.signing.entering import enter, know
from leadline.people.signing.factors import factors_of
from leadline.people.signing.forms import CodeForm
from leadline.people.signing.pending import expect_second_step, who_is_expected
from leadline.people.signing.second_step import factor_typed


def go_in(request: Request, user: User, *, way: str, on: str = "") -> HttpResponse:
    """After the first step: on to the second if the person has one, else in."""
    on = on or safe_next(request)
    if factors_of(user).any:
        expect_second_step(request, user, way=way)
        return redirect(f"{reverse('people:second_step')}?{urlencode({'next': on})}")
    return let_in(request, user, way=way, factor="none", on=on)


def let_in(request: Request, user: User, *, way: str, factor: str, on: str = "") -> HttpResponse:
    """Begin the session and go on to the page that was wanted."""
    on = on or safe_next(request)
    enter(request, user, way=way, factor=factor)
    response = redirect(on)
    know(request, response, user)
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: Request) -> HttpResponse:
    """Ask for a code of the app, a passkey or a recovery code."""
    expected = who_is_expected(request)
    if expected is None:
        return redirect(f"{reverse('people:sign_in')}?{urlencode({'next': safe_next(request)})}")
    user, way = expected
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.run(lambda code: factor_typed(request, user, code)):
        return let_in(request, user, way=way, factor=form.result)
    shown = {"form": form, **_ways(request, user, reverse("people:second_step_by_passkey"))}
    return render(request, "people/signing/second_step.html", shown, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def factor_needed(request: Request) -> HttpResponse:
    """A role needs a second factor: show the one that is there, or set one up before anything else."""
    if not request.open_session or not request.open_session.lacks_factor:
        return redirect(safe_next(request))
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.run(lambda code: factor_typed(request, request.user, code)):
        session = request.open_session.id
        actions.confirm_person(
            session, user=request.user, way=form.result, with_factor=True, by=request.actor
        )
        return redirect(safe_next(request))
    shown = {"form": form, **_ways(request, request.user, reverse("people:confirm_by_passkey"))}
    return render(request, "people/signing/factor_needed.html", shown, status=422 if form.errors else 200)


def _ways(request: Request, user: User, by_passkey: str) -> dict[str, Any]:
    """What the person can show, and the question to the passkeys among it."""
    factors = factors_of(user)
    return {
        "factors": factors,
        "next": safe_next(request),
        "passkey_options": proving.to_show(request, user) if factors.passkeys else "",
        "passkey_action": by_passkey,
        "told": request.session.pop("told", ""),
    }
