"""Signing in by a provider: there and back (INT-5)."""

import logging

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from leadline.core.actions import Actor
from leadline.core.addresses import safe_next
from leadline.core.refusals import NotAllowed, RuleBroken
from leadline.core.requests import Request
from leadline.people.models import User
from leadline.people.signing import actions
from leadline.people.signing.knocking import note_failure
from leadline.people.signing.models import Provider, Session
from leadline.people.signing.oidc.asking import address_to_ask, answered
from leadline.people.signing.oidc.fetching import ProviderFailed
from leadline.people.signing.views.second_step import go_in, let_in

log = logging.getLogger(__name__)
WAY = Session.Way.SINGLE_SIGN_ON.value


@never_cache
@require_safe
def sign_in_with(request: Request, key: str) -> HttpResponse:
    """Send the browser to the provider."""
    provider = get_object_or_404(Provider, key=key, is_active=True)
    try:
        return redirect(address_to_ask(request, provider, safe_next(request)))
    except ProviderFailed as failure:
        return _failed(request, provider, failure)


@never_cache
@require_safe
def sign_in_back(request: Request, key: str) -> HttpResponse:
    """The browser comes back: whoever the provider says it is, if all fits, is let in."""
    provider = get_object_or_404(Provider, key=key, is_active=True)
    try:
        claims, on = answered(request, provider)
        user = actions.user_of_identity(
            provider,
            subject=claims.subject,
            email=claims.email,
            name=claims.name,
            claims=claims.all,
            by=Actor(User.objects.house(), trace=f"provider:{provider.pk}"),
        )
    except ProviderFailed as failure:
        return _failed(request, provider, failure)
    except (NotAllowed, RuleBroken) as refusal:
        note_failure(request, None, way=WAY)
        return _told(request, refusal.message)
    if provider.counts_as_second_factor:
        return let_in(request, user, way=WAY, factor=WAY, on=on)
    return go_in(request, user, way=WAY, on=on)


def _failed(request: Request, provider: Provider, failure: ProviderFailed) -> HttpResponse:
    """What went wrong is for the log; the person is told what to do."""
    log.warning("single sign-on failed", extra={"provider": provider.key, "failure": str(failure)})
    note_failure(request, None, way=WAY)
    words = _("Signing in by %(provider)s did not work. Try again, or ask an administrator.")
    return _told(request, words % {"provider": provider.label})


def _told(request: Request, words: str) -> HttpResponse:
    request.session["told"] = words
    return redirect(f"{reverse('people:sign_in')}?{urlencode({'next': safe_next(request)})}")
