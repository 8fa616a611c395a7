"""The doors of bulk changes and exports: choose, preview, start, in one dialog (CUS-7, CUS-8)."""

import json
import uuid
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from leadline.core.answers import asked_by_htmx, trigger
from leadline.core.forms import ActionForm
from leadline.core.jobs import Job, job_state
from leadline.core.lists.asking import asking_of
from leadline.core.lists.bulk import BulkVerb, preview_bulk, start_bulk, verb_of
from leadline.core.lists.door import Door
from leadline.core.lists.doors import column_choices, dialog
from leadline.core.lists.export.running import exporting_of, start_export
from leadline.core.lists.export.writing import FORMATS
from leadline.core.lists.selection import Selection
from leadline.core.lists.showing import Shown, shown_list
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request

FORM_WORDS = {"csv": "CSV", "xlsx": "XLSX", "jsonl": "JSON lines"}


def bulk(request: Request, door: Door, key: str) -> HttpResponse:
    """Ask for the answers, tell what would happen, start: `step` says which (`preview`, `start`)."""
    verb = verb_of(door.kind, key, request.actor)
    shown = shown_list(request, door)
    if request.method != "POST":
        return redirect(shown.address.to())
    step = request.POST.get("step", "")
    form = verb.asked(request.POST if step else None, request.user)
    selection = selection_of(request.POST, shown)
    if verb.form is not None and step not in ("preview", "start"):
        form = verb.asked(request.POST if step == "again" else None, request.user)
        return _show(request, shown, verb, selection, form)
    if form is not None and not form.is_valid():
        return _show(request, shown, verb, selection, form, status=422)
    answers = dict(form.cleaned_data) if form else {}
    try:
        if step == "start":
            return _start(request, shown, verb, selection, answers)
        told = preview_bulk(selection, key, answers, by=request.actor)
    except RuleBroken as refusal:
        if form is not None:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _show(request, shown, verb, selection, form, status=422, refusal=refusal.message)
    return _show(
        request, shown, verb, selection, form, told=told, what=verb.told(answers), once=uuid.uuid4().hex
    )


def selection_of(given: QueryDict, shown: Shown) -> Selection:
    """The rows ticked, or all that the address shows; from a later step, what the first one chose."""
    if given.get("selection"):
        try:
            params = json.loads(given.get("selection", ""))
        except ValueError:
            params = None
        if not isinstance(params, dict):
            raise RuleBroken(_("The selection is not clear; go back to the list and choose again."))
        return Selection.from_params({**params, "kind": shown.door.kind})
    if given.get("all") == "1":
        excluded = Selection.of_ids(shown.door.kind, given.getlist("excluded")).ids or ()
        return Selection.of(shown.asking, excluded=excluded)
    return Selection.of_ids(shown.door.kind, given.getlist("ids"))


def export(request: Request, door: Door) -> HttpResponse:
    """Choose columns and form, then start the export of the selection, or of all that the address shows."""
    shown = shown_list(request, door)
    whole = request.method != "POST"
    selection = Selection.of(shown.asking) if whole else selection_of(request.POST, shown)
    around = exporting_of(selection, ["id"], request.actor)
    context: dict[str, Any] = {"forms": [(form, FORM_WORDS[form], "") for form in FORMATS]}
    if request.POST.get("step") == "start":
        try:
            names = [column.name for column in _columns(request.POST, shown)]
            form = request.POST.get("format", "csv")
            job = start_export(selection, columns=names, form=form, by=request.actor)
            return _started(request, shown, job)
        except RuleBroken as refusal:
            context["refusal"] = refusal.message
    count = selection.count(
        scope=around.scope, context=around.context, search=around.search, user=request.user
    )
    choices = [pair for pair in column_choices(shown, request.POST) if pair[0].exportable]
    context |= {"count": count.value, "choices": choices, "selection": json.dumps(selection.as_params())}
    status = 422 if "refusal" in context else 200
    return dialog(
        request, "core/lists/_export.html", context | {"query": shown.address.query()}, shown, status
    )


def job_strip(request: Request, pk: int) -> HttpResponse:
    """How far a job is, over the list that it changes; the list is told when it has ended."""
    job = get_object_or_404(Job.objects.filter(created_by=request.user), pk=pk)
    state = job_state(job)
    if request.GET.get("seen") == state.fingerprint:
        return HttpResponse(status=204)
    response = render(request, "core/lists/_job.html", {"job": state})
    return (
        trigger(response, changed=job.params.get("selection", {}).get("kind")) if state.is_over else response
    )


def _columns(given: QueryDict, shown: Shown) -> list[Any]:
    names = ",".join(given.getlist("column"))
    asked = asking_of({"columns": names}, shown.door.about, user=shown.user)
    return list(asked.require().columns)


def _start(
    request: Request, shown: Shown, verb: BulkVerb, selection: Selection, answers: dict[str, Any]
) -> HttpResponse:
    once = request.POST.get("once", "")[:64]
    job = start_bulk(selection, verb.key, answers, once=once, by=request.actor)
    return _started(request, shown, job)


def _started(request: Request, shown: Shown, job: Job) -> HttpResponse:
    """Closes the dialog; the progress stands over the list, and a link leads to the job."""
    address = reverse("work:job", args=[job.pk])
    if not asked_by_htmx(request):
        return redirect(address)
    response = render(request, "core/lists/_job.html", {"job": job_state(job), "apart": True})
    toast = {
        "message": _("Started: %(title)s") % {"title": job.title},
        "url": address,
        "label": _("Progress"),
    }
    response["HX-Trigger"] = json.dumps({"toast": toast, "selection-done": True})
    return response


def _show(
    request: Request,
    shown: Shown,
    verb: BulkVerb,
    selection: Selection,
    form: ActionForm | None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {
        "verb": verb,
        "form": form,
        "selection": json.dumps(selection.as_params()),
        "query": shown.address.query(),
        "chosen": len(selection.ids) if selection.ids is not None else None,
        **more,
    }
    return dialog(request, "core/lists/_bulk.html", context, shown, status)
