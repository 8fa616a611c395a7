"""Figures in words: a count, a percentage, an amount with its currency, a span of time."""

from django.utils.translation import gettext as _

from leadline.core.formats import NOTHING, money, number, percent
from leadline.core.metrics.figures import Figure
from leadline.core.metrics.metric import Unit

HOUR, DAY = 60, 1440


def figure_in_words(figure: Figure, unit: Unit) -> str:
    """What a person reads; a dash where nothing can be told."""
    value = figure.value
    if value is None:
        return NOTHING
    if unit == "ratio":
        return percent(value)
    if unit == "duration":
        return span_in_words(float(value))
    if unit == "money" and figure.currency:
        return money(value, figure.currency, whole=True)  # type: ignore[arg-type]
    return number(round(value, 1) if isinstance(value, float) else value)


def span_in_words(minutes: float) -> str:
    """A span of time by its two largest parts: `3 d 4 h`, `2 h 5 min`, `40 s`."""
    if abs(minutes) < 1:
        return _("%(n)s s") % {"n": round(minutes * 60)}
    whole = round(minutes)
    days, hours, rest = whole // DAY, whole % DAY // HOUR, whole % HOUR
    parts = [(days, _("%(n)s d")), (hours, _("%(n)s h")), (rest, _("%(n)s min"))]
    begun = next(place for place, (count, _words) in enumerate(parts) if count or place == 2)
    return " ".join(
        words % {"n": number(count)} for count, words in parts[begun : begun + 2] if count or whole < 1
    )
