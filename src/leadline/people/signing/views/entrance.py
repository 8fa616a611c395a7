"""Signing in by password, and out (PPL-6)."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from leadline.core.addresses import safe_next
from leadline.core.requests import Request
from leadline.people.signing import actions, proving
from leadline.people.signing.entering import leave
from leadline.people.signing.forms import SignInForm
from leadline.people.signing.models import Provider
from leadline.people.signing.views.second_step import go_in


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: Request) -> HttpResponse:
    """Ask who it is; afterwards go on to the page that was wanted, if it is one of ours."""
    if request.user.is_authenticated:
        return redirect(safe_next(request))
    form = SignInForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.knows(request) and form.user:
        return go_in(request, form.user, way="password")
    shown = {
        "form": form,
        "next": safe_next(request),
        "passkey_options": proving.to_show(request),
        "providers": Provider.objects.filter(is_active=True).order_by("label"),
        "told": request.session.pop("told", ""),
    }
    return render(request, "people/signing/sign_in.html", shown, status=422 if form.is_bound else 200)


@require_POST
def sign_out(request: Request) -> HttpResponse:
    """End the session of this browser."""
    if request.open_session:
        actions.sign_out(request.open_session.id, by=request.actor)
    leave(request)
    return redirect("people:sign_in")
