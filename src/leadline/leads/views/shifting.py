"""The end of a shift: shown before it is done (LEA-6)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leadline.core.actions import require
from leadline.core.answers import go_to
from leadline.core.clock import now
from leadline.core.requests import Request
from leadline.leads import actions
from leadline.leads.queries.shift import shift_ending_at


@require_http_methods(["GET", "POST"])
def end_shift(request: Request) -> HttpResponse:
    """What would change, by zone; one button does it."""
    require(request.user.may("lead", "star"), _("Your role does not star leads."))
    if request.method == "POST":
        job = actions.end_shift(by=request.actor)
        return go_to(request, reverse("work:job", args=[job.pk]))
    return render(request, "leads/end_shift.html", {"shift": shift_ending_at(now(), request.actor)})
