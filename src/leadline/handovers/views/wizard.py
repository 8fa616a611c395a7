"""The wizard: whom and why, to whom, what would happen, start (PPL-1). Its state travels in its form."""

import json
import uuid
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leadline.core.actions import require
from leadline.core.answers import go_to
from leadline.core.ids import numeric_id
from leadline.core.lists import Selection
from leadline.core.lists.bulk_doors import selection_of
from leadline.core.lists.door import door_of
from leadline.core.lists.showing import shown_list
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.handovers import actions, policies
from leadline.handovers.counting import count_of
from leadline.handovers.forms import HandoverForm, reasons_for, teams_for, ways
from leadline.handovers.models import Handover
from leadline.handovers.planning import Draft, kinds_of, parts_of, require_whom
from leadline.handovers.queries import Preview, preview_handover
from leadline.handovers.registry import owned_kind, owned_kinds
from leadline.people.models import User
from leadline.people.working.queries import absences_of

STEPS = ("whom", "to", "preview", "start")


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: Request) -> HttpResponse:
    """Each step checks what was answered before; a refusal shows the step on which its field stands."""
    require(policies.may_hand_over(request.user), _("Your role can't hand over; a sales manager can."))
    if request.method != "POST":
        return _first(request)
    form, selections = HandoverForm(request.POST), _selections(request.POST)
    step = request.POST.get("step", "whom")
    if step == "whom" or not form.is_valid():
        return _show(request, form, selections, at=1, status=200 if step == "whom" else 422)
    try:
        return _answer(request, step, form, selections)
    except RuleBroken as refusal:
        at = 1 if form.tell(refusal) and not selections else 2
        return _show(request, form, selections, at=at, status=422)


@require_POST
def chosen(request: Request, kind: str) -> HttpResponse:
    """From the bar over a list: what was ticked, or all that the address shows, gets other owners."""
    require(policies.may_hand_over(request.user), _("Your role can't hand over; a sales manager can."))
    if owned_kind(kind) is None:
        raise Http404
    selection = selection_of(request.POST, shown_list(request, door_of(kind)))
    form = HandoverForm({"reason": Handover.Reason.CHANGE, "way": Handover.Way.ONE})
    form.is_valid()
    return _show(request, form, {kind: selection}, at=2)


def _first(request: Request) -> HttpResponse:
    """The first step, perhaps for a person whose page led here; one out of reach is not there.

    For an absence that is known, its days and its deputy are proposed.
    """
    person = None
    if asked := request.GET.get("person"):
        person = policies.people_within_reach(request.user).filter(pk=numeric_id(asked) or 0).first()
        if person is None:
            raise Http404
    reason = request.GET.get("reason", Handover.Reason.CHANGE)
    away = absences_of(person).first() if person and reason == Handover.Reason.ABSENCE else None
    planned = {"starts_on": away.begins_on, "ends_on": away.ends_on, "to": away.deputy_id} if away else {}
    form = HandoverForm(initial={"person": person.pk if person else "", "reason": reason, **planned})
    return _show(request, form, {}, at=1)


def _answer(
    request: Request, step: str, form: HandoverForm, selections: dict[str, Selection]
) -> HttpResponse:
    draft = form.draft(selections)
    require_whom(draft, request.actor)
    if step == "start":
        once = request.POST.get("once", "")[:64]
        started = actions.start_handover(draft, once=once, by=request.actor)
        return go_to(request, reverse("handovers:page", args=[started.pk]))
    if step == "preview":
        foreseen = preview_handover(draft, by=request.actor)
        return _show(request, form, selections, at=3, foreseen=foreseen, draft=draft)
    return _show(request, form, selections, at=2, draft=draft)


def _show(
    request: Request,
    form: HandoverForm,
    selections: dict[str, Selection],
    *,
    at: int,
    status: int = 200,
    foreseen: Preview | None = None,
    draft: Draft | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "at": at,
        "step_labels": [_("Whom and why"), _("To whom"), _("Preview"), _("Result")],
        "reasons": reasons_for(request.user),
        "ways": ways(),
        "teams": teams_for(request.user),
        "people": _named(form),
        "selection": json.dumps({kind: part.as_params() for kind, part in selections.items()}),
        "is_chosen": bool(selections),
        "lists": _lists(form) if at == 1 else [],
        "counted": _counted(request, form, selections) if at == 2 else [],
        "foreseen": foreseen,
        "draft": draft,
        "once": uuid.uuid4().hex,
    }
    return render(request, "handovers/wizard.html", context, status=status)


def _counted(request: Request, form: HandoverForm, selections: dict[str, Selection]) -> list[str]:
    """How many of each kind go over, in words; nothing while that can't be said."""
    try:
        draft = form.draft(selections)
    except RuleBroken:
        return []
    parts = parts_of(draft, request.actor) if draft.person or selections else {}
    return [
        owned.counted(count_of(parts[owned.kind], request.actor))
        for owned in kinds_of(draft)
        if owned.kind in parts
    ]


def _named(form: HandoverForm) -> dict[str, str]:
    """The names behind the ids that the comboboxes hold."""
    held = {name: str(form[name].value() or "") for name in ("person", "to", "overflow")}
    keys = list(filter(None, map(numeric_id, held.values())))
    names = {str(user.pk): str(user) for user in User.objects.filter(pk__in=keys, is_system=False)}
    return {name: names.get(key, "") for name, key in held.items()}


def _lists(form: HandoverForm) -> list[tuple[str, str]]:
    """Where a part of what the person owns can be chosen: kind in words, address."""
    key = numeric_id(str(form["person"].value()))
    person = User.objects.filter(pk=key, is_system=False).first()
    return [(str(owned.label), owned.list_of(person)) for owned in owned_kinds()] if person else []


def _selections(given: QueryDict) -> dict[str, Selection]:
    """What an earlier step chose; checked, as it comes from outside."""
    try:
        params = json.loads(given.get("selection") or "{}")
    except ValueError:
        params = None
    if not isinstance(params, dict) or not all(isinstance(part, dict) for part in params.values()):
        raise RuleBroken(_("The selection is not clear; go back to the list and choose again."))
    known = {kind: part for kind, part in params.items() if owned_kind(kind)}
    return {kind: Selection.from_params({**part, "kind": kind}) for kind, part in known.items()}
