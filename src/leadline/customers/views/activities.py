"""Logging activities: on a customer's page, or from anywhere (TIM-2)."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leadline.core.answers import asked_by_htmx
from leadline.core.ids import numeric_id
from leadline.core.requests import Request
from leadline.customers import actions
from leadline.customers.forms import ActivityForm, CorrectionForm, start_of
from leadline.customers.models import Contact, Customer
from leadline.customers.queries.calling import why_no_call
from leadline.customers.queries.overview import contacts_of
from leadline.customers.views.dialogs import chosen_of, dialog, done
from leadline.customers.views.fetching import activity_of, customer_for, for_editing
from leadline.timeline.models import Activity


@require_http_methods(["GET", "POST"])
def log_activity(request: Request, pk: int) -> HttpResponse:
    """Log a call, e-mail, meeting or another activity."""
    customer = customer_for(request, pk, "log")
    people = contacts_of(customer)
    kind = request.GET.get("kind", Activity.Kind.CALL)
    start = {"kind": kind, "at": timezone.localtime(), "contact_id": people[0].pk if people else None}
    form = ActivityForm(request.POST or None, contacts=people, initial=start)
    return dialog(
        request,
        "customers/_activity.html",
        form,
        {"customer": customer, "activity": None},
        actions.log_activity,
        customer,
        changed="activity",
        toast=_logged(request, customer, people),
        otherwise=reverse("customers:page", args=[pk]),
    )


def _logged(request: Request, customer: Customer, people: list[Contact]) -> str:
    """What is told when something was logged: a call to somebody who does not want one is told as such."""
    contact = numeric_id(request.POST.get("contact_id", ""))
    why_not = why_no_call(request.POST.get("kind", ""), contact, customer, people)
    return _("Logged. Take care: %(why)s") % {"why": why_not} if why_not else _("Logged.")


@require_http_methods(["GET"])
def log_anywhere(request: Request) -> HttpResponse:
    """From any page: choose the customer first, then log."""
    chosen = numeric_id(request.GET.get("customer"))
    if chosen is not None and Customer.objects.visible_to(request.user).filter(pk=chosen).exists():
        if asked_by_htmx(request):
            return log_activity(request, chosen)
        return redirect("customers:log_activity", pk=chosen)
    template = "customers/_log_anywhere.html" if asked_by_htmx(request) else "customers/dialog_page.html"
    return render(
        request,
        template,
        {"part": "customers/_log_anywhere.html", "back": reverse("customers:list"), "unknown": bool(chosen)},
    )


@require_http_methods(["GET", "POST"])
def edit_activity(request: Request, pk: int) -> HttpResponse:
    """Correct what was logged."""
    activity, customer = for_editing(request, activity_of(request, pk))
    start = start_of(activity, timezone.localtime(activity.at))
    typed = chosen_of(request) if request.method == "POST" else None
    form = CorrectionForm(typed, contacts=contacts_of(customer), initial=start)
    return dialog(
        request,
        "customers/_activity.html",
        form,
        {"customer": customer, "activity": activity, "current": start},
        actions.edit_activity,
        activity,
        customer,
        changed="activity",
        toast=_("Saved."),
        otherwise=_back(customer),
    )


@require_POST
def archive_activity(request: Request, pk: int) -> HttpResponse:
    """Take an activity off the timeline."""
    activity, customer = activity_of(request, pk)
    actions.archive_activity(activity, customer, by=request.actor)
    return done(request, changed="activity", toast=_("Taken off the timeline."), otherwise=_back(customer))


def _back(customer: Customer) -> str:
    return reverse("customers:activities", args=[customer.pk])
