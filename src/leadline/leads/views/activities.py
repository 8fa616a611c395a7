"""Logging activities on a lead (TIM-2)."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leadline.core.actions import require
from leadline.core.requests import Request
from leadline.customers.views.dialogs import chosen_of, dialog, done
from leadline.leads import actions, policies
from leadline.leads.forms import ActivityForm, CorrectionForm
from leadline.leads.models import Lead
from leadline.leads.views.fetching import PAGE, activity_of, lead_for, lead_of
from leadline.timeline.models import Activity

KEPT = ("kind", "title", "description", "outcome", "duration")


@require_http_methods(["GET", "POST"])
def log_activity(request: Request, pk: int) -> HttpResponse:
    """Log a call, e-mail, meeting or another activity."""
    lead = lead_for(request, pk, "log")
    start = {"kind": request.GET.get("kind", Activity.Kind.CALL), "at": timezone.localtime()}
    return dialog(
        request,
        "leads/_activity.html",
        ActivityForm(request.POST or None, initial=start),
        {"lead": lead, "activity": None},
        actions.log_activity,
        lead,
        changed="lead",
        toast=_("Logged."),
        otherwise=_back(lead),
        whole=PAGE,
    )


@require_http_methods(["GET", "POST"])
def edit_activity(request: Request, pk: int, activity: int) -> HttpResponse:
    """Correct what was logged."""
    lead = lead_of(request, pk)
    logged = activity_of(request, lead, activity)
    require(
        policies.may_edit_entry(request.user, logged, lead),
        _("Only its author, or whoever may edit the lead, can change this."),
    )
    start = {name: getattr(logged, name) for name in KEPT}
    start |= {"at": timezone.localtime(logged.at), "version": logged.version}
    typed = chosen_of(request) if request.method == "POST" else None
    return dialog(
        request,
        "leads/_activity.html",
        CorrectionForm(typed, initial=start),
        {"lead": lead, "activity": logged, "current": start},
        actions.edit_activity,
        logged,
        lead,
        changed="lead",
        toast=_("Saved."),
        otherwise=_back(lead),
        whole=PAGE,
    )


@require_POST
def archive_activity(request: Request, pk: int, activity: int) -> HttpResponse:
    """Take an activity off the timeline."""
    lead = lead_of(request, pk)
    actions.archive_activity(activity_of(request, lead, activity), lead, by=request.actor)
    return done(request, changed="lead", toast=_("Taken off the timeline."), otherwise=_back(lead))


def _back(lead: Lead) -> str:
    return reverse("leads:page", args=[lead.pk])
