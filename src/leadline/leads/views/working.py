"""Working leads one after another: the queue, and one press for how a call went (LEA-5, SIG-1)."""

from datetime import UTC, datetime

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from leadline.core.actions import Actor, require
from leadline.core.answers import answer, asked_by_htmx, refuse, trigger
from leadline.core.clock import zone_of
from leadline.core.formats import day, time_there
from leadline.core.ids import numeric_id
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.leads import actions, policies
from leadline.leads.actions.working import Worked
from leadline.leads.calling import judged_by
from leadline.leads.forms import OutcomeForm
from leadline.leads.models import Lead
from leadline.leads.queries.queue import queue_of
from leadline.leads.queries.seeing import lead_seen_by
from leadline.leads.views.fetching import lead_for, lead_of
from leadline.leads.views.record import scene_of

MOST_SKIPPED = 200


@require_safe
def queue(request: Request) -> HttpResponse:
    """The lead that comes next, with all that is needed to work it; those put off come again at the end."""
    require(policies.may_work_leads(request.user), _("Your role does not work leads."))
    return render(request, "leads/queue.html", _next(request))


@require_http_methods(["GET", "POST"])
def work(request: Request, pk: int) -> HttpResponse:
    """How a call went. From the queue the next lead follows by itself, else the lead's page is renewed.

    Asked for alone it is a dialog: what a calendar opens; without htmx the lead's page, where it stands too.
    """
    if request.method != "POST":
        return _ask_how(request, lead_for(request, pk, "work"))
    lead = lead_of(request, pk)
    form = OutcomeForm(request.POST)
    queued = request.POST.get("from") == "queue"
    if form.run(_worked, lead, by=request.actor):
        toast = _told(form.result, form.cleaned_data["outcome"])
        if queued:
            response = render(request, "leads/_queue.html", _next(request))
            return trigger(response, toast=toast)
        otherwise = reverse("leads:page", args=[pk])
        return answer(request, "customers/_done.html", {}, changed="lead", toast=toast, otherwise=otherwise)
    context = {**scene_of(request, lead), "form": form}
    if queued:
        return refuse(request, "leads/_queue.html", {**_next(request), **context})
    if request.POST.get("from") == "dialog":
        return refuse(request, "leads/_work.html", context)
    return refuse(request, "leads/page.html", context)


def _ask_how(request: Request, lead: Lead) -> HttpResponse:
    if not asked_by_htmx(request):
        return redirect("leads:page", lead.pk)
    return render(request, "leads/_work.html", scene_of(request, lead))


def _worked(lead: Lead, *, outcome: str, notes: str, callback_at: str, qualified: bool, by: Actor) -> Worked:
    moment = _moment_there(lead, callback_at)
    return actions.work_lead(
        lead, outcome=outcome, notes=notes, callback_at=moment, qualified=qualified, by=by
    )


def _moment_there(lead: Lead, text: str) -> datetime | None:
    """What was typed on the clock there, as a moment. An hour that a clock skips is the one after it."""
    if not text:
        return None
    try:
        typed = datetime.fromisoformat(text)
    except ValueError:
        message = _("Give day and time, as 2030-12-31T14:30.")
        raise RuleBroken(message, field="callback_at", value=text) from None
    return typed.replace(tzinfo=zone_of(judged_by(lead.zone))).astimezone(UTC)


def _next(request: Request) -> dict[str, object]:
    """What the queue shows: its counts, and the lead that comes next."""
    words = request.POST if request.method == "POST" else request.GET
    skipped = [key for key in map(numeric_id, words.get("skip", "").split(",")) if key][:MOST_SKIPPED]
    waiting = queue_of(request.user, without=skipped)
    if waiting.next_id is None and skipped:  # all others are done: those put off come again
        skipped = []
        waiting = queue_of(request.user)
    lead = lead_seen_by(request.user, waiting.next_id) if waiting.next_id else None
    scene = scene_of(request, lead) if lead else {"lead": None}
    put_off = ",".join(map(str, [*skipped, lead.pk] if lead else skipped))
    return {**scene, "waiting": waiting, "skip": ",".join(map(str, skipped)), "skip_this": put_off}


def _told(worked: Worked, outcome: str) -> str:
    lead, letter = worked.lead, worked.letter
    if letter is not None:
        sent = letter.sending
        words = {"name": lead.name, "subject": sent.subject if sent else "", "why_not": letter.why_not}
        if sent:
            return _("%(name)s: marked as a wrong number; “%(subject)s” is on its way.") % words
        return _("%(name)s: marked as a wrong number. No e-mail was sent: %(why_not)s") % words
    if lead.callback_at is None:
        return _("%(name)s: logged.") % {"name": lead.name}
    there = lead.callback_at.astimezone(zone_of(judged_by(lead.zone)))
    words = {"name": lead.name, "day": day(there.date()), "time": time_there(there)}
    return _("%(name)s: callback %(day)s, %(time)s there.") % words
