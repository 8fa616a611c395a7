"""The places of a text: `{{ first_name }}`, or `{{ first_name | there }}`; checked, and filled when sent.

Nothing is worked out in them: a place names one of a few things, and what stands after the bar is taken where
the record has nothing.
"""

import re
from collections.abc import Mapping
from difflib import get_close_matches

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.core.refusals import RuleBroken

# What every text may name; a record that has none of it leaves the place open.
PLACES = {
    "name": gettext_lazy("The person's whole name, or the company's"),
    "first_name": gettext_lazy("The person's first name"),
    "company": gettext_lazy("The company's name"),
    "city": gettext_lazy("The city"),
    "sender": gettext_lazy("The name of whoever sends it"),
    "sender_email": gettext_lazy("The e-mail address of whoever sends it"),
    "owner": gettext_lazy("The name of the record's owner"),
    "organisation": gettext_lazy("The name of this organisation"),
}
_PLACE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_MARKS = re.compile(r"([\\`*_\[\]<>~|])")
_ESCAPED = re.compile(r"\\([\\`*_\[\]<>~|])")


def check_places(text: str, *, field: str) -> None:
    """Raise `RuleBroken` for a place that is not known, with what is, and for braces without an end."""
    for found in _PLACE.finditer(text):
        name = _parts(found)[0]
        if name not in PLACES:
            near = get_close_matches(name, PLACES, 1)
            message = (
                _("“%(value)s” is not known. Did you mean “%(near)s”?")
                if near
                else _("“%(value)s” is not known. Accepted: %(accepted)s.")
            )
            words = {"value": name[:60], "near": "".join(near), "accepted": ", ".join(PLACES)}
            raise RuleBroken(message % words, field=field, value=name[:60])
    if "{{" in _PLACE.sub("", text):
        raise RuleBroken(_("A place begins with {{ and ends with }}."), field=field, value=text[:60])


def filled(text: str, values: Mapping[str, str], *, in_markdown: bool) -> str:
    """The text with its places filled; one that is known and has nothing to stand there stays as it is.

    In Markdown a value is only ever words: no link, no emphasis, no second line comes of it.
    """

    def value_of(found: re.Match[str]) -> str:
        name, instead = _parts(found)
        value = " ".join(values.get(name, "").split())
        if not value:
            return instead or found[0]
        return _MARKS.sub(r"\\\1", value) if in_markdown else value

    return _PLACE.sub(value_of, text)


def open_places(text: str) -> list[str]:
    """The names of the places that are not filled."""
    return [_parts(found)[0] for found in _PLACE.finditer(text)]


def places_to_fill(text: str) -> list[str]:
    """The names of the places that have no words for when nothing is known."""
    return [name for name, instead in map(_parts, _PLACE.finditer(text)) if not instead]


def plain_text(markdown: str) -> str:
    """Markdown for readers without HTML: as it was written, without the escapes."""
    return _ESCAPED.sub(r"\1", markdown)


def _parts(found: re.Match[str]) -> tuple[str, str]:
    name, _bar, instead = found[1].partition("|")
    return name.strip(), instead.strip()
