"""The places of a rule's texts: `{decline}`, `{amount}`; checked when it is saved, filled when it runs."""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.automation.occasions import Start
from leadline.core.fields import Catalogue, Field, Viewer, catalogue
from leadline.core.fields.field import Text
from leadline.core.refusals import RuleBroken

_PLACE = re.compile(r"\{([^{}\n]{0,60})\}")
# What every text may say of the record that is acted on.
OF_THE_RECORD: dict[str, Text] = {
    "name": gettext_lazy("The name of the lead or customer"),
    "owner": gettext_lazy("The name of its owner"),
}


def places_of(start: Start) -> dict[str, Text]:
    """What the texts of a rule with such a start may name, each in words."""
    found = dict(OF_THE_RECORD)
    for about in catalogues_of(start):
        found |= {field.name: field.label for field in about.fields if field.name not in found}
    extra = start.occasion.places if start.occasion else ()
    return found | {place.name: place.label for place in extra}


def catalogues_of(start: Start) -> list[Catalogue]:
    """The fields that can be named: those of what happened first, then those of the record."""
    happened = [start.about] if start.about else []
    return happened if start.takes_whoever else [*happened, catalogue(start.records[0])]


def named_in(texts: Iterable[str]) -> list[str]:
    """The places that texts name, each once."""
    return list(dict.fromkeys(name.strip() for text in texts for name in _PLACE.findall(text)))


def check_places(texts: Iterable[str], start: Start) -> None:
    """Raise `RuleBroken` for a place that is not known, with what is; and for a brace without its other."""
    known = places_of(start)
    for text in texts:
        for name in named_in([text]):
            if name not in known:
                raise _unknown(name, known)
        if "{" in _PLACE.sub("", text) or "}" in _PLACE.sub("", text):
            raise RuleBroken(_("A place begins with { and ends with }."), field="steps", value=text[:60])


def fill(text: str, values: Mapping[str, Any], start: Start, language: str, zone: str) -> str:
    """The text with its places filled, in a language; what is not known is a dash."""
    viewer = Viewer(language=language, zone=zone)
    fields = {field.name: field for about in reversed(catalogues_of(start)) for field in about.fields}
    extra = {place.name: place for place in (start.occasion.places if start.occasion else ())}

    def said(found: re.Match[str]) -> str:
        name = found[1].strip()
        if name in extra:
            return str(extra[name].words(values.get(extra[name].source) or "")) or "–"
        value = values.get(name)
        if value in (None, ""):
            return "–"
        return str(value) if name in OF_THE_RECORD else _shown(fields[name], value, viewer)

    with translation.override(language):
        return _PLACE.sub(said, text)


def _shown(field: Field, value: Any, viewer: Viewer) -> str:
    return field.show(value, viewer)


def _unknown(name: str, known: Mapping[str, Any]) -> RuleBroken:
    near = get_close_matches(name, known, 1)
    message = (
        _("“%(value)s” is not known. Did you mean “%(near)s”?")
        if near
        else _("“%(value)s” is not known. Accepted: %(accepted)s.")
    )
    words = {"value": f"{{{name}}}"[:62], "near": "{" + "".join(near) + "}", "accepted": ", ".join(known)}
    return RuleBroken(message % words, field="steps", value=name[:60])
