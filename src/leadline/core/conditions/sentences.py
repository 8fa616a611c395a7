"""A condition in words, in the language in use."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from leadline.core.conditions.operators import Asked
from leadline.core.conditions.tree import ChangedIn, Group, Linked, Not, Part, Question
from leadline.core.fields.cleaning import Viewer
from leadline.core.fields.kinds.times import DATE

Naming = Callable[[str, int], str]

PHRASES = {
    "equals": _("%(field)s is %(value)s"),
    "not_equals": _("%(field)s is not %(value)s"),
    "contains": _("%(field)s contains %(value)s"),
    "not_contains": _("%(field)s does not contain %(value)s"),
    "starts_with": _("%(field)s starts with %(value)s"),
    "ends_with": _("%(field)s ends with %(value)s"),
    "in": _("%(field)s is one of %(value)s"),
    "not_in": _("%(field)s is none of %(value)s"),
    "is_empty": _("%(field)s is empty"),
    "is_not_empty": _("%(field)s is not empty"),
    "greater_than": _("%(field)s is more than %(value)s"),
    "at_least": _("%(field)s is at least %(value)s"),
    "less_than": _("%(field)s is less than %(value)s"),
    "at_most": _("%(field)s is at most %(value)s"),
    "between": _("%(field)s is between %(first)s and %(last)s"),
    "on": _("%(field)s is on %(value)s"),
    "before": _("%(field)s is before %(value)s"),
    "after": _("%(field)s is after %(value)s"),
    "in_last": _("%(field)s is in the last %(span)s"),
    "in_next": _("%(field)s is in the next %(span)s"),
    "older_than": _("%(field)s is longer ago than %(span)s"),
    "this_day": _("%(field)s is today"),
    "last_day": _("%(field)s is yesterday"),
    "next_day": _("%(field)s is tomorrow"),
    "this_week": _("%(field)s is this week"),
    "last_week": _("%(field)s is last week"),
    "next_week": _("%(field)s is next week"),
    "this_month": _("%(field)s is this month"),
    "last_month": _("%(field)s is last month"),
    "next_month": _("%(field)s is next month"),
    "this_quarter": _("%(field)s is this quarter"),
    "last_quarter": _("%(field)s is last quarter"),
    "next_quarter": _("%(field)s is next quarter"),
    "this_year": _("%(field)s is this year"),
    "last_year": _("%(field)s is last year"),
    "next_year": _("%(field)s is next year"),
    "is_me": _("%(field)s is me"),
    "has_any": _("%(field)s has any of %(value)s"),
    "has_all": _("%(field)s has all of %(value)s"),
    "has_none": _("%(field)s has none of %(value)s"),
    "is_true": _("%(field)s: yes"),
    "is_false": _("%(field)s: no"),
}
ON_OR = {
    "at_least": _("%(field)s is on or after %(value)s"),
    "at_most": _("%(field)s is on or before %(value)s"),
}


def by_number(kind: str, number: int) -> str:
    """The name of what nobody names: its number."""
    return f"#{number}"


def sentence_of(part: Part, naming: Naming) -> str:
    """A part of a condition in words."""
    if isinstance(part, Group):
        return _group(part, naming)
    if isinstance(part, Not):
        return gettext("not (%(condition)s)") % {"condition": sentence_of(part.part, naming)}
    if isinstance(part, Linked):
        return _question(part.asked, _figure(part, naming), naming)
    if isinstance(part, Question):
        return _question(part.asked, str(part.asked.field.label), naming)
    if isinstance(part, ChangedIn):
        return _changed(part)
    raise TypeError(part)


def _changed(part: ChangedIn) -> str:
    title = f"“{part.title}”" if part.title else gettext("change #%(number)s") % {"number": part.change_set}
    phrase = gettext("created by %(change)s") if part.verb == "created" else gettext("changed by %(change)s")
    return phrase % {"change": title}


def _group(group: Group, naming: Naming) -> str:
    if not group.parts:
        return gettext("everything") if group.word == "and" else gettext("nothing")
    words = [
        f"({sentence_of(part, naming)})"
        if isinstance(part, Group) and len(part.parts) > 1
        else sentence_of(part, naming)
        for part in group.parts
    ]
    return (gettext(" and ") if group.word == "and" else gettext(" or ")).join(words)


def _figure(linked: Linked, naming: Naming) -> str:
    phrase = {
        "count": gettext("number of %(link)s"),
        "sum": gettext("sum of %(field)s of %(link)s"),
        "latest": gettext("latest %(field)s of %(link)s"),
    }[linked.measure]
    text = phrase % {"link": linked.link.label, "field": linked.of.label if linked.of else ""}
    if linked.where is None:
        return text
    where = gettext("%(figure)s with (%(condition)s)")
    return where % {"figure": text, "condition": sentence_of(linked.where, naming)}


def _question(asked: Asked, label: str, naming: Naming) -> str:
    timed = asked.family in ("date", "moment")
    phrase = ON_OR.get(asked.op) if timed else None
    operand = asked.operand
    several = isinstance(operand, tuple)
    words: dict[str, Any] = {"field": label}
    if asked.op in ("in_last", "in_next", "older_than"):
        words["span"] = _span(operand, asked.unit)
    elif operand is not None:
        shown = [_value(asked, value, naming) for value in (operand if several else (operand,))]
        words |= {"value": ", ".join(shown), "first": shown[0], "last": shown[-1]}
    return str(phrase or PHRASES[asked.op]) % words


def _span(number: int, unit: str) -> str:
    phrase = {
        "days": ngettext("%(number)s day", "%(number)s days", number),
        "weeks": ngettext("%(number)s week", "%(number)s weeks", number),
        "months": ngettext("%(number)s month", "%(number)s months", number),
    }[unit]
    return phrase % {"number": number}


def _value(asked: Asked, value: Any, naming: Naming) -> str:
    if asked.family == "sets":
        offered = dict(asked.field.offers()) if asked.field.offers else {}
        return f"“{offered[value]}”" if value in offered else naming(asked.field.links_to, value)
    if asked.family == "link":
        return naming(asked.field.kind.target(asked.field), value)  # type: ignore[attr-defined]
    if asked.family in ("text", "tags"):
        return f"“{asked.field.choice_labels.get(value, value)}”"
    viewer = Viewer(language=get_language() or "en")
    if isinstance(value, date) and not isinstance(value, datetime):
        return DATE.render(value, asked.field, viewer)
    return asked.field.render(value, viewer)
