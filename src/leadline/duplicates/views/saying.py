"""What people say of pairs, and the button that starts a scan (CUS-22)."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from leadline.core.answers import go_to
from leadline.core.ids import numeric_id
from leadline.core.requests import Request
from leadline.duplicates import actions
from leadline.duplicates.queries import pair_seen


@require_POST
def dismiss(request: Request) -> HttpResponse:
    """The chosen pairs are not duplicates."""
    return _said(request, actions.dismiss_pairs)


@require_POST
def later(request: Request) -> HttpResponse:
    """The chosen pairs stand after all others."""
    return _said(request, actions.put_off)


@require_POST
def take_back(request: Request, pk: int) -> HttpResponse:
    """They may be duplicates after all."""
    pair = pair_seen(request.user, pk)
    if pair is None:
        raise Http404
    actions.take_back(pair, by=request.actor)
    return redirect(_back(request))


@require_POST
def scan(request: Request) -> HttpResponse:
    """Look for duplicates now: among changes, or among all."""
    job = actions.start_scan(is_full="full" in request.POST, by=request.actor)
    return go_to(request, reverse("work:job", args=[job.pk]))


def _said(request: Request, say: Callable[..., int]) -> HttpResponse:
    ids = [key for key in (numeric_id(text) for text in request.POST.getlist("pair")) if key]
    say(ids, by=request.actor)
    return redirect(_back(request))


def _back(request: Request) -> str:
    """The page that was shown, with its filters."""
    there = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(there, allowed_hosts=None) and there.startswith("/duplicates/")
    return there if is_ours else reverse("duplicates:list")
