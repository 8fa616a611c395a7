"""Kinds that hold numbers: number and money. Always Decimal, never a float (ALL-5)."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from leadline.core.fields.kinds.base import LONGEST_NUMBER, Kind, no, words

if TYPE_CHECKING:
    from leadline.core.fields.cleaning import Cleaning, Viewer
    from leadline.core.fields.field import Field

LARGEST, FINEST = Decimal(10) ** 18, 12
_COMMA_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?\Z")
_POINT_THOUSANDS = re.compile(r"[+-]?\d{1,3}(\.\d{3})+(,\d+)?\Z")
_PLAIN = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)\Z")


class NumberKind(Kind):
    """A number. 1,234.50 and 1.234,50 are both read; 1,234 alone is refused unless the context says which."""

    key = "number"
    family = "number"
    sorts_as = "number"
    operators = (
        "equals", "not_equals", "greater_than", "at_least", "less_than", "at_most", "between",
        "in", "not_in", "is_empty", "is_not_empty",
    )  # fmt: skip

    def read(self, raw: Any, field: Field, context: Cleaning) -> Decimal:
        """The number, within what the field allows."""
        value = self.number(raw, field, context.decimal_comma)
        if field.minimum is not None and value < field.minimum:
            raise no(
                field, raw, _("%(field)s: “%(value)s” is less than {least}.").format(least=field.minimum)
            )
        most = LARGEST if field.maximum is None else field.maximum
        if abs(value) > LARGEST or value > most:
            raise no(field, raw, _("%(field)s: “%(value)s” is more than {most}.").format(most=most))
        return value

    def number(self, raw: Any, field: Field, decimal_comma: bool | None) -> Decimal:
        """Any finite number that people and files write."""
        if isinstance(raw, int | Decimal) and not isinstance(raw, bool):
            value = Decimal(raw)
        else:
            value = _written(words(raw, field).strip(), decimal_comma)
        if not _is_bounded(value):
            raise no(field, raw, _("%(field)s: “%(value)s” is not one clear number. Write it like 1234.50."))
        return value

    def render(self, value: Any, field: Field, viewer: Viewer) -> str:
        """With the separators of the viewer's language."""
        if value is None:
            return ""
        text = f"{Decimal(value):,f}"
        if "." in text:
            text = text.rstrip("0").rstrip(".")
        if viewer.language.startswith("en"):
            return text
        return text.translate(_SWAPPED)

    def export(self, value: Any, field: Field) -> str:
        """Plain digits with a point."""
        return "" if value is None else f"{Decimal(value):f}"

    def stored(self, value: Any) -> str | None:
        """As text, so that nothing on the way makes a float of it; each number in one form (ALL-5)."""
        return None if value is None else _one_form(Decimal(value))

    def loaded(self, stored: Any) -> Decimal | None:
        """The number again."""
        return None if stored is None else Decimal(stored)

    def custom_sql(self, column: str, name: str) -> str:
        """As a number."""
        return f"({column} ->> '{name}')::numeric"

    def sort_sql(self, column: str, name: str) -> str:
        """By size."""
        return f"({self.custom_sql(column, name)})"


class MoneyKind(NumberKind):
    """An amount with two decimals; its currency is a field of its own."""

    key = "money"

    def read(self, raw: Any, field: Field, context: Cleaning) -> Decimal:
        """The amount; more than two decimals are refused rather than rounded."""
        value = super().read(raw, field, context)
        if value != value.quantize(Decimal("0.01")):
            raise no(field, raw, _("%(field)s: “%(value)s” has more than two decimals."))
        return value.quantize(Decimal("0.01"))

    def render(self, value: Any, field: Field, viewer: Viewer) -> str:
        """Always with two decimals, and the currency where the field knows it."""
        if value is None:
            return ""
        text = f"{Decimal(value):,.2f}"
        text = text if viewer.language.startswith("en") else text.translate(_SWAPPED)
        return f"{field.currency} {text}" if field.currency else text

    def stored(self, value: Any) -> str | None:
        """Always with two decimals."""
        return None if value is None else f"{Decimal(value):.2f}"


_SWAPPED = str.maketrans(",.", ".,")
_NOT_A_NUMBER = Decimal("NaN")


def _written(text: str, decimal_comma: bool | None) -> Decimal:
    """A number as it was typed; NaN when it is none, or when it can be read in two ways."""
    if len(text) > LONGEST_NUMBER:
        return _NOT_A_NUMBER
    text = re.sub(r"(?<=\d)[\s'’](?=\d{3})", "", text)
    if _can_be_read_two_ways(text) and decimal_comma is None:
        return _NOT_A_NUMBER
    if _COMMA_THOUSANDS.match(text) and not (decimal_comma and text.count(",") == 1 and "." not in text):
        text = text.replace(",", "")
    elif _POINT_THOUSANDS.match(text) and (decimal_comma or "," in text or text.count(".") > 1):
        text = text.replace(".", "").replace(",", ".")
    elif _PLAIN.match(text):
        text = text.replace(",", ".")
    else:
        return _NOT_A_NUMBER
    try:
        return Decimal(text)
    except InvalidOperation:
        return _NOT_A_NUMBER


def _one_form(value: Decimal) -> str:
    """Digits without an exponent, and no zeros behind that say nothing."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _is_bounded(value: Decimal) -> bool:
    """Finite and writable in full: 1e999999999 is a number whose digits fill the memory."""
    if not value.is_finite():
        return False
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -FINEST and value.adjusted() <= LONGEST_NUMBER


def _can_be_read_two_ways(text: str) -> bool:
    """1,234 is a thousand here and one and a bit there; 1.234 is the plain form and stays a decimal."""
    return (
        text.count(",") == 1
        and "." not in text
        and bool(_COMMA_THOUSANDS.match(text))
        and not text.startswith("0")
    )


NUMBER, MONEY = NumberKind(), MoneyKind()
