"""/web-forms: making forms, and deciding what was held back (LEA-2)."""

from typing import Any

from django.http import HttpResponse
from ninja import Router

from leadline.api.answering import answer, answer_record, locked
from leadline.api.bodies import id_in, object_of, only, text_in, texts_in, yes_in
from leadline.api.describing.operations import PAGING, fields, ref, says
from leadline.api.describing.operations import list_of as described_list
from leadline.api.describing.web_forms import SETTABLE
from leadline.api.listing import parameters_of, plain_list_of
from leadline.api.resources.seeing import seen
from leadline.core.requests import Request
from leadline.leads.models import Lead
from leadline.webforms import actions
from leadline.webforms.models import Submission, WebForm
from leadline.webforms.queries import Counts, counts_of

router, submissions = Router(tags=["web forms"]), Router(tags=["web forms"])
FORM, SUBMISSION = ref("WebForm"), ref("WebFormSubmission")
TEXTS = {"en": {"title": "Write to us"}}
WITHOUT_ANSWERS = says(gives=FORM, takes=fields({}), example={}, optional=True, versioned=True)
DECIDES = says(gives=SUBMISSION, takes=fields({}), example={}, optional=True)


@router.get("", summary="List web forms", **says(gives=described_list(FORM), query=PAGING))
def list_web_forms(request: Request) -> HttpResponse:
    """All, archived ones too, the newest first, with the counts of the last 30 days."""
    rows = WebForm.objects.visible_to(request.user).select_related("owner")
    counts = counts_of(list(rows))
    return plain_list_of(request, rows, lambda form: _shown(form, counts.get(form.pk, Counts())))


@router.post(
    "",
    summary="Add a web form",
    **says(
        gives=FORM,
        status=201,
        takes=fields(SETTABLE, "name", "texts"),
        example={"name": "Contact us", "texts": TEXTS},
        versioned=True,
    ),
)
def add_web_form(request: Request) -> HttpResponse:
    """Switched off until `is_on` is true. Without `asks`: name, e-mail, phone and a message."""
    given = _read(only(object_of(request), SETTABLE))
    is_on = given.pop("is_on", False)
    made = actions.add_form(**{"name": "", "texts": {}, **given}, by=request.actor)
    if is_on:
        made = actions.switch_form(made, on=True, by=request.actor)
    return _answered(request, made, status=201)


@router.get("/{int:form_id}", summary="Read a web form", **says(gives=FORM, versioned=True))
def get_web_form(request: Request, form_id: int) -> HttpResponse:
    """One form, archived or not."""
    parameters_of(request, ())
    return _answered(request, _form(request, form_id))


@router.patch(
    "/{int:form_id}",
    summary="Change a web form",
    **says(gives=FORM, takes=fields(SETTABLE), example={"is_on": True}, versioned=True),
)
def change_web_form(request: Request, form_id: int) -> HttpResponse:
    """What is not given stays; a part that is given replaces the whole part. Send If-Match."""
    form = _form(request, form_id)
    given = _read(only(object_of(request), SETTABLE))
    form = locked(request, form)
    if "is_on" in given:
        form = actions.switch_form(form, on=given.pop("is_on"), by=request.actor)
    if given:
        form = actions.change_form(form, **given, by=request.actor)
    return _answered(request, form)


@router.post("/{int:form_id}/archive", summary="Archive a web form", **WITHOUT_ANSWERS)
def archive_web_form(request: Request, form_id: int) -> HttpResponse:
    """Its page is closed."""
    form = _form(request, form_id)
    only(object_of(request, optional=True), ())
    return _answered(request, actions.archive_form(form, by=request.actor))


@router.post("/{int:form_id}/restore", summary="Restore a web form", **WITHOUT_ANSWERS)
def restore_web_form(request: Request, form_id: int) -> HttpResponse:
    """Into use again, as it was."""
    form = _form(request, form_id)
    only(object_of(request, optional=True), ())
    return _answered(request, actions.restore_form(form, by=request.actor))


@submissions.get(
    "",
    summary="List what visitors sent",
    **says(gives=described_list(SUBMISSION), query=PAGING),
)
def list_web_form_submissions(request: Request) -> HttpResponse:
    """Of all forms, the newest first, for who manages forms; `state` says what was held back."""
    rows = Submission.objects.visible_to(request.user).select_related("form", "decided_by")
    return plain_list_of(request, rows, lambda row: _sent(request, row))


@submissions.post("/{int:submission_id}/release", summary="Release what was held back", **DECIDES)
def release_web_form_submission(request: Request, submission_id: int) -> HttpResponse:
    """It becomes a lead, as if it had come through."""
    submission = _submission(request, submission_id)
    only(object_of(request, optional=True), ())
    return answer(_sent(request, actions.release_submission(submission, by=request.actor)))


@submissions.post("/{int:submission_id}/discard", summary="Discard what was held back", **DECIDES)
def discard_web_form_submission(request: Request, submission_id: int) -> HttpResponse:
    """Spam: kept for 90 days, and can be released until then."""
    submission = _submission(request, submission_id)
    only(object_of(request, optional=True), ())
    return answer(_sent(request, actions.discard_submission(submission, by=request.actor)))


def _read(given: dict[str, Any]) -> dict[str, Any]:
    """The parts by their kinds; texts, asks and consents are checked where they are written."""
    readers: dict[str, Any] = {
        **dict.fromkeys(("name", "redirect", "source", "campaign", "desk"), text_in),
        **dict.fromkeys(("sites", "tags"), texts_in),
        "is_on": yes_in,
        "owner": lambda given, name: None if given[name] is None else id_in(given, name),
    }
    return {name: readers[name](given, name) if name in readers else given[name] for name in given}


def _form(request: Request, key: int) -> WebForm:
    found: WebForm = seen(WebForm.objects.select_related("owner"), request, key)
    return found


def _submission(request: Request, key: int) -> Submission:
    found: Submission = seen(Submission.objects.select_related("form", "decided_by"), request, key)
    return found


def _answered(request: Request, form: WebForm, *, status: int = 200) -> HttpResponse:
    location = f"/api/v1/web-forms/{form.pk}" if status == 201 else ""
    told = _shown(form, counts_of([form]).get(form.pk, Counts()))
    return answer_record(request, told, version=form.version, status=status, location=location)


def _shown(form: WebForm, counts: Counts) -> dict[str, Any]:
    plain = ("key", "name", "texts", "asks", "consents", "redirect", "sites", "source", "campaign", "desk")
    moments = ("archived_at", "created_at", "updated_at")
    return {
        "id": form.pk,
        **{name: getattr(form, name) for name in (*plain, "tags", "is_on", *moments)},
        "owner": _user(form.owner),
        "counts": {"views": counts.views, "sent": counts.sent, "held": counts.held},
    }


def _sent(request: Request, row: Submission) -> dict[str, Any]:
    lead = Lead.objects.visible_to(request.user).filter(pk=row.lead_id or 0).first()
    plain = ("at", "state", "signs", "language", "answers", "consents", "decided_at")
    return {
        "id": row.pk,
        "form": {"id": row.form_id, "name": row.form.name},
        **{name: getattr(row, name) for name in plain},
        "lead": {"id": lead.pk, "name": lead.name} if lead else None,
        "decided_by": _user(row.decided_by),
    }


def _user(user: Any) -> dict[str, Any] | None:
    return {"id": user.pk, "email": user.email, "name": user.name} if user else None
