"""Kinds that hold one of a known set: choice, country, language, time zone, yes or no."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from babel import Locale
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from leadline.core.fields.kinds.base import Kind, no, words

if TYPE_CHECKING:
    from leadline.core.fields.cleaning import Cleaning, Viewer
    from leadline.core.fields.field import Field, Text

LANGUAGES_OF_NAMES = ("en", "id")


class ChoiceKind(Kind):
    """One of the field's choices; the key is stored, the label is shown."""

    key = "choice"
    family = "choice"
    operators = ("equals", "not_equals", "in", "not_in", "is_empty", "is_not_empty")

    def clean(self, raw: Any, field: Field, context: Cleaning) -> Any:
        """Nothing given is the choice '' where there are text keys, else NULL."""
        value = super().clean(raw, field, context)
        return "" if value is None and self.holds_text(field) else value

    def read(self, raw: Any, field: Field, context: Cleaning) -> Any:
        """The key for a key or a label, in any case."""
        if isinstance(raw, str) and raw in field.choice_labels:
            return raw
        known = self._known_once(field)
        found = known.get(_as_typed(words(raw, field))) if not isinstance(raw, bool) else None
        if found is None:
            raise no(
                field,
                raw,
                _("%(field)s: “%(value)s” is not known. Accepted: {accepted}.").format(
                    accepted=self.accepted(field).replace("%", "%%")
                ),
            )
        return found

    def holds_text(self, field: Field) -> bool:
        """Whether the keys are texts (then '' is empty), or numbers (then NULL is)."""
        return not field.choices or isinstance(field.choices[0][0], str)

    def _known_once(self, field: Field) -> dict[str, Any]:
        """What may be typed, put together once for each language: a file asks it for every row."""
        language = get_language() or ""
        if language not in field.known_by_language:
            field.known_by_language[language] = self.known(field)
        return field.known_by_language[language]

    def known(self, field: Field) -> dict[str, Any]:
        """What may be typed → key."""
        found: dict[str, Any] = {}
        for key, label in field.choices:
            found.setdefault(_as_typed(str(label)), key)
        return found | {_as_typed(str(key)): key for key, _label in field.choices}

    def accepted(self, field: Field) -> str:
        """The keys, as words for a refusal."""
        return ", ".join(str(key) for key, _label in field.choices if key != "")

    def label(self, value: Any, field: Field, language: str) -> Text:
        """What a person reads for a key."""
        return field.choice_labels.get(value, value)

    def render(self, value: Any, field: Field, viewer: Viewer) -> str:
        """The label."""
        return "" if value is None or value == "" else str(self.label(value, field, viewer.language))


class NamedCodeKind(ChoiceKind):
    """A code of a public list (countries, languages); names are read in English and Indonesian."""

    names = ""
    example = ""

    def known(self, field: Field) -> dict[str, Any]:
        """Codes and names."""
        return _codes_and_names(self.names)

    def accepted(self, field: Field) -> str:
        """An example says it."""
        return _("a code or a name, such as %(example)s") % {"example": self.example}

    def label(self, value: Any, field: Field, language: str) -> Text:
        """The name in the viewer's language."""
        return _names(self.names, language).get(value, value)


class CountryKind(NamedCodeKind):
    """A country by ISO 3166-1 alpha-2."""

    key, names, example = "country", "territories", "ID, Indonesia"


class LanguageKind(NamedCodeKind):
    """A language by its code."""

    key, names, example = "language", "languages", "id, Indonesian"


class TimeZoneKind(ChoiceKind):
    """A time zone by its IANA name."""

    key = "time_zone"

    def known(self, field: Field) -> dict[str, Any]:
        """All zones of the data base."""
        return _zones()

    def accepted(self, field: Field) -> str:
        """An example says it."""
        return _("the name of a time zone, such as Asia/Jakarta")


class YesNoKind(Kind):
    """Yes or no."""

    key = "yes_no"
    family = "yes_no"
    empty = False
    operators = ("is_true", "is_false")

    def read(self, raw: Any, field: Field, context: Cleaning) -> bool:
        """Yes and no as people and files write them, in English and Indonesian."""
        if isinstance(raw, bool):
            return raw
        typed = _as_typed(words(raw, field))
        if typed in {"yes", "y", "true", "t", "1", "1.0", "on", "x", "✓", "ya"}:
            return True
        if typed in {"no", "n", "false", "f", "0", "0.0", "off", "-", "tidak", "bukan"}:
            return False
        raise no(
            field,
            raw,
            _("%(field)s: “%(value)s” is neither yes nor no. Accepted: yes, no, true, false, 1, 0."),
        )

    def render(self, value: Any, field: Field, viewer: Viewer) -> str:
        """Yes, no, or nothing when it is not known."""
        return "" if value is None else (_("Yes") if value else _("No"))

    def export(self, value: Any, field: Field) -> str:
        """yes or no in English, whatever the language: a re-import reads it."""
        return "" if value is None else ("yes" if value else "no")

    def export_sql(self, sql: str) -> str:
        """The same in SQL."""
        return f"CASE {sql} WHEN true THEN 'yes' WHEN false THEN 'no' END"


def _as_typed(text: str) -> str:
    return " ".join(text.strip().casefold().replace("_", " ").split())


@lru_cache(maxsize=64)
def _names(names: str, language: str) -> dict[str, str]:
    table = getattr(Locale.parse(language, sep="-" if "-" in language else "_"), names)
    wanted = 2 if names == "territories" else 3
    return {code: name for code, name in table.items() if len(code) <= wanted and code.isalpha()}


@lru_cache(maxsize=8)
def _codes_and_names(names: str) -> dict[str, str]:
    known = {
        _as_typed(name): code
        for language in LANGUAGES_OF_NAMES
        for code, name in _names(names, language).items()
    }
    if names == "territories":
        known |= {"usa": "US", "uk": "GB", "england": "GB", "uae": "AE"}
    return known | {code.casefold(): code for code in _names(names, "en")}


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    return {_as_typed(name): name for name in sorted(available_timezones())}


CHOICE, COUNTRY, LANGUAGE, TIME_ZONE, YES_NO = (
    ChoiceKind(),
    CountryKind(),
    LanguageKind(),
    TimeZoneKind(),
    YesNoKind(),
)
