"""Pages of webhooks: the list, one with its log, and the verbs."""

from typing import Any
from zlib import crc32

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadline.api import actions, policies
from leadline.api.forms import WebhookForm
from leadline.api.models import Delivery, Webhook
from leadline.core.actions import require
from leadline.core.answers import answer, asked_by_htmx, go_to, refuse
from leadline.core.requests import Request
from leadline.people.policies import ASK_AN_ADMINISTRATOR

SHOWN = 50
TONES = {"waiting": "info", "delivered": "good", "failed": "bad", "left_out": "neutral"}


@require_safe
def webhooks(request: Request) -> HttpResponse:
    """All webhooks with how their last day went."""
    _require(request)
    waiting = Count("deliveries", filter=Q(deliveries__state=Delivery.State.WAITING))
    rows = Webhook.objects.visible_to(request.user).select_related("user").annotate(waiting=waiting)
    return render(request, "api/webhooks.html", {"webhooks": rows.order_by("name", "id")})


@require_safe
def page(request: Request, pk: int) -> HttpResponse:
    """One webhook: where it leads, its secret when just made, and what was sent."""
    webhook = _seen(request, pk)
    is_fresh = request.session.pop(_FRESH, None) == pk
    secret = {"secret": webhook.secret} if is_fresh else {}
    return render(request, "api/webhook.html", _about(webhook, **secret))


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request) -> HttpResponse:
    """Add a webhook; its page then shows the secret, this once."""
    _require(request)
    form = WebhookForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.run(actions.add_webhook, by=request.actor):
        request.session[_FRESH] = form.result.pk
        return go_to(request, reverse("webhooks:page", args=[form.result.pk]))
    return _form(request, form, _("Add webhook"), reverse("webhooks:add"))


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, pk: int) -> HttpResponse:
    """Change where a webhook leads and what it is told of."""
    webhook = _seen(request, pk)
    form = WebhookForm(request.POST) if request.method == "POST" else WebhookForm.of(webhook)
    if request.method == "POST" and form.run(actions.change_webhook, webhook, by=request.actor):
        return go_to(request, reverse("webhooks:page", args=[pk]))
    return _form(request, form, webhook.name, reverse("webhooks:change", args=[pk]), webhook)


@require_POST
def renew_secret(request: Request, pk: int) -> HttpResponse:
    """Make a new secret and show it, this once."""
    webhook = actions.renew_secret(_seen(request, pk), by=request.actor)
    return _answer(request, webhook, _("For a day the old secret signs too."), secret=webhook.secret)


@require_POST
def pause(request: Request, pk: int) -> HttpResponse:
    """Stop sending."""
    webhook = actions.pause_webhook(_seen(request, pk), by=request.actor)
    return _answer(request, webhook, _("Paused. The event log keeps what happens meanwhile."))


@require_POST
def resume(request: Request, pk: int) -> HttpResponse:
    """Send again."""
    return _answer(request, actions.resume_webhook(_seen(request, pk), by=request.actor), _("Sending again."))


@require_POST
def remove(request: Request, pk: int) -> HttpResponse:
    """Take a webhook away."""
    actions.remove_webhook(_seen(request, pk), by=request.actor)
    return go_to(request, reverse("webhooks:list"))


@require_POST
def test(request: Request, pk: int) -> HttpResponse:
    """Send the newest event."""
    webhook = _seen(request, pk)
    actions.send_test(webhook, by=request.actor)
    return _answer(request, webhook, _("The newest event is on its way."))


@require_POST
def replay(request: Request, pk: int, delivery_pk: int) -> HttpResponse:
    """Send one event again."""
    webhook = _seen(request, pk)
    actions.replay_delivery(get_object_or_404(webhook.deliveries, pk=delivery_pk), by=request.actor)
    return _answer(request, webhook, _("It is sent again."))


@require_safe
def log(request: Request, pk: int) -> HttpResponse:
    """The live part of the page; 204 while it is what the page shows already."""
    context = _about(_seen(request, pk))
    if request.GET.get("seen") == context["fingerprint"]:
        return HttpResponse(status=204)
    return render(request, "api/_webhook.html", context)


_FRESH = "fresh_webhook"  # its page shows the secret once


def _require(request: Request) -> None:
    require(policies.may_manage_webhooks(request.user), who_can_help=ASK_AN_ADMINISTRATOR)


def _seen(request: Request, pk: int) -> Webhook:
    return get_object_or_404(Webhook.objects.visible_to(request.user).select_related("user"), pk=pk)


def _about(webhook: Webhook, **more: Any) -> dict[str, Any]:
    deliveries = list(webhook.deliveries.prefetch_related("attempts").order_by("-id")[:SHOWN])
    states = ",".join(f"{sent.pk}{sent.state}{len(sent.attempts.all())}" for sent in deliveries)
    return {
        "webhook": webhook,
        "deliveries": deliveries,
        "tones": TONES,
        "fingerprint": f"{webhook.version}.{crc32(states.encode()):x}",
        **more,
    }


def _answer(request: Request, webhook: Webhook, toast: str, **more: Any) -> HttpResponse:
    otherwise = "" if more else reverse("webhooks:page", args=[webhook.pk])
    template = "api/_webhook.html" if asked_by_htmx(request) else "api/webhook.html"
    return answer(request, template, _about(webhook, **more), toast=toast, otherwise=otherwise)


def _form(
    request: Request, form: WebhookForm, title: str, action: str, webhook: Webhook | None = None
) -> HttpResponse:
    template = "api/_webhook_form.html" if asked_by_htmx(request) else "api/webhook_form.html"
    show = refuse if request.method == "POST" else render
    label = _("Save") if webhook else _("Add webhook")
    back = reverse("webhooks:page", args=[webhook.pk]) if webhook else reverse("webhooks:list")
    return show(
        request, template, {"form": form, "title": title, "action": action, "label": label, "back": back}
    )
