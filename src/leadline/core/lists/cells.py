"""The cells of a list as HTML, made in Python: a macro for each of 400 would cost more than the query."""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Any

import markupsafe
from babel.dates import format_timedelta
from django.utils import translation

from leadline.core import clock
from leadline.core.fields import Field, Viewer
from leadline.core.fields.kinds.choices import SEVERAL
from leadline.core.fields.kinds.times import MOMENT

Cell = Callable[[Any], str]  # the value of a column → the inside of its cell
SECONDS = (("week", 604_800), ("day", 86_400), ("hour", 3_600), ("minute", 60))
RELATIVE_FOR = 7 * 86_400


@lru_cache(maxsize=16_384)
def escape(text: str) -> str:
    """A text as HTML, remembered: cities, owners and branches of trade stand on every page."""
    return str(markupsafe.escape(str(text)))  # str: whatever was said to be safe is escaped as well


def cell_of(column: Field, viewer: Viewer, tones: dict[Any, str] | None = None) -> Cell:
    """What makes the cells of a column, chosen once for the page; values are those of `Field.shown_sql`."""
    label = escape(str(column.label))
    kind = column.kind.key
    if kind == "tags":
        return lambda tags: _tags(tags, label)
    if kind == "several":
        labels = SEVERAL.labels
        return lambda keys: _tags(labels(keys, column), label)
    if kind == "moment":
        return _moments(column, viewer, label)
    if kind == "choice" and tones:
        return _pills(column, viewer, label, tones)
    if kind == "email":
        return lambda value: _mail(value, label) if value else _none(label)
    css = ' class="number"' if kind in ("number", "money") else ""
    show = column.show
    start = f'<td{css} data-label="{label}"><span class="clip">'
    return lambda value: (
        f"{start}{escape(text)}</span></td>" if (text := show(value, viewer)) else _none(label)
    )


def _none(label: str) -> str:
    return f'<td class="phone-skip" data-label="{label}"></td>'


def _mail(address: str, label: str) -> str:
    shown = escape(address)
    return (
        f'<td class="phone-skip" data-label="{label}"><a class="clip" href="mailto:{shown}">{shown}</a></td>'
    )


def _tags(tags: list[str] | None, label: str) -> str:
    if not tags:
        return _none(label)
    chips = "".join([f'<span class="chip">{escape(tag)}</span>' for tag in tags[:3]])
    more = (
        f'<span class="chip" title="{escape(", ".join(tags[3:]))}">+{len(tags) - 3}</span>'
        if tags[3:]
        else ""
    )
    return f'<td data-label="{label}"><span class="chips">{chips}{more}</span></td>'


def _pills(column: Field, viewer: Viewer, label: str, tones: dict[Any, str]) -> Cell:
    made = {
        key: f'<td data-label="{label}"><span class="pill {tones.get(key, "neutral")}">'
        f"{escape(column.show(key, viewer))}</span></td>"
        for key, _label in column.choices
    }
    return lambda value: made.get(value) or _none(label)


def _moments(column: Field, viewer: Viewer, label: str) -> Cell:
    now = clock.now()
    language = viewer.language
    start = f'<td class="quiet" data-label="{label}">'

    def cell(value: datetime | None) -> str:
        if value is None:
            return _none(label)
        exact = MOMENT.render(value, column, viewer)
        seconds = (now - value).total_seconds()
        if seconds < 0:
            told = exact
        else:
            told = relative(seconds, language) if seconds < RELATIVE_FOR else exact.rpartition(" ")[0]
        machine = value.isoformat(timespec="seconds")
        return f'{start}<time datetime="{machine}" title="{exact}:{value.second:02}">{told}</time></td>'

    return cell


def relative(seconds: float, language: str) -> str:
    """How long ago, in the largest unit that fits: `3 hours ago`."""
    for unit, length in SECONDS:
        if seconds >= length:
            return _ago(unit, int(seconds // length), language)
    return _ago("second", 0, language)


@lru_cache(maxsize=1024)
def _ago(unit: str, number: int, language: str) -> str:
    if unit == "second":
        return translation.gettext("just now")
    length = dict(SECONDS)[unit]
    return format_timedelta(
        -number * length,
        granularity=unit,  # type: ignore[arg-type]
        threshold=10,
        add_direction=True,
        locale=language.replace("-", "_"),
    )
