"""Addresses and their mailboxes, with how the last look went."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadline.core.actions import require
from leadline.core.answers import refuse
from leadline.core.localities import languages
from leadline.core.requests import Request
from leadline.intake import actions, policies
from leadline.intake.forms import AddressForm
from leadline.intake.mailbox import Trouble
from leadline.intake.models import IntakeAddress
from leadline.intake.polling import look
from leadline.intake.queries import counts_of
from leadline.intake.tasks import look_soon


@require_safe
def addresses(request: Request) -> HttpResponse:
    """All addresses in use, or the archived ones, with what came in and how the last look went."""
    require(policies.may_see_mail(request.user))
    archived = request.GET.get("archived") == "only"
    rows = IntakeAddress.objects.visible_to(request.user).filter(archived_at__isnull=not archived)
    found = list(rows.order_by("email"))
    counted = counts_of(found)
    context = {
        "rows": [(each, counted[each.pk]) for each in found],
        "archived": archived,
        "tabs": tabs_of(request, "archived" if archived else "current"),
        "may_manage": policies.may_manage_mail(request.user),
    }
    return render(request, "intake/list.html", context)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request) -> HttpResponse:
    """Take in the mail of an address."""
    require(policies.may_manage_mail(request.user), str(policies.NOT_YOURS))
    form = AddressForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and _run(form, actions.add_address, by=request.actor):
        return redirect("intake:address", form.result.pk)
    return (refuse if request.method == "POST" else render)(request, "intake/add.html", {"form": form})


@require_safe
def address(request: Request, pk: int) -> HttpResponse:
    """One address: how the last look went, what came in, what its leads get."""
    found = address_of(request, pk)
    context = {
        "found": found,
        "counts": counts_of([found])[found.pk],
        "may_edit": policies.may(request.user, "edit", found),
        "may_manage": policies.may_manage_mail(request.user),
        "api": request.build_absolute_uri("/api/v1/mail"),
        "names": dict(languages()),
    }
    return render(request, "intake/address.html", context)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Another mailbox, another password, other things that its leads get."""
    found = address_of(request, pk)
    require(policies.may(request.user, "edit", found), str(policies.NOT_YOURS))
    form = AddressForm(request.POST) if request.method == "POST" else AddressForm.of(found)
    if request.method == "POST" and form.run(actions.change_address, found, by=request.actor):
        return redirect("intake:address", pk)
    context = {"found": found, "form": form}
    return (refuse if request.method == "POST" else render)(request, "intake/edit.html", context)


@require_POST
def try_mailbox(request: Request, pk: int) -> HttpResponse:
    """Look into the mailbox as it is set now, and say what was found; new letters are taken in soon."""
    found = address_of(request, pk)
    require(policies.may(request.user, "edit", found), str(policies.NOT_YOURS))
    context: dict[str, Any] = {"found": found, "trouble": "", "count": 0}
    try:
        context["count"] = look(found) if found.host else 0
    except Trouble as trouble:
        context["trouble"] = str(trouble)
    else:
        look_soon(pk)
    return render(request, "intake/_tried.html", context)


@require_POST
def switch(request: Request, pk: int) -> HttpResponse:
    """Look into it by itself, or not."""
    actions.switch_address(address_of(request, pk), on=request.POST.get("on") == "yes", by=request.actor)
    return redirect("intake:address", pk)


@require_POST
def archive(request: Request, pk: int) -> HttpResponse:
    """Out of use."""
    actions.archive_address(address_of(request, pk), by=request.actor)
    return redirect("intake:list")


@require_POST
def restore(request: Request, pk: int) -> HttpResponse:
    """Into use again."""
    actions.restore_address(address_of(request, pk), by=request.actor)
    return redirect("intake:address", pk)


def address_of(request: Request, pk: int) -> IntakeAddress:
    """An address that the person sees."""
    require(policies.may_see_mail(request.user))
    return get_object_or_404(IntakeAddress.objects.visible_to(request.user), pk=pk)


def tabs_of(request: Request, active: str) -> list[dict[str, Any]]:
    """Addresses in use, the log, the archived."""
    here = reverse("intake:list")
    named = [
        ("current", _("Addresses"), here),
        ("log", _("Log"), reverse("intake:log")),
        ("archived", _("Archived"), f"{here}?archived=only"),
    ]
    return [{"key": key, "label": label, "url": url, "active": key == active} for key, label, url in named]


def _run(form: AddressForm, action: Any, **more: Any) -> bool:
    """A new one has no version to compare."""
    if form.is_valid():
        form.cleaned_data.pop("version", None)
    return form.run(action, **more)
