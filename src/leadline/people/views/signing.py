"""Signing in and out (PPL-6)."""

from django.contrib.auth import login, logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from leadline.core.addresses import safe_next
from leadline.core.requests import Request
from leadline.people.forms import SignInForm


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: Request) -> HttpResponse:
    """Ask who it is; afterwards go on to the page that was wanted, if it is one of ours."""
    if request.user.is_authenticated:
        return redirect(safe_next(request))
    if request.method != "POST":
        return render(request, "people/sign_in.html", {"form": SignInForm(), "next": safe_next(request)})
    form = SignInForm(request.POST)
    if form.knows(request):
        login(request, form.user)
        return redirect(safe_next(request))
    return render(request, "people/sign_in.html", {"form": form, "next": safe_next(request)}, status=422)


@require_POST
def sign_out(request: Request) -> HttpResponse:
    """End the session of this browser."""
    logout(request)
    return redirect("people:sign_in")
