"""The verbs on one lead: assign, star, stage, tags, close, reopen, archive (LEA-4, LEA-6, LEA-7)."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leadline.core.actions import Actor
from leadline.core.forms import ActionForm
from leadline.core.requests import Request
from leadline.customers.forms import TagForm
from leadline.customers.views.dialogs import dialog, done
from leadline.leads import actions
from leadline.leads.answers import moment_of, owner_in, reason_in, stage_in, until_in
from leadline.leads.forms import OwnerForm, ReasonForm, StageForm, StarForm
from leadline.leads.models import Lead
from leadline.leads.views.fetching import PAGE, lead_for, lead_of


def _assign(lead: Lead, *, owner: int | None, seen_at: str, by: Actor) -> Lead:
    given = owner_in({"owner": owner})
    return actions.assign_lead(lead, owner=given, seen_at=moment_of(seen_at), by=by)


def _star(lead: Lead, *, until: str, by: Actor) -> Lead:
    return actions.star_lead(lead, until=until_in({"until": until}), by=by)


def _stage(lead: Lead, *, stage: int, by: Actor) -> Lead:
    return actions.set_stage_of(lead, stage=stage_in({"stage": stage}), by=by)


def _disqualify(lead: Lead, *, reason: int, by: Actor) -> Lead:
    return actions.disqualify_lead(lead, reason=reason_in({"reason": reason}), by=by)


@require_http_methods(["GET", "POST"])
def assign(request: Request, pk: int) -> HttpResponse:
    """Give it to an owner; one that somebody assigned meanwhile is refused with the name."""
    lead = lead_for(request, pk, "assign")
    form = OwnerForm(request.POST or None, initial={"owner": lead.owner_id})
    return _verb(request, "leads/_assign.html", form, lead, _assign, _("Assigned."))


@require_http_methods(["GET", "POST"])
def star(request: Request, pk: int) -> HttpResponse:
    """Release it into its owner's queue until a moment."""
    lead = lead_for(request, pk, "star")
    words = {"label": _("Star"), "action": reverse("leads:star", args=[pk])}
    return _verb(
        request, "leads/_verb.html", StarForm(request.POST or None), lead, _star, _("Starred."), words
    )


@require_POST
def unstar(request: Request, pk: int) -> HttpResponse:
    """Take it out of the queue."""
    return _simple(request, pk, actions.unstar_lead, _("Unstarred."))


@require_http_methods(["GET", "POST"])
def stage(request: Request, pk: int) -> HttpResponse:
    """Bring it into another open stage."""
    lead = lead_for(request, pk, "stage")
    form = StageForm(request.POST or None, initial={"stage": lead.stage_id})
    words = {"label": _("Change stage"), "action": reverse("leads:stage", args=[pk])}
    return _verb(request, "leads/_verb.html", form, lead, _stage, _("Stage changed."), words)


@require_http_methods(["GET", "POST"])
def disqualify(request: Request, pk: int) -> HttpResponse:
    """Close it for a reason."""
    lead = lead_for(request, pk, "disqualify")
    words = {"label": _("Disqualify"), "action": reverse("leads:disqualify", args=[pk])}
    form = ReasonForm(request.POST or None)
    return _verb(request, "leads/_verb.html", form, lead, _disqualify, _("Disqualified."), words)


@require_http_methods(["GET", "POST"])
def tag(request: Request, pk: int) -> HttpResponse:
    """Put tags on and take them off."""
    lead = lead_for(request, pk, "edit")
    words = {"label": _("Change tags"), "action": reverse("leads:tag", args=[pk])}
    form = TagForm(request.POST or None)
    return _verb(request, "leads/_verb.html", form, lead, actions.tag_lead, _("Tags changed."), words)


@require_POST
def reopen(request: Request, pk: int) -> HttpResponse:
    """Work on it again."""
    return _simple(request, pk, actions.reopen_lead, _("Reopened."))


@require_POST
def archive(request: Request, pk: int) -> HttpResponse:
    """Archive."""
    return _simple(request, pk, actions.archive_lead, _("Archived. It can be restored under More actions."))


@require_POST
def restore(request: Request, pk: int) -> HttpResponse:
    """Bring back from the archive."""
    return _simple(request, pk, actions.restore_lead, _("Restored."))


def _verb(
    request: Request,
    template: str,
    form: ActionForm,
    lead: Lead,
    action: Callable[..., Lead],
    toast: str,
    words: dict[str, Any] | None = None,
) -> HttpResponse:
    return dialog(
        request,
        template,
        form,
        {"lead": lead, **(words or {})},
        action,
        lead,
        changed="lead",
        toast=toast,
        otherwise=reverse("leads:page", args=[lead.pk]),
        whole=PAGE,
    )


def _simple(request: Request, pk: int, action: Callable[..., Lead], toast: str) -> HttpResponse:
    action(lead_of(request, pk), by=request.actor)
    return done(request, changed="lead", toast=toast, otherwise=reverse("leads:page", args=[pk]))
