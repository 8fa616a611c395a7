"""A forgotten password (PPL-6)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from leadline.core.actions import Actor
from leadline.core.jobs import later
from leadline.core.mail import can_send
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.people.signing import actions, limits
from leadline.people.signing.actions.recovering import who_recovers
from leadline.people.signing.forms import ForgotForm, NewPasswordForm
from leadline.people.signing.origin import address_of
from leadline.people.signing.views.second_step import go_in


@require_http_methods(["GET", "HEAD", "POST"])
def forgot(request: Request) -> HttpResponse:
    """Ask for a link; the answer is the same whoever asks, and so is its time."""
    form = ForgotForm(request.POST if request.method == "POST" else None)
    asked = request.method == "POST" and can_send() and form.is_valid() and _asked(request, form)
    shown = {"form": form, "asked": asked, "can_send": can_send()}
    return render(request, "people/signing/forgot.html", shown, status=422 if form.errors else 200)


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def recover(request: Request, secret: str) -> HttpResponse:
    """Choose a new password by the link; then in, by the second step if there is one."""
    form = NewPasswordForm(request.POST if request.method == "POST" else None)
    user = who_recovers(secret)
    if request.method == "POST" and form.run(actions.recover_password, secret, by=Actor(user)):
        return go_in(request, form.result, way="link")
    shown = {"form": form, "person": user, "secret": secret}
    return render(request, "people/signing/recover.html", shown, status=422 if form.errors else 200)


def _asked(request: Request, form: ForgotForm) -> bool:
    email = form.cleaned_data["email"]
    try:
        actions.charge(limits.for_mail(email, address_of(request)), by=Actor(None))
    except RuleBroken as refusal:
        form.add_error(None, refusal.message)
        return False
    later("people.send_recovery", email=email)
    return True
