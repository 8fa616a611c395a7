"""What was promised to a customer: made, corrected, kept or given up (SIG-10)."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leadline.core.requests import Request
from leadline.customers import actions
from leadline.customers.forms import PromiseForm
from leadline.customers.models import Customer
from leadline.customers.views.dialogs import dialog, done
from leadline.customers.views.fetching import customer_for, for_editing, promise_of
from leadline.timeline.models import Promise


@require_http_methods(["GET", "POST"])
def make_promise(request: Request, pk: int) -> HttpResponse:
    """Keep in mind what was promised."""
    customer = customer_for(request, pk, "log")

    def make(about: Customer, *, version: int | None = None, **answers: Any) -> Promise:
        return actions.make_promise(about, **answers)

    form = PromiseForm(request.POST or None)
    context = {"customer": customer, "promise": None}
    return _dialog(request, form, context, make, customer, toast=_("Promise noted."))


@require_http_methods(["GET", "POST"])
def edit_promise(request: Request, pk: int) -> HttpResponse:
    """Correct its words or its day."""
    promise, customer = for_editing(request, promise_of(request, pk))
    start = {"text": promise.text, "due_on": promise.due_on, "version": promise.version}
    form = PromiseForm(request.POST or None, initial=start)
    context = {"customer": customer, "promise": promise}
    return _dialog(request, form, context, actions.edit_promise, promise, customer, toast=_("Saved."))


@require_POST
def keep_promise(request: Request, pk: int) -> HttpResponse:
    """The customer got it."""
    return _said(request, pk, actions.keep_promise, _("Promise kept."))


@require_POST
def give_up_promise(request: Request, pk: int) -> HttpResponse:
    """It was not kept, and nobody will."""
    return _said(request, pk, actions.give_up_promise, _("Promise closed as not kept."))


@require_POST
def reopen_promise(request: Request, pk: int) -> HttpResponse:
    """It still waits."""
    return _said(request, pk, actions.reopen_promise, _("Promise opened again."))


def _said(request: Request, pk: int, verb: Callable[..., Promise], toast: str) -> HttpResponse:
    promise, customer = promise_of(request, pk)
    verb(promise, customer, by=request.actor)
    return done(request, changed="promise", toast=toast, otherwise=_back(customer))


def _dialog(
    request: Request,
    form: PromiseForm,
    context: dict[str, Any],
    action: Callable[..., Promise],
    *args: Any,
    toast: str,
) -> HttpResponse:
    return dialog(
        request,
        "customers/_promise.html",
        form,
        context,
        action,
        *args,
        changed="promise",
        toast=toast,
        otherwise=_back(context["customer"]),
    )


def _back(customer: Customer) -> str:
    return reverse("customers:page", args=[customer.pk])
