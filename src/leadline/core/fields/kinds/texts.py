"""Kinds that hold text: text, long text, e-mail, phone, website."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from leadline.core.fields.kinds.base import Kind, no, words
from leadline.core.normalise.email import clean_email
from leadline.core.normalise.folding import folded_sql
from leadline.core.normalise.phone import format_phone, parse_phone
from leadline.core.normalise.website import clean_website

if TYPE_CHECKING:
    from leadline.core.fields.cleaning import Cleaning, Viewer
    from leadline.core.fields.field import Field

TEXT_OPERATORS = (
    "contains", "not_contains", "equals", "not_equals", "starts_with", "ends_with",
    "in", "not_in", "is_empty", "is_not_empty",
)  # fmt: skip


SORTED_BY = 100  # characters

# Nothing to trim, mend or refuse in it: most of what comes in.
_PLAIN = re.compile(r"[!-~](?:[ -~]*[!-~])?\Z")


class TextKind(Kind):
    """One line of text, without blanks around it."""

    key = "text"
    empty = ""
    operators: tuple[str, ...] = TEXT_OPERATORS
    longest = 10_000

    def read(self, raw: Any, field: Field, context: Cleaning) -> str:
        """The text trimmed; longer than the field allows is refused, never cut."""
        if isinstance(raw, str) and _PLAIN.match(raw):
            return self.fitting(raw, field)
        return self.fitting(self.trimmed(words(raw, field)), field)

    def fitting(self, text: str, field: Field) -> str:
        """The same text; refused when it is longer than the column that keeps it."""
        limit = field.max_length or self.longest
        if len(text) > limit:
            message = _("%(field)s is longer than {limit} characters (“%(value)s”).")
            raise no(field, text, message.format(limit=limit))
        return text

    def trimmed(self, text: str) -> str:
        """One line: line breaks inside become blanks."""
        return " ".join(line.strip() for line in text.split("\n")).strip()

    def export_sql(self, sql: str) -> str:
        """As it is."""
        return sql

    def sort_sql(self, column: str, name: str) -> str:
        """Its beginning, without regard to case: an index holds no long texts."""
        return f'(left({folded_sql(self.custom_sql(column, name))}, {SORTED_BY}) COLLATE "C")'


class PostcodeKind(TextKind):
    """A postcode as it is written; ranges of them can be asked for, by what they begin with."""

    key = "postcode"
    operators = (*TEXT_OPERATORS, "between")


class LongTextKind(TextKind):
    """Text of several lines."""

    key = "long_text"
    longest = 100_000

    def trimmed(self, text: str) -> str:
        """Line breaks stay."""
        return text.strip()

    def sort_sql(self, column: str, name: str) -> str:
        """Nobody orders by what fills a page."""
        return ""


class EmailKind(TextKind):
    """An e-mail address in lower case."""

    key = "email"

    def read(self, raw: Any, field: Field, context: Cleaning) -> str:
        """The address as it is matched; what is no address is refused."""
        return self.fitting(clean_email(super().read(raw, field, context), field=field.name), field)


class PhoneKind(TextKind):
    """A phone number in E.164; kept as typed and told in `unclear` when not understood (CUS-2)."""

    key = "phone"

    def read(self, raw: Any, field: Field, context: Cleaning) -> str:
        """The number by the rules of the context's country."""
        if isinstance(raw, float) and raw.is_integer():
            raw = int(raw)
        phone = parse_phone(super().read(raw, field, context), context.country)
        if not phone.understood:
            context.unclear.add(field.name)
        return self.fitting(phone.value, field)

    def render(self, value: Any, field: Field, viewer: Viewer) -> str:
        """Grouped as numbers are written internationally."""
        return format_phone(value) if value else ""


class WebsiteKind(TextKind):
    """A web address with its scheme; kept as typed and told in `unclear` when not understood (CUS-2)."""

    key = "website"

    def read(self, raw: Any, field: Field, context: Cleaning) -> str:
        """The address; a scheme that runs something is refused."""
        website = clean_website(super().read(raw, field, context), field=field.name)
        if not website.understood:
            context.unclear.add(field.name)
        return self.fitting(website.value, field)

    def render(self, value: Any, field: Field, viewer: Viewer) -> str:
        """Without what every address begins with."""
        text = value or ""
        return text.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")


TEXT, LONG_TEXT, EMAIL, PHONE, WEBSITE = TextKind(), LongTextKind(), EmailKind(), PhoneKind(), WebsiteKind()
POSTCODE = PostcodeKind()
