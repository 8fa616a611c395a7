"""Numbers with either decimal sign: the form of a whole column; "1,234" alone is asked about, never
guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext as _

from leadline.core.refusals import RuleBroken

MONEY = re.compile(r"^\s*(?:[A-Za-z]{1,3}\.?|[$€£¥₹₩₫฿₱₺₽])?\s*|\s*(?:[A-Za-z]{3}|[$€£¥₹₩₫฿₱₺₽]|,-)?\s*$")
PLAIN = re.compile(r"\d{1,30}(?:[eE][+-]?\d{1,2})?")
POINT = re.compile(
    r"(?:\d{1,30}|\d{1,3}(?:([, '’\u00a0\u202f])\d{3})(?:\1\d{3})*)?(?:\.\d{1,20}(?:[eE][+-]?\d{1,2})?)?"
)
COMMA = re.compile(r"(?:\d{1,30}|\d{1,3}(?:([. '’\u00a0\u202f])\d{3})(?:\1\d{3})*)?(?:,\d{1,20})?")


class NumberForm(StrEnum):
    """Which sign stands before the decimals."""

    POINT = "1,234.56"
    COMMA = "1.234,56"


@dataclass
class NumberColumn:
    """What the values of a column tell about its decimal sign; feed it all of them."""

    clear: int = 0
    point: int = 0
    comma: int = 0
    either: int = 0
    unreadable: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, value: str) -> None:
        """Count one value."""
        if not value.strip():
            return
        readings = readings_of(value)
        if len(set(readings.values())) > 1:
            self.either += 1
            if len(self.examples) < 3:
                self.examples.append(value.strip())
        elif len(readings) > 1:
            self.clear += 1
        elif NumberForm.POINT in readings:
            self.point += 1
        elif NumberForm.COMMA in readings:
            self.comma += 1
        else:
            self.unreadable += 1

    @property
    def form(self) -> NumberForm | None:
        """The one form all values agree with; None if there is a choice, or none is needed."""
        if self.point and not self.comma:
            return NumberForm.POINT
        return NumberForm.COMMA if self.comma and not self.point else None

    @property
    def question(self) -> str:
        """`ambiguous`, `mixed` or nothing, as for dates."""
        if self.point and self.comma:
            return "mixed"
        return "ambiguous" if self.either and not self.point and not self.comma else ""


def readings_of(value: str) -> dict[NumberForm, Decimal]:
    """The numbers a text can mean, by decimal sign."""
    text = value.strip()
    negative = (text.startswith("(") and text.endswith(")")) or text[-1:] == "-" or text[:1] in ("-", "−")
    text = MONEY.sub("", text.strip("()+-−").strip())
    negative = negative or text[:1] in ("-", "−")
    text = text.lstrip("+-−")
    if not text or not re.search(r"\d", text):
        return {}
    sign = -1 if negative else 1
    if PLAIN.fullmatch(text):
        return dict.fromkeys(NumberForm, Decimal(text) * sign)
    found = {}
    if POINT.fullmatch(text):
        found[NumberForm.POINT] = Decimal(re.sub(r"[, '’\u00a0\u202f]", "", text)) * sign
    if COMMA.fullmatch(text):
        found[NumberForm.COMMA] = Decimal(re.sub(r"[. '’\u00a0\u202f]", "", text).replace(",", ".")) * sign
    return found


def read_number(value: str, form: NumberForm | None) -> Decimal:
    """The number a text means. Refuses what is none, or could be two."""
    readings = readings_of(value)
    if form in readings:
        return readings[form]
    if not readings or form is not None:
        raise RuleBroken(_("“%(value)s” is no number.") % {"value": value.strip()[:60]})
    if len(set(readings.values())) > 1:
        one, other = readings.values()
        raise RuleBroken(
            _(
                "The number “%(value)s” can be read two ways: %(one)s or %(other)s. Choose the form"
                " of this column."
            )
            % {"value": value.strip()[:60], "one": one, "other": other}
        )
    return next(iter(readings.values()))
