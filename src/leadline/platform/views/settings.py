"""The settings of the platform: keys, what counts as online, and what events and reasons are known."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadline.core.actions import require
from leadline.core.answers import answer, asked_by_htmx, go_to, refuse
from leadline.core.requests import Request
from leadline.people.policies import ASK_AN_ADMINISTRATOR
from leadline.platform import actions
from leadline.platform.forms import IngestKeyForm, PlatformRulesForm
from leadline.platform.kinds import EVERYWHERE, KINDS
from leadline.platform.models import IngestKey
from leadline.platform.policies import may_manage_platform
from leadline.platform.reasons import REASONS

_FRESH = "fresh_ingest_key"  # the page shows its secret once


@require_safe
def settings(request: Request) -> HttpResponse:
    """Keys, rules, and the tables of kinds and reasons."""
    _require(request)
    fresh = request.session.pop(_FRESH, None)
    key = IngestKey.objects.visible_to(request.user).in_force().filter(pk=fresh).first() if fresh else None
    return render(request, "platform/settings.html", {**_keys(request, key), **_rules(), **_tables()})


@require_http_methods(["GET", "HEAD", "POST"])
def make_key(request: Request) -> HttpResponse:
    """Make a key; the page then shows its secret, this once."""
    _require(request)
    form = IngestKeyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.run(actions.make_ingest_key, by=request.actor):
        request.session[_FRESH] = form.result.pk
        return go_to(request, reverse("platform:settings"))
    template = "platform/_key_form.html" if asked_by_htmx(request) else "platform/key_form.html"
    show = refuse if request.method == "POST" else render
    return show(request, template, {"form": form})


@require_POST
def renew_key(request: Request, pk: int) -> HttpResponse:
    """Give a key a new secret, shown this once."""
    key = actions.renew_ingest_key(_seen(request, pk), by=request.actor)
    if not asked_by_htmx(request):
        request.session[_FRESH] = key.pk
    told = _("For a day the old secret holds too.")
    return answer(
        request,
        "platform/_keys.html",
        _keys(request, key),
        toast=told,
        otherwise=reverse("platform:settings"),
    )


@require_POST
def revoke_key(request: Request, pk: int) -> HttpResponse:
    """Take nothing more that is signed with it."""
    actions.revoke_ingest_key(_seen(request, pk), by=request.actor)
    return answer(
        request,
        "platform/_keys.html",
        _keys(request),
        toast=_("Revoked."),
        otherwise=reverse("platform:settings"),
    )


@require_POST
def change_rules(request: Request) -> HttpResponse:
    """Change what counts as online."""
    _require(request)
    form = PlatformRulesForm(request.POST)
    if form.run(actions.change_platform_rules, by=request.actor):
        here = reverse("platform:settings")
        return answer(request, "platform/_rules.html", _rules(), toast=_("Saved."), otherwise=here)
    if asked_by_htmx(request):
        return refuse(request, "platform/_rules.html", {"rules_form": form})
    return refuse(request, "platform/settings.html", {**_keys(request), **_tables(), "rules_form": form})


def _require(request: Request) -> None:
    require(may_manage_platform(request.user), who_can_help=ASK_AN_ADMINISTRATOR)


def _seen(request: Request, pk: int) -> IngestKey:
    return get_object_or_404(IngestKey.objects.visible_to(request.user), pk=pk)


def _keys(request: Request, fresh: IngestKey | None = None) -> dict[str, Any]:
    rows = IngestKey.objects.visible_to(request.user).order_by("revoked_at", "name", "pk")
    return {"keys": rows, "fresh": fresh}


def _rules() -> dict[str, Any]:
    return {"rules_form": PlatformRulesForm.of_now()}


def _tables() -> dict[str, Any]:
    """Kinds with their own details, and reasons in words."""
    common = {detail.name for detail in EVERYWHERE}
    kinds = [
        (kind, [detail for detail in kind.details if detail.required or detail.name not in common])
        for kind in KINDS.values()
    ]
    return {"kinds": kinds, "everywhere": EVERYWHERE, "reasons": REASONS.items()}
