"""Contacts: added, edited, made primary, moved, archived (CUS-11)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leadline.core.actions import Actor
from leadline.core.catalogue_forms import values_of
from leadline.core.fields import catalogue
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.customers import actions
from leadline.customers.forms import ConsentForm, MoveForm, contact_fields, contact_form
from leadline.customers.likeness import ASKED
from leadline.customers.models import Contact, Customer
from leadline.customers.queries.duplicates import likely_contacts as likely_contacts_of
from leadline.customers.views.dialogs import chosen_of, dialog, done
from leadline.customers.views.fetching import contact_for_editing, contact_of, customer_for
from leadline.customers.views.typing import typed_so_far
from leadline.governance.models import Consent

SHOWN = 20  # of a contact's statements


def _add(customer: Customer, *, version: int | None = None, by: Actor, **answers: object) -> Contact:
    return actions.add_contact(customer, by=by, **answers)


@require_http_methods(["GET", "POST"])
def add_contact(request: Request, pk: int) -> HttpResponse:
    """Add a person; the first one is the primary."""
    customer = customer_for(request, pk, "edit")
    form = contact_form(None, request.user, request.POST or None)
    return dialog(
        request,
        "customers/_contact.html",
        form,
        {"customer": customer, "contact": None},
        _add,
        customer,
        changed="contact",
        toast=_("Contact added."),
        otherwise=reverse("customers:contacts", args=[pk]),
    )


@require_POST
def likely_contacts(request: Request, pk: int) -> HttpResponse:
    """Who may be a contact already, told while somebody types (CUS-22)."""
    customer = customer_for(request, pk, "edit")
    typed = typed_so_far(request, "contact", ASKED["contact"], customer.country)
    found = likely_contacts_of(request.user, customer=customer.pk, **typed)
    return render(request, "customers/_likely.html", {"likely": found})


@require_http_methods(["GET", "POST"])
def edit_contact(request: Request, pk: int) -> HttpResponse:
    """Change a contact."""
    contact = contact_for_editing(request, pk)
    user = request.user
    start = {**values_of(contact, catalogue("contact"), contact_fields(user)), "version": contact.version}
    given = {"data": chosen_of(request)} if request.method == "POST" else {"initial": start}
    form = contact_form(contact, user, **given)
    return dialog(
        request,
        "customers/_contact.html",
        form,
        {"customer": contact.customer, "contact": contact, "current": start},
        actions.edit_contact,
        contact,
        changed="contact",
        toast=_("Saved."),
        otherwise=_back(contact),
    )


@require_http_methods(["GET", "POST"])
def record_consent(request: Request, pk: int) -> HttpResponse:
    """Note a consent, or that it was withdrawn; what was stated before is shown."""
    contact = contact_for_editing(request, pk)
    start = {"stated_on": timezone.localdate().isoformat()}
    form = ConsentForm(request.POST if request.method == "POST" else None, initial=start)
    return dialog(
        request,
        "customers/_consent.html",
        form,
        {
            "customer": contact.customer,
            "name": contact.name,
            "action": reverse("customers:record_consent", args=[pk]),
            "consents": Consent.objects.about("contact", contact.pk)[:SHOWN],
        },
        actions.record_consent,
        contact,
        changed="contact",
        toast=_("Noted."),
        otherwise=_back(contact),
    )


def _move(contact: Contact, *, customer: int, request: Request, by: Actor) -> Contact:
    target = Customer.objects.visible_to(request.user).filter(pk=customer).first()
    if target is None:
        raise RuleBroken(_("Choose one of your customers."), field="customer")
    return actions.move_contact(contact, customer=target, by=by)


@require_http_methods(["GET", "POST"])
def move_contact(request: Request, pk: int) -> HttpResponse:
    """Move a person to another customer, with the history."""
    contact = contact_for_editing(request, pk)
    form = MoveForm(request.POST or None)

    def move(*args: Contact, **answers: object) -> Contact:
        return _move(*args, request=request, **answers)  # type: ignore[arg-type]

    return dialog(
        request,
        "customers/_move_contact.html",
        form,
        {"customer": contact.customer, "contact": contact},
        move,
        contact,
        changed="contact",
        toast=_("Contact moved."),
        otherwise=_back(contact),
    )


@require_POST
def make_primary(request: Request, pk: int) -> HttpResponse:
    """Make it the primary contact."""
    contact = contact_of(request, pk)
    actions.make_primary(contact, by=request.actor)
    message = _("%(name)s is the primary contact now.") % {"name": contact.name}
    return done(request, changed="contact", toast=message, otherwise=_back(contact))


@require_POST
def archive_contact(request: Request, pk: int) -> HttpResponse:
    """Archive a contact."""
    contact = contact_of(request, pk)
    actions.archive_contact(contact, by=request.actor)
    return done(request, changed="contact", toast=_("Contact archived."), otherwise=_back(contact))


@require_POST
def restore_contact(request: Request, pk: int) -> HttpResponse:
    """Restore a contact."""
    contact = contact_of(request, pk)
    actions.restore_contact(contact, by=request.actor)
    return done(request, changed="contact", toast=_("Contact restored."), otherwise=_back(contact))


def _back(contact: Contact) -> str:
    return reverse("customers:contacts", args=[contact.customer_id])
