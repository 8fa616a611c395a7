"""/tasks: what is to be done, until when and about what (TIM-7)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import answer_record, locked
from leadline.api.bodies import day_in, id_in, object_of, only, text_in
from leadline.api.describing.operations import FIELDS, LISTING, fields, ref, says
from leadline.api.describing.operations import list_of as described_list
from leadline.api.listing import fields_of, list_of
from leadline.api.records import record_of
from leadline.api.resources.customer_verbs import owner_in
from leadline.api.resources.seeing import seen
from leadline.core.events import Subject
from leadline.core.fields.kinds.times import moment_written
from leadline.core.organisation import organisation
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.tasks import actions
from leadline.tasks.actions.checking import is_of_our_time, require_zone
from leadline.tasks.fields import MOST_CHARACTERS, MOST_MINUTES, TASK
from leadline.tasks.models import Task
from leadline.tasks.scope import scope_of
from leadline.tasks.times import moment_of

router = Router(tags=["tasks"])
GIVES = ref("Task")
MOMENT = {
    "type": ["string", "null"],
    "description": "ISO 8601; one without an offset is read by the clocks of `zone`.",
}
SETTABLE: dict[str, dict[str, Any]] = {
    "title": {"type": "string", "maxLength": 200},
    "description": {"type": "string", "maxLength": MOST_CHARACTERS},
    "kind": {"enum": Task.Kind.values},
    "priority": {"enum": Task.Priority.values},
    "about_kind": {"type": ["string", "null"], "description": "What `about_id` is an id of: customer."},
    "about_id": {"type": ["integer", "null"]},
    "due_at": MOMENT,
    "due_on": {"type": ["string", "null"], "format": "date", "description": "A day without a time."},
    "zone": {"type": "string", "description": "The time zone it is meant in; by default the owner's."},
    "remind_at": MOMENT,
    "remind_before": {
        "type": ["integer", "null"],
        "minimum": 0,
        "maximum": MOST_MINUTES,
        "description": "Minutes before it is due; before 9:00 where it is due on a day.",
    },
    "repeats": {"enum": ["", *Task.Repeats.values]},
}
OWNER = {"type": ["integer", "string"], "description": "A user's id or e-mail."}
EXAMPLE = {"title": "Call back", "kind": "call", "due_at": "2026-12-24T10:00", "zone": "Asia/Jakarta"}
VERB = says(gives=GIVES, takes=fields({}), example={}, optional=True, versioned=True)


@router.get("", summary="List tasks", **says(gives=described_list(GIVES), query=LISTING))
def list_tasks(request: Request) -> HttpResponse:
    """Yours, those you made, those your role reaches, those about records that you see; by due time."""
    return list_of(request, TASK, scope_of(request.user), sorts=("due_at", "done_at", "id"))


@router.post(
    "",
    summary="Add a task",
    **says(
        gives=GIVES,
        status=201,
        takes=fields({**SETTABLE, "owner": OWNER}, "title"),
        example=EXAMPLE,
        versioned=True,
    ),
)
def add_task(request: Request) -> HttpResponse:
    """Without an owner it is yours."""
    given = only(object_of(request), [*SETTABLE, "owner"])
    owner = owner_in(given) if given.get("owner") is not None else None
    zone = (owner or request.user).time_zone
    task = actions.add_task(**{"title": "", **_read(given, zone)}, owner=owner, by=request.actor)
    return _shown(request, task, status=201)


@router.get("/{int:task_id}", summary="Read a task", **says(gives=GIVES, query=[FIELDS], versioned=True))
def get_task(request: Request, task_id: int) -> HttpResponse:
    """One task, archived or not, with its ETag."""
    task = _seen(request, task_id)
    data = record_of(TASK, task.pk, request.user, fields_of(request, TASK))
    return answer_record(request, data, version=task.version)


@router.patch(
    "/{int:task_id}",
    summary="Change a task",
    **says(gives=GIVES, takes=fields(SETTABLE), example={"priority": "high"}, versioned=True),
)
def change_task(request: Request, task_id: int) -> HttpResponse:
    """What is not given stays; `due_at` ends `due_on` and the other way round."""
    task = locked(request, _seen(request, task_id))
    given = only(object_of(request), SETTABLE)
    return _shown(request, actions.change_task(task, **_read(given, task.zone), by=request.actor))


@router.post(
    "/{int:task_id}/finish",
    summary="Finish a task",
    **says(
        gives=GIVES,
        takes=fields({"outcome": {"type": "string", "maxLength": 500}}),
        example={"outcome": "They want a new offer."},
        optional=True,
        versioned=True,
    ),
)
def finish_task(request: Request, task_id: int) -> HttpResponse:
    """With what came of it. The next one of a task that repeats is made."""
    task = _seen(request, task_id)
    given = only(object_of(request, optional=True), ("outcome",))
    outcome = text_in(given, "outcome")
    return _shown(request, actions.finish_task(locked(request, task), outcome=outcome, by=request.actor))


@router.post("/{int:task_id}/reopen", summary="Open a task again", **VERB)
def reopen_task(request: Request, task_id: int) -> HttpResponse:
    """It is still to do."""
    return _simple(request, task_id, actions.reopen_task)


@router.post(
    "/{int:task_id}/snooze",
    summary="Snooze a task",
    **says(
        gives=GIVES,
        takes=fields({"until": {**MOMENT, "type": "string"}}, "until"),
        example={"until": "2026-12-28T09:00"},
        versioned=True,
    ),
)
def snooze_task(request: Request, task_id: int) -> HttpResponse:
    """It is due, and its owner reminded, at that moment."""
    task = _seen(request, task_id)
    given = only(object_of(request), ("until",))
    until = moment_in(given, "until", task.zone)
    if until is None:
        raise RuleBroken(_("Say until when."), field="until")
    return _shown(request, actions.snooze_task(locked(request, task), until=until, by=request.actor))


@router.post(
    "/{int:task_id}/assign",
    summary="Give a task to somebody",
    **says(gives=GIVES, takes=fields({"owner": OWNER}, "owner"), example={"owner": 1}, versioned=True),
)
def assign_task(request: Request, task_id: int) -> HttpResponse:
    """Who gets it hears of it."""
    task = _seen(request, task_id)
    owner = owner_in(only(object_of(request), ("owner",)))
    if owner is None:
        raise RuleBroken(_("Choose somebody who works here and has tasks."), field="owner")
    return _shown(request, actions.reassign_task(locked(request, task), owner=owner, by=request.actor))


@router.post("/{int:task_id}/archive", summary="Archive a task", **VERB)
def archive_task(request: Request, task_id: int) -> HttpResponse:
    """It can be restored."""
    return _simple(request, task_id, actions.archive_task)


@router.post("/{int:task_id}/restore", summary="Restore a task", **VERB)
def restore_task(request: Request, task_id: int) -> HttpResponse:
    """Bring an archived task back."""
    return _simple(request, task_id, actions.restore_task)


def moment_in(given: dict[str, Any], name: str, zone: str) -> datetime | None:
    """A moment given under a name; one without an offset by the clocks of a zone. Raises `RuleBroken`."""
    value = given.get(name)
    if value is None:
        return None
    found = moment_written(value, None) if isinstance(value, str) else None
    if found is None or not is_of_our_time(found):
        raise RuleBroken(_("A moment such as 2026-12-24T15:30."), field=name, value=value)
    return found if found.tzinfo else moment_of(found.date(), found.time(), zone)


def _read(given: dict[str, Any], zone: str) -> dict[str, Any]:
    """What was given, as the actions take it."""
    values: dict[str, Any] = {
        name: given[name]
        for name in ("title", "description", "kind", "priority", "repeats", "remind_before")
        if name in given
    }
    if "zone" in given:
        values["zone"] = require_zone(text_in(given, "zone"))
    clocks = values.get("zone") or zone or organisation().time_zone
    for name in ("due_at", "remind_at"):
        if name in given:
            values[name] = moment_in(given, name, clocks)
    if "due_on" in given:
        values["due_on"] = day_in(given, "due_on")
    if "about_kind" in given or "about_id" in given:
        values["about"] = _about(given)
    return values


def _about(given: dict[str, Any]) -> Subject | None:
    kind = text_in(given, "about_kind")
    if not kind and given.get("about_id") is None:
        return None
    return Subject(kind, id_in(given, "about_id"))


def _seen(request: Request, key: int) -> Task:
    return seen(Task.objects.select_related("owner"), request, key)


def _simple(request: Request, key: int, verb: Callable[..., Task]) -> HttpResponse:
    task = _seen(request, key)
    only(object_of(request, optional=True), ())
    return _shown(request, verb(locked(request, task), by=request.actor))


def _shown(request: Request, task: Task, *, status: int = 200) -> HttpResponse:
    location = f"/api/v1/tasks/{task.pk}" if status == 201 else ""
    data = record_of(TASK, task.pk, request.user)
    return answer_record(request, data, version=task.version, status=status, location=location)
