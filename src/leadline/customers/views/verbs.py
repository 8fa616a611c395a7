"""The verbs under "More actions": hand over, tag, status, block, archive (CUS-14)."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leadline.core.actions import Actor
from leadline.core.forms import ActionForm
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.customers import actions
from leadline.customers.forms import BlockForm, OwnerForm, StatusForm, TagForm
from leadline.customers.models import Customer
from leadline.customers.views.dialogs import dialog, done
from leadline.customers.views.fetching import customer_for, customer_of
from leadline.people.models import User


def _hand_over(customer: Customer, *, owner: int | None, by: Actor) -> Customer:
    new_owner = User.objects.active().filter(pk=owner).first() if owner else None
    if owner and new_owner is None:
        raise RuleBroken(_("Choose somebody who works here."), field="owner")
    return actions.assign_customer(customer, owner=new_owner, by=by)


@require_http_methods(["GET", "POST"])
def assign(request: Request, pk: int) -> HttpResponse:
    """Change the owner."""
    customer = customer_for(request, pk, "assign")
    form = OwnerForm(request.POST or None, initial={"owner": customer.owner_id})
    return _verb(request, "customers/_assign.html", form, customer, _hand_over, _("Owner changed."))


@require_http_methods(["GET", "POST"])
def tag(request: Request, pk: int) -> HttpResponse:
    """Put tags on and take them off."""
    customer = customer_for(request, pk, "edit")
    form = TagForm(request.POST or None)
    return _verb(request, "customers/_tag.html", form, customer, actions.tag_customer, _("Tags changed."))


@require_http_methods(["GET", "POST"])
def status(request: Request, pk: int) -> HttpResponse:
    """Activate, deactivate, or any other status."""
    customer = customer_for(request, pk, "edit")
    form = StatusForm(request.POST or None, initial={"status": request.GET.get("to", customer.status)})
    return _verb(
        request, "customers/_status.html", form, customer, actions.change_status_of, _("Status changed.")
    )


@require_http_methods(["GET", "POST"])
def block(request: Request, pk: int) -> HttpResponse:
    """Block, with a reason."""
    customer = customer_for(request, pk, "block")
    form = BlockForm(request.POST or None)
    return _verb(request, "customers/_block.html", form, customer, actions.block_customer, _("Blocked."))


@require_POST
def unblock(request: Request, pk: int) -> HttpResponse:
    """Unblock; what was before holds again."""
    customer = customer_of(request, pk)
    actions.unblock_customer(customer, by=request.actor)
    return _done(request, customer, _("Unblocked."))


@require_POST
def archive(request: Request, pk: int) -> HttpResponse:
    """Archive."""
    customer = customer_of(request, pk)
    actions.archive_customer(customer, by=request.actor)
    return _done(request, customer, _("Archived. It can be restored under More actions."))


@require_POST
def restore(request: Request, pk: int) -> HttpResponse:
    """Bring back from the archive."""
    customer = customer_of(request, pk)
    actions.restore_customer(customer, by=request.actor)
    return _done(request, customer, _("Restored."))


def _verb(
    request: Request,
    template: str,
    form: ActionForm,
    customer: Customer,
    action: Callable[..., Customer],
    toast: str,
) -> HttpResponse:
    return dialog(
        request,
        template,
        form,
        {"customer": customer},
        action,
        customer,
        changed="customer",
        toast=toast,
        otherwise=reverse("customers:page", args=[customer.pk]),
    )


def _done(request: Request, customer: Customer, toast: str) -> HttpResponse:
    return done(
        request, changed="customer", toast=toast, otherwise=reverse("customers:page", args=[customer.pk])
    )
