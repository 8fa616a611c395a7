"""Providers of single sign-on, set up by administrators (INT-5)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from leadline.core.actions import require
from leadline.core.answers import go_to, refuse
from leadline.core.requests import Request
from leadline.people import policies
from leadline.people.signing import actions
from leadline.people.signing.models import Provider
from leadline.people.signing.oidc.asking import address_back
from leadline.people.signing.provider_form import ProviderForm


@sensitive_post_parameters("client_secret")
@require_http_methods(["GET", "HEAD", "POST"])
def add_provider(request: Request) -> HttpResponse:
    """Trust another provider."""
    require(policies.may_manage_settings(request.user), who_can_help=policies.ASK_AN_ADMINISTRATOR)
    form = ProviderForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.run(actions.save_provider, by=request.actor):
        return go_to(request, reverse("people:change_provider", args=[form.result.pk]))
    return _form(request, form, title=_("Add a provider"), action=reverse("people:add_provider"))


@sensitive_post_parameters("client_secret")
@require_http_methods(["GET", "HEAD", "POST"])
def change_provider(request: Request, pk: int) -> HttpResponse:
    """Change how a provider is trusted."""
    require(policies.may_manage_settings(request.user), who_can_help=policies.ASK_AN_ADMINISTRATOR)
    provider = get_object_or_404(Provider, pk=pk)
    form = ProviderForm(request.POST) if request.method == "POST" else ProviderForm.of(provider)
    if request.method == "POST" and form.run(actions.save_provider, provider, by=request.actor):
        return go_to(request, reverse("people:signing_rules"))
    here = reverse("people:change_provider", args=[pk])
    return _form(request, form, title=provider.label, action=here, provider=provider)


@require_POST
def remove_provider(request: Request, pk: int) -> HttpResponse:
    """Trust it no longer."""
    actions.remove_provider(get_object_or_404(Provider, pk=pk), by=request.actor)
    return go_to(request, reverse("people:signing_rules"))


def _form(request: Request, form: ProviderForm, **words: Any) -> HttpResponse:
    show = refuse if request.method == "POST" else render
    provider = words.get("provider")
    shown = {"form": form, "back": address_back(provider.key) if provider else "", **words}
    return show(request, "people/signing/provider.html", shown)
