"""Pages for what went wrong before or outside of a view."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from leadline.core.answers import asked_by_htmx
from leadline.core.refusals import Refusal
from leadline.core.tracing import current_number


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from a page of ours, or from one that was open too long."""
    refusal = Refusal(
        _("This page was open too long, or you signed in anew elsewhere. Load it again and repeat.")
    )
    template = "core/_refusal.html" if asked_by_htmx(request) else "core/403.html"
    return render(request, template, {"refusal": refusal}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What is not there, and what one may not see: the same answer (ALL-3)."""
    refusal = Refusal(_("This page does not exist, or what it shows is not yours to see."))
    template = "core/_refusal.html" if asked_by_htmx(request) else "core/404.html"
    return render(request, template, {"refusal": refusal, "explained": True, "missing": True}, status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that no page of ours makes."""
    refusal = Refusal(_("This request can't be understood. Go back and try again."))
    template = "core/_refusal.html" if asked_by_htmx(request) else "core/422.html"
    return render(request, template, {"refusal": refusal}, status=400)


def fault(request: HttpRequest) -> HttpResponse:
    """We failed; the page needs nothing that may be what failed. Its number stands in the log."""
    return render(None, "core/500.html", {"number": current_number()}, status=500)
