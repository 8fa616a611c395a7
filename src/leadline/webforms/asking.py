"""What a form can ask: fields of the leads' catalogue that a visitor can answer (LEA-2)."""

from leadline.core.fields import Field, catalogue
from leadline.webforms.models import WebForm

BY_VISITORS = ("name", "company", "email", "phone", "country", "language", "time_zone", "description")
WAYS_TO_REACH = ("email", "phone")
# What browsers fill in by themselves.
AUTOCOMPLETE = {
    "name": "name",
    "company": "organization",
    "email": "email",
    "phone": "tel",
    "country": "country",
}
LONGEST_ANSWER = 10_000


def askable() -> list[Field]:
    """The fields that a form may ask for: of the provided ones some, of the custom ones all but links."""
    known = catalogue("lead").by_name
    custom = [each for each in known.values() if each.stored_in and each.editable]
    return [known[name] for name in BY_VISITORS] + [each for each in custom if each.kind.family != "link"]


def asked(form: WebForm) -> list[str]:
    """The names of the fields that a form asks for now; one whose field is gone is left out."""
    known = {each.name for each in askable()}
    return [ask["field"] for ask in form.asks if ask["field"] in known]


def language_for(form: WebForm, wanted: list[str]) -> str:
    """The first of the wanted languages in which the form is written, else its own first."""
    return next((code for code in wanted if code in form.texts), next(iter(form.texts), "en"))


def said(by_language: dict[str, str], language: str, otherwise: str = "") -> str:
    """A text in a language, else in another one that it is written in."""
    return by_language.get(language) or next((text for text in by_language.values() if text), "") or otherwise
