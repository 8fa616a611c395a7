"""/web-forms/{key}: what anybody may ask and send, without a token (LEA-2)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import answer
from leadline.api.bodies import object_of, only, text_in
from leadline.api.describing.operations import ref, says
from leadline.api.describing.web_forms import SENT
from leadline.api.listing import parameters_of
from leadline.api.problems import Problem
from leadline.core.clock import now
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.people.signing.actions.throttling import TooManyTries
from leadline.webforms.asking import askable, language_for, said
from leadline.webforms.models import WebForm
from leadline.webforms.public import TRAP, language_of, visitor_form
from leadline.webforms.queries import form_of_key
from leadline.webforms.receiving import MOST_BYTES, receive
from leadline.webforms.stamps import stamp_for

router = Router(tags=["web forms"])
LANGUAGE: dict[str, Any] = {"name": "language", "description": "Such as en.", "schema": {"type": "string"}}


@router.get(
    "/{slug:form_key}/form",
    auth=None,
    summary="Read an open form",
    **says(gives=ref("OpenForm"), query=[LANGUAGE]),
)
def get_open_form(request: Request, form_key: str) -> HttpResponse:
    """Without a token: what the form asks, in one language, and the stamp to send along."""
    parameters_of(request, ("language",))
    form = _open(form_key)
    language = language_of(request, form)
    words = form.texts.get(language, {})
    return answer(
        {
            "key": form.key,
            "language": language,
            **{part: words.get(part, "") for part in ("title", "intro", "button")},
            "asks": _asks(form, language),
            "consents": [
                {
                    "channel": box["channel"],
                    "required": box["required"],
                    "words": said(box["words"], language),
                }
                for box in form.consents
            ],
            "stamp": stamp_for(form.key, now()),
        }
    )


@router.post(
    "/{slug:form_key}/submit",
    auth=None,
    summary="Send an open form",
    **says(
        gives=ref("FormThanks"),
        takes=SENT,
        example={"answers": {"name": "Tess Vega", "email": "tess@example.com"}, "stamp": "…"},
    ),
)
def submit_web_form(request: Request, form_key: str) -> HttpResponse:
    """Without a token: the answers become a lead, or wait where they look like spam; the answer is the same.

    Without a stamp of `…/form` it is held back until somebody releases it. At most 64 kB.
    """
    form = _open(form_key)
    if len(request.body) > MOST_BYTES:
        raise Problem(413, _("This is more than the server takes at once."))
    given = only(object_of(request), ("answers", "consents", "stamp", "language", TRAP))
    language = language_for(form, [text_in(given, "language")])
    try:
        receive(
            form,
            request,
            _answers(form, given.get("answers")),
            ticked=_ticked(given.get("consents") or []),
            trap=text_in(given, TRAP)[:200],
            stamp=text_in(given, "stamp"),
            language=language,
            via="api",
        )
    except TooManyTries as wait:
        raise Problem(429, wait.message, headers={"Retry-After": str(wait.seconds)}) from wait
    words = form.texts.get(language, {})
    return answer({"thanks": words.get("thanks", ""), "redirect": form.redirect})


def _open(key: str) -> WebForm:
    form = form_of_key(key)
    if form is None:
        raise Http404
    return form


def _answers(form: WebForm, given: Any) -> dict[str, Any]:
    """Answers to what is asked; others are refused by name, so that a typing error is not lost."""
    if not isinstance(given, dict):
        raise RuleBroken(_("Answers by names of fields."), field="answers")
    return only(given, [ask["field"] for ask in form.asks])


def _ticked(given: Any) -> list[int]:
    if not isinstance(given, list) or not all(type(place) is int for place in given):
        raise RuleBroken(_("Places of boxes, from 0."), field="consents", value=str(given)[:60])
    return given


def _asks(form: WebForm, language: str) -> list[dict[str, Any]]:
    kinds = {each.name: each.kind.key for each in askable()}
    shown = visitor_form(form, language)
    return [
        {
            "field": name,
            "kind": kinds[name],
            "required": control.required,
            "label": str(control.label),
            "help": str(control.help_text),
            "choices": [
                {"value": str(value), "label": str(label)}
                for value, label in getattr(control, "choices", ())
                if value
            ],
        }
        for name, control in shown.fields.items()
        if name in kinds
    ]
