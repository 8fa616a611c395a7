"""Kinds that hold one of a known set: choice, country, language, time zone, yes or no."""

from __future__ import annotations

import re
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
MOST_TOLD = 30  # choices in the words of a refusal
_SEPARATORS = re.compile(r"[,;\n]")


class ChoiceKind(Kind):
    """One of the field's choices; the key is stored, the label is shown."""

    key = "choice"
    family = "choice"
    operators: tuple[str, ...] = ("equals", "not_equals", "in", "not_in", "is_empty", "is_not_empty")

    def clean(self, raw: Any, field: Field, context: Cleaning) -> Any:
        """Nothing given is the choice '' where there are text keys, else NULL."""
        value = super().clean(raw, field, context)
        return "" if value is None and self.holds_text(field) else value

    def read(self, raw: Any, field: Field, context: Cleaning) -> Any:
        """The key for a key or a label, in any case."""
        found = self.key_of(raw, field)
        if found is None or (found in field.retired and not context.kept):
            message = (
                _("%(field)s: “%(value)s” is not known. Accepted: {accepted}.")
                if found is None
                else _("%(field)s: “%(value)s” is not offered any more. Accepted: {accepted}.")
            )
            accepted = self.accepted(field).replace("%", "%%")
            raise no(field, raw, message.replace("{accepted}", accepted))
        return found

    def key_of(self, raw: Any, field: Field) -> Any:
        """The key for a key or a label, in any case, retired or not; None when it is not known."""
        if isinstance(raw, str) and raw in field.choice_labels:
            return raw
        known = self._known_once(field)
        return known.get(_as_typed(words(raw, field))) if not isinstance(raw, bool) else None

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
        before = {_as_typed(str(typed)): key for typed, key in field.merged.items()}
        return before | found | {_as_typed(str(key)): key for key, _label in field.choices}

    def accepted(self, field: Field) -> str:
        """The keys, as words for a refusal; of many the first."""
        keys = [str(key) for key, _label in field.offered if key != ""]
        return ", ".join(keys[:MOST_TOLD]) + (" …" if len(keys) > MOST_TOLD else "")

    def label(self, value: Any, field: Field, language: str) -> Text:
        """What a person reads for a key."""
        return field.choice_labels.get(value, value)

    def render(self, value: Any, field: Field, viewer: Viewer) -> str:
        """The label."""
        return "" if value is None or value == "" else str(self.label(value, field, viewer.language))

    def stored(self, value: Any) -> Any:
        """The key; a choice that was taken is never empty."""
        return None if value in (None, "") else value

    def loaded(self, stored: Any) -> Any:
        """The key, or nothing."""
        return "" if stored is None else stored

    def sort_sql(self, column: str, name: str) -> str:
        """By the key, so that the same choices stand together."""
        return f'({self.custom_sql(column, name)} COLLATE "C")'


class SeveralKind(ChoiceKind):
    """Several of the field's choices, in the order of the field; their keys are stored."""

    key = "several"
    family = "tags"
    empty: Any = ()
    operators = ("has_any", "has_all", "has_none", "is_empty", "is_not_empty")

    def clean(self, raw: Any, field: Field, context: Cleaning) -> list[str]:
        """Nothing given is none of them."""
        return list(Kind.clean(self, raw, field, context))

    def read(self, raw: Any, field: Field, context: Cleaning) -> list[str]:
        """The keys of a list, or of a text with commas, semicolons or lines between."""
        if isinstance(raw, list | tuple):
            parts = list(raw)
        else:
            text = words(raw, field)
            parts = [text] if self.key_of(text, field) is not None else _SEPARATORS.split(text)
        wanted = {
            super(SeveralKind, self).read(part, field, context) for part in parts if not self.is_empty(part)
        }
        return [key for key, _label in field.choices if key in wanted]

    def render(self, value: Any, field: Field, viewer: Viewer) -> str:
        """The labels."""
        return ", ".join(self.labels(value, field))

    def labels(self, value: Any, field: Field) -> list[str]:
        """What people read for each of them."""
        return [str(field.choice_labels.get(key, key)) for key in value or ()]

    def export(self, value: Any, field: Field) -> str:
        """The keys with commas between: an import takes them apart again."""
        return ", ".join(value or ())

    def export_sql(self, sql: str) -> str:
        """The same in SQL."""
        return f"array_to_string({sql}, ', ')"

    def stored(self, value: Any) -> Any:
        """A list of keys."""
        return list(value) if value else None

    def loaded(self, stored: Any) -> list[str]:
        """The keys again."""
        return list(stored or ())

    def custom_sql(self, column: str, name: str) -> str:
        """As an array; an empty one where nothing was chosen."""
        return f"ARRAY(SELECT jsonb_array_elements_text({column} -> '{name}'))"

    def sort_sql(self, column: str, name: str) -> str:
        """Several values give no order."""
        return ""


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
    operators: tuple[str, ...] = ("is_true", "is_false")

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


class AnsweredKind(YesNoKind):
    """Yes, no, or not answered: of a field that was made later nobody knows yet."""

    empty: Any = None
    operators = ("is_true", "is_false", "is_empty", "is_not_empty")

    def custom_sql(self, column: str, name: str) -> str:
        """As yes or no."""
        return f"({column} ->> '{name}')::boolean"

    def sort_sql(self, column: str, name: str) -> str:
        """No before yes."""
        return f"(({column} ->> '{name}') COLLATE \"C\")"


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


CHOICE, SEVERAL, COUNTRY, LANGUAGE, TIME_ZONE, YES_NO, ANSWERED = (
    ChoiceKind(),
    SeveralKind(),
    CountryKind(),
    LanguageKind(),
    TimeZoneKind(),
    YesNoKind(),
    AnsweredKind(),
)
