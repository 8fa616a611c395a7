"""Pages of privacy: an overview, one person, and erasing one (PPL-8)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from leadline.core.actions import require
from leadline.core.answers import go_to, refuse
from leadline.core.privacy import Person, kinds_of_persons, seen_person
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.governance import actions
from leadline.governance.forms import ConfirmForm, DecideForm, EraseForm, HoldForm
from leadline.governance.models import Erasure, LegalHold
from leadline.governance.policies import (
    WHO_CAN_HELP,
    may_erase,
    may_look_after_privacy,
    may_report,
    may_set_retention,
)
from leadline.governance.queries.holds import hold_on
from leadline.governance.queries.privacy import counts_in_words, doubtful_files, open_erasures, person_state

SHOWN = 50
OF_HOLD = "hold_%s"  # the ids of its fields, as the page has another form with a reason
TONES = {"requested": "info", "waiting": "warn", "done": "good", "withdrawn": "neutral"}


@require_safe
def overview(request: Request) -> HttpResponse:
    """Erasures that are open, legal holds that stand, and what was erased."""
    require(may_look_after_privacy(request.user), who_can_help=WHO_CAN_HELP)
    done = Erasure.objects.filter(state=Erasure.State.DONE).select_related("confirmed_by")
    return render(
        request,
        "governance/privacy.html",
        {
            "open": open_erasures().select_related("requested_by").order_by("-id"),
            "holds": LegalHold.objects.filter(lifted_at=None).select_related("set_by").order_by("-id"),
            "done": [(each, counts_in_words(each.counts)) for each in done.order_by("-done_at")[:SHOWN]],
            "doubtful": doubtful_files(request.user) if may_erase(request.user) else [],
            "kinds": kinds_of_persons(),
            "tones": TONES,
            "may_set_retention": may_set_retention(request.user),
        },
    )


@require_safe
def person(request: Request, kind: str, pk: int) -> HttpResponse:
    """One person: report, legal hold, erasure."""
    return render(request, "governance/person.html", _about(request, _seen(request, kind, pk)))


@require_POST
def report(request: Request, kind: str, pk: int) -> HttpResponse:
    """Gather what is held, as a job with a file."""
    job = actions.start_report(_seen(request, kind, pk), by=request.actor)
    return go_to(request, reverse("work:job", args=[job.pk]))


@require_POST
def hold(request: Request, kind: str, pk: int) -> HttpResponse:
    """Set a legal hold."""
    found, form = _seen(request, kind, pk), HoldForm(request.POST, auto_id=OF_HOLD)
    if form.run(actions.set_legal_hold, found, by=request.actor):
        return go_to(request, reverse("privacy:person", args=[kind, pk]))
    return refuse(request, "governance/person.html", _about(request, found, hold_form=form))


@require_POST
def lift(request: Request, kind: str, pk: int) -> HttpResponse:
    """Lift the legal hold that stands."""
    standing = hold_on(_seen(request, kind, pk))
    if standing is None:
        raise Http404
    actions.lift_legal_hold(standing, by=request.actor)
    return go_to(request, reverse("privacy:person", args=[kind, pk]))


@require_POST
def erase(request: Request, kind: str, pk: int) -> HttpResponse:
    """The first step: ask for the erasure."""
    found, form = _seen(request, kind, pk), EraseForm(request.POST)
    if form.run(actions.request_erasure, found, by=request.actor):
        return go_to(request, reverse("privacy:person", args=[kind, pk]))
    return refuse(request, "governance/person.html", _about(request, found, erase_form=form))


@require_POST
def confirm(request: Request, pk: int) -> HttpResponse:
    """The second step: erase whose name was typed."""
    erasure, found = _erasure(request, pk)
    form = ConfirmForm(request.POST)
    if form.run(actions.confirm_erasure, erasure, by=request.actor):
        return go_to(request, reverse("privacy:overview"))
    return refuse(request, "governance/person.html", _about(request, found, confirm_form=form))


@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Take back an erasure that was not done yet."""
    erasure, _found = _erasure(request, pk)
    actions.withdraw_erasure(erasure, by=request.actor)
    return go_to(request, reverse("privacy:person", args=[erasure.kind, erasure.record_id]))


@require_POST
def decide(request: Request, pk: int) -> HttpResponse:
    """Erase or keep a file of others that names an erased person, or could."""
    erasure = get_object_or_404(Erasure.objects.visible_to(request.user), pk=pk)
    form = DecideForm(request.POST)
    if not form.run(actions.decide_on_file, erasure, by=request.actor):
        raise form.refusal or RuleBroken(str(next(iter(form.errors.values()))[0]))
    return go_to(request, f"{reverse('privacy:overview')}#doubtful")


def _seen(request: Request, kind: str, pk: int) -> Person:
    found = seen_person(request.user, kind, pk)
    if found is None:
        raise Http404
    require(may_report(request.user, found) or may_erase(request.user), who_can_help=WHO_CAN_HELP)
    return found


def _erasure(request: Request, pk: int) -> tuple[Erasure, Person]:
    erasure = get_object_or_404(Erasure.objects.visible_to(request.user), pk=pk)
    return erasure, _seen(request, erasure.kind, erasure.record_id)


def _about(request: Request, found: Person, **forms: Any) -> dict[str, Any]:
    state = person_state(found, request.user)
    return {
        "state": state,
        "person": found,
        "name": state.person.name,
        "erase_form": EraseForm(initial={"wait": bool(state.hold)}),
        "hold_form": HoldForm(auto_id=OF_HOLD),
        "confirm_form": ConfirmForm(),
        **forms,
    }
