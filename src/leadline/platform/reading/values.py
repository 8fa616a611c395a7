"""Reading one value of an event by what its detail holds. Each raises `RuleBroken` naming the field."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.refusals import RuleBroken
from leadline.platform.kinds import AMOUNT, COUNT, CURRENCY, NUMBER, Detail

MOST_DIGITS, MOST_DECIMALS = 14, 4
_CURRENCY = re.compile(r"[A-Z]{3}\Z")
_NUMBER = re.compile(r"-?[0-9]{1,20}(?:\.[0-9]{1,20})?\Z")


def read_detail(detail: Detail, value: Any) -> Any:
    """The value as it is stored: texts, whole numbers, and amounts as text so that none becomes a float."""
    holds = detail.holds
    if holds in (AMOUNT, NUMBER):
        number = read_number(value, detail.name)
        if holds == AMOUNT and number <= 0:
            raise refusal(detail.name, value, _("“%(field)s” is an amount above zero, not “%(value)s”."))
        return f"{number:f}"
    if holds == CURRENCY:
        return read_currency(value, detail.name)
    if holds == COUNT:
        return _whole(value, detail.name)
    text = read_text(value, detail.name, detail.longest)
    if detail.words and text not in detail.words:
        message = _("“%(field)s” is one of %(known)s, not “%(value)s”.")
        raise refusal(detail.name, value, message, known=", ".join(detail.words))
    return text


def read_number(value: Any, field: str) -> Decimal:
    """A number of at most 14 digits before the point and 4 behind; given as a number or as text."""
    text = str(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else value
    if isinstance(value, float):
        text = repr(value)
    if not isinstance(text, str) or not _NUMBER.match(text.strip()):
        raise refusal(field, value, _("“%(field)s” is a number such as 12.50, not “%(value)s”."))
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        raise refusal(field, value, _("“%(field)s” is a number such as 12.50, not “%(value)s”.")) from None
    exponent = number.as_tuple().exponent
    if number.adjusted() >= MOST_DIGITS or (isinstance(exponent, int) and -exponent > MOST_DECIMALS):
        message = _("“%(field)s” has at most 14 digits and 4 decimals, not “%(value)s”.")
        raise refusal(field, value, message)
    return number


def _whole(value: Any, field: str) -> int:
    text = str(value).strip()
    if isinstance(value, bool) or not (text.isascii() and text.isdigit() and len(text) < 10):
        raise refusal(field, value, _("“%(field)s” is a whole number, not “%(value)s”."))
    return int(text)


def read_currency(value: Any, field: str = "currency") -> str:
    """An ISO 4217 code."""
    code = value.strip().upper() if isinstance(value, str) else ""
    if not _CURRENCY.match(code):
        raise refusal(field, value, _("“%(field)s” is a currency such as EUR, not “%(value)s”."))
    return code


def read_text(value: Any, field: str, longest: int) -> str:
    """A text without NUL and broken characters; a number is taken as it is written."""
    if isinstance(value, str):
        text = value.strip()
        if text.isascii() and len(text) <= longest and "\x00" not in text:
            return text
    elif isinstance(value, int | Decimal) and not isinstance(value, bool):
        text = str(value)
    else:
        raise refusal(field, value, _("“%(field)s” is a text, not “%(value)s”."))
    if len(text) > longest:
        message = _("“%(field)s” has at most %(most)s characters.")
        raise refusal(field, value, message, most=longest)
    if not is_text(text):
        raise refusal(field, "", _("“%(field)s” holds a character that is not text."))
    return text


def is_text(text: str) -> bool:
    """Whether the database can hold it: no NUL, no half characters."""
    return "\x00" not in text and (text.isascii() or text.encode(errors="replace").decode() == text)


def refusal(field: str, value: Any, message: str, **words: Any) -> RuleBroken:
    """A refusal that names the field and what came."""
    shown = str(value).encode(errors="replace").decode().replace("\x00", "␀")[:60]
    return RuleBroken(message % {"field": field, "value": shown, **words}, field=field, value=shown)
