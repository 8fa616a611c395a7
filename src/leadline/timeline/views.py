"""The bell and the page of notifications (TIM-11)."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from leadline.core.answers import asked_by_htmx, go_to
from leadline.core.ids import numeric_id
from leadline.core.requests import Request
from leadline.timeline import actions
from leadline.timeline.models import Notification
from leadline.timeline.queries import bell_of, notifications_of

PAGE = 50


@require_safe
@never_cache
def bell(request: Request) -> HttpResponse:
    """How many notifications wait; 204 while it is what the page shows already."""
    state = bell_of(request.user)
    if request.GET.get("seen") == state.fingerprint:
        return HttpResponse(status=204)
    response = render(request, "timeline/_bell.html", {"bell": state})
    response["HX-Trigger"] = "bell-rang"
    return response


@require_safe
@never_cache
def notifications(request: Request) -> HttpResponse:
    """All notifications, newest first; 204 while they are what the page shows already."""
    state = bell_of(request.user)
    if asked_by_htmx(request) and request.GET.get("seen") == state.fingerprint:
        return HttpResponse(status=204)
    before = numeric_id(request.GET.get("before"))
    found = notifications_of(request.user, before=before, limit=PAGE + 1)
    shown = found[:PAGE]
    context = {
        "notifications": shown,
        "bell": state,
        "again": {"seen": state.fingerprint, **({"before": before} if before else {})},
        "older": f"?before={shown[-1].pk}" if len(found) > PAGE else "",
        "newer": reverse("timeline:notifications") if before else "",
    }
    return render(request, "timeline/notifications.html", context)


@require_POST
def open_notification(request: Request, pk: int) -> HttpResponse:
    """Go to what a notification tells of; it counts as read."""
    notification = get_object_or_404(Notification.objects.visible_to(request.user), pk=pk)
    actions.mark_read(request.user, only=notification.pk, by=request.actor)
    return go_to(request, notification.address or reverse("timeline:notifications"))


@require_POST
def read_all(request: Request) -> HttpResponse:
    """Mark everything as read."""
    actions.mark_read(request.user, by=request.actor)
    return redirect("timeline:notifications")
