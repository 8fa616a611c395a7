"""What every kind of field can do."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from leadline.core.refusals import RuleBroken

if TYPE_CHECKING:
    from leadline.core.fields.cleaning import Cleaning, Viewer
    from leadline.core.fields.field import Field

LONGEST_NUMBER = 40


def no(field: Field, value: Any, message: str) -> RuleBroken:
    """The refusal of a value: names the field, shows what came, says what is accepted."""
    shown = str(value)
    if len(shown) > 80:
        shown = shown[:77] + "…"
    words = {"field": field.label, "value": shown}
    return RuleBroken(message % words, field=field.name, value=value)


class Kind(ABC):
    """One kind of field. `family` groups kinds that answer the same operators in conditions."""

    key = ""
    family = "text"
    empty: Any = None  # what is stored when nothing is given
    sorts_as = "text"  # what `sort_sql` gives: text | number | date | moment
    operators: tuple[str, ...] = ()
    reads_shown = False  # whether what a field's `shown` gives is to be rendered, too

    def clean(self, raw: Any, field: Field, context: Cleaning) -> Any:
        """The value to store; nothing typed is the empty value, unless the field is required."""
        if self.is_empty(raw):
            if field.required or field.always_set:
                raise no(field, "", _("%(field)s is required."))
            return self.empty
        return self.read(raw, field, context)

    def is_empty(self, raw: Any) -> bool:
        """Whether nothing was given."""
        if isinstance(raw, str):
            return not raw or raw.isspace()
        return raw is None or raw in ([], ())

    @abstractmethod
    def read(self, raw: Any, field: Field, context: Cleaning) -> Any:
        """The value of something that was given."""

    def render(self, value: Any, field: Field, viewer: Viewer) -> str:
        """The value as text for a person."""
        return "" if value is None else str(value)

    def differences(self, old: Any, new: Any) -> list[tuple[str, str, str]] | None:
        """Label, old and new of each thing that changed inside of a value; none for one that is whole."""
        return None

    def export(self, value: Any, field: Field) -> str:
        """The value as text for another system, or for coming back here."""
        return "" if value is None else str(value)

    def export_sql(self, sql: str) -> str:
        """SQL text of the same."""
        return f"{sql}::text"

    # How a custom field keeps its values in a JSONB column, and how SQL reads them there.

    def stored(self, value: Any) -> Any:
        """The value as JSON keeps it; None for what is empty."""
        return None if value == self.empty or value == "" else value

    def loaded(self, stored: Any) -> Any:
        """The value of what JSON kept."""
        return self.empty if stored is None else stored

    def custom_sql(self, column: str, name: str) -> str:
        """SQL of the value within a JSONB column; NULL where there is none."""
        return f"({column} ->> '{name}')"

    def sort_sql(self, column: str, name: str) -> str:
        """What an index over a JSONB column orders by; empty where such a value gives no order."""
        return ""


def words(raw: Any, field: Field) -> str:
    """Text in one form: no NUL or half characters, line ends as \\n; other JSON types are refused."""
    if not isinstance(raw, str):
        if isinstance(raw, bool | dict | list | tuple):
            raise no(field, raw, _("%(field)s: a text is accepted, not “%(value)s”."))
        raw = str(raw)
    if "\x00" in raw:
        raise no(
            field,
            raw.replace("\x00", "␀"),
            _("%(field)s: “%(value)s” holds a NUL character; only text is accepted."),
        )
    if not raw.isascii():
        try:
            raw.encode()
        except UnicodeEncodeError:
            shown = raw.encode(errors="replace").decode()
            raise no(
                field, shown, _("%(field)s: “%(value)s” holds a broken character; only text is accepted.")
            ) from None
    return raw.replace("\r\n", "\n").replace("\r", "\n") if "\r" in raw else raw
