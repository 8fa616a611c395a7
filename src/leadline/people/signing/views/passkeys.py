"""Passkeys: made, shown as second step or alone, removed (PPL-6)."""

import json

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from leadline.core.actions import Actor
from leadline.core.addresses import safe_next
from leadline.core.answers import asked_by_htmx, go_to
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.people.models import User
from leadline.people.signing import actions, limits, proving
from leadline.people.signing.forms import PasskeyForm
from leadline.people.signing.knocking import note_failure, require_other_way
from leadline.people.signing.models import Passkey
from leadline.people.signing.origin import device_in_words, device_of
from leadline.people.signing.pending import who_is_expected
from leadline.people.signing.views.codes import factor_was_added
from leadline.people.signing.views.confirming import confirmed
from leadline.people.signing.views.second_step import let_in

PASSKEY = "passkey"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add_passkey(request: Request) -> HttpResponse:
    """Make a passkey on this device, phone or key."""
    first = {"name": device_in_words(device_of(request))}
    form = PasskeyForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.run(_keep, request=request):
        return factor_was_added(request, PASSKEY)
    shown = {"form": form, "options": proving.to_register(request, request.user)}
    return render(request, "people/signing/add_passkey.html", shown, status=422 if form.errors else 200)


@require_POST
def remove_passkey(request: Request, pk: int) -> HttpResponse:
    """A device that is gone, or no longer wanted."""
    actions.remove_passkey(get_object_or_404(Passkey, pk=pk, user=request.user), by=request.actor)
    return go_to(request, reverse("people:security"))


@never_cache
@require_POST
def sign_in_by_passkey(request: Request) -> HttpResponse:
    """Come in by a passkey alone: something one has, unlocked by what one is or knows."""
    try:
        passkey = _prove(request, None)
        require_other_way(passkey.user)
    except RuleBroken as refusal:
        note_failure(request, None, way=PASSKEY)
        return _back(request, "people:sign_in", refusal.message)
    return let_in(request, passkey.user, way=PASSKEY, factor=PASSKEY)


@never_cache
@require_POST
def second_step_by_passkey(request: Request) -> HttpResponse:
    """The second step after the password."""
    expected = who_is_expected(request)
    if expected is None:
        return redirect("people:sign_in")
    user, way = expected
    try:
        _prove(request, user)
    except RuleBroken as refusal:
        note_failure(request, user, way=PASSKEY)
        return _back(request, "people:second_step", refusal.message)
    return let_in(request, user, way=way, factor=PASSKEY)


@require_POST
def confirm_by_passkey(request: Request) -> HttpResponse:
    """“Confirm it is you”, and the step that a role needs from now on."""
    try:
        _prove(request, request.user)
    except RuleBroken as refusal:
        note_failure(request, request.user, way=PASSKEY)
        if asked_by_htmx(request):
            raise
        return _back(request, "people:confirm", refusal.message)
    session = request.open_session.id
    actions.confirm_person(session, user=request.user, way=PASSKEY, with_factor=True, by=request.actor)
    return confirmed(request)


def _keep(*, name: str, credential: str, request: Request) -> Passkey:
    verified = proving.registered(request, credential)
    spoken = json.loads(credential).get("response", {}).get("transports", [])
    transports = [str(one)[:20] for one in spoken] if isinstance(spoken, list) else []
    return actions.add_passkey(
        request.user, name=name, verified=verified, transports=transports, by=request.actor
    )


def _prove(request: Request, user: User | None) -> Passkey:
    counted = limits.for_factor(user.pk) if user else limits.for_passkey(request)
    actions.charge(counted, by=Actor(user))
    passkey, proof = proving.shown(request, request.POST.get("credential", ""), of=user)
    actions.note_use_of_passkey(passkey, sign_count=proof.new_sign_count, by=Actor(passkey.user))
    actions.forgive(counted, by=Actor(user))
    return passkey


def _back(request: Request, view: str, message: str) -> HttpResponse:
    """To the page that asked, with what was wrong: it has a new challenge."""
    request.session["told"] = message
    return redirect(f"{reverse(view)}?{urlencode({'next': safe_next(request)})}")
