"""The form as a visitor sees it: made from the leads' catalogue, in the words of the form (LEA-2)."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation.trans_real import parse_accept_lang_header

from leadline.core.catalogue_forms import form_for
from leadline.core.forms import ActionForm
from leadline.webforms.asking import AUTOCOMPLETE, asked, language_for, said
from leadline.webforms.models import WebForm

TRAP = "homepage_address"  # no field of a lead is called so; people do not see it


def language_of(request: HttpRequest, form: WebForm) -> str:
    """The language that the address names, else the first of the browser's in which the form is written."""
    named = request.GET.get("language", "")
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    told = [
        code for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")[:500])
    ]
    wanted = [part for code in (named, chosen, *told) for part in (code, code.partition("-")[0])]
    return language_for(form, wanted)


def language_of_the_page(language: str) -> str:
    """The language in which the page's own few words are said."""
    return language if language in dict(settings.LANGUAGES) else get_language() or "en"


def visitor_form(form: WebForm, language: str, data: Any = None) -> ActionForm:
    """What is asked, with the labels and helps of the form, and a box for each consent."""
    made = form_for("lead", tuple(asked(form)))(data)
    for ask in form.asks:
        if ask["field"] in made.fields:
            _reword(made.fields[ask["field"]], ask, language)
    for place, box in enumerate(form.consents):
        made.fields[f"consent_{place}"] = forms.BooleanField(
            label=said(box["words"], language), required=False
        )
    return made


def parted(answers: dict[str, Any]) -> tuple[dict[str, Any], list[int]]:
    """What was answered, and the places of the boxes that were ticked."""
    boxes = {name for name in answers if name.startswith("consent_")}
    ticked = [int(name.partition("_")[2]) for name in sorted(boxes) if answers[name]]
    return {name: value for name, value in answers.items() if name not in boxes}, ticked


def frame_sites(form: WebForm) -> Iterable[str]:
    """Which pages may show the form within them, as the content security policy says it."""
    return ["'self'", *form.sites] if form.sites else ["*"]


def _reword(control: forms.Field, ask: dict[str, Any], language: str) -> None:
    control.label = said(ask["label"], language, str(control.label))
    control.help_text = said(ask["help"], language, str(control.help_text))
    control.required = ask["required"]
    if hasattr(control, "max_length") and control.max_length:
        control.widget.attrs["maxlength"] = control.max_length
    control.widget.is_required = ask["required"]
    autocomplete = AUTOCOMPLETE.get(ask["field"])
    if autocomplete:
        control.widget.attrs["autocomplete"] = autocomplete
