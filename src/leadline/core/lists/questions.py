"""One question about a record: what may be asked of a field, by a control that fits, as JSON (CUS-5).

The dialog of a list's filter and the builder of a segment's rule ask by the same forms.
"""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.catalogue_forms import OPTIONS
from leadline.core.conditions.operands import WITH_SEVERAL, WITH_SPAN, WITHOUT_VALUE
from leadline.core.conditions.sentences import ON_OR, PHRASES
from leadline.core.fields import Catalogue, Field, Link, catalogue
from leadline.core.fields.kinds import NUMBER
from leadline.core.ids import numeric_id
from leadline.core.lists.door import address_of
from leadline.core.refusals import RuleBroken

# By address every operator works; the dialog offers those that people ask for, the likeliest first.
OFFERED = {
    "choice": ("in", "not_in", "is_empty", "is_not_empty"),
    "named": ("in", "not_in", "is_empty", "is_not_empty"),
    "user": ("is_me", "equals", "not_equals", "is_empty", "is_not_empty"),
    "link": ("equals", "not_equals", "is_empty", "is_not_empty"),
    "text": (
        "contains",
        "not_contains",
        "starts_with",
        "equals",
        "not_equals",
        "between",
        "is_empty",
        "is_not_empty",
    ),
}
CHOSEN = ("choice", "several")
MEASURES = ("count", "latest", "sum")

FEW = ("team", "territory", "stage", "reason")  # links that are picked from all that there are


@dataclass(frozen=True)
class Asker:
    """Who asks about which kind of record, with the choices and comboboxes for values."""

    about: Catalogue
    user: Any
    naming: Callable[[str, int], str]
    options: Mapping[str, Callable[[], list[tuple[Any, str]]]] = dataclasses.field(default_factory=dict)
    sources: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class Choice:
    """One thing to filter by: a field (`status`), or a sum over linked objects (`activities.count`)."""

    name: str
    label: str


@dataclass(kw_only=True)
class Question:
    """A question while it is made: the field (or figure of linked objects), the operator, what was typed."""

    name: str
    label: str
    field: Field
    op: str
    ops: list[tuple[str, str]]
    control: str
    values: list[str]
    unit: str = "days"
    options: list[tuple[Any, Any]] = dataclasses.field(default_factory=list)
    source: str = ""
    shown: str = ""

    @property
    def input(self) -> str:
        """The type of input for one value."""
        return {"date": "date", "moment": "date", "number": "number"}.get(self.field.kind.family, "text")

    def answer(self, given: Sequence[str]) -> dict[str, Any]:
        """Operator and value as a condition has them. Raises `RuleBroken` where a value is missing."""
        values = [value for value in given if value.strip()]
        part: dict[str, Any] = {"op": self.op}
        if self.control == "span":
            part |= {"value": whole(values), "unit": self.unit}
        elif self.control == "pair":
            part["value"] = [compared(self.field, value) for value in values]
        elif self.control in ("checks", "many", "tags"):
            part["value"] = [key_of(self.field, value) for value in values]
        elif self.control != "none":
            if not values:
                raise RuleBroken(_("Give a value to compare with."), field="value")
            one = values[0]
            part["value"] = whole(values) if self.field.kind.family == "link" and one.isdecimal() else one
        return part


def offered_fields(asker: Asker) -> list[tuple[str, list[Choice]]]:
    """All that can be asked about, in groups."""
    about, user = asker.about, asker.user
    fields = [Choice(item.name, str(item.label)) for item in about.visible_to(user) if item.operators]
    sums = [
        Choice(f"{link.name}.{measure}{'.' + of if of else ''}", sum_label(link, measure, of))
        for link in about.links
        for measure in MEASURES
        for of in ({"count": ("",), "latest": link.dates, "sum": link.sums}[measure])
    ]
    return [(str(about.label), fields), (_("Counts and sums"), sums)]


def link_in(about: Catalogue, name: str) -> Link | None:
    """The linked objects whose figure a name (`activities.count`) means; none for a field."""
    link_name, _dot, measured = name.partition(".")
    return about.links_by_name.get(link_name) if measured else None


def question_of(
    asker: Asker, name: str, *, given: Mapping[str, Any], part: Mapping[str, Any], values: list[str]
) -> Question:
    """The question about a field or figure: as typed (`given`, `values`), else as it was in `part`.

    Raises `RuleBroken` for what can't be asked about.
    """
    about, user = asker.about, asker.user
    link = link_in(about, name)
    measured = name.partition(".")[2]
    item = measured_field(link, measured, user) if link else about.field(name, user)
    if not item.operators:
        raise RuleBroken(_("“%(field)s” can't be filtered by.") % {"field": name[:60]}, field="field")
    names = [op for op in OFFERED.get(_sort_of(item), item.operators) if op in item.operators]
    op = given.get("op") or str(part.get("op") or names[0])
    if op not in item.operators:
        op = names[0]
    kept = part.get("value") if part.get("op") == op else None
    typed = values or [str(one) for one in (kept if isinstance(kept, list) else [kept]) if one is not None]
    question = Question(
        name=name,
        label=sum_label(link, *taken_apart(measured)) if link else str(item.label),
        field=item,
        op=op,
        ops=[(each, op_label(item, each)) for each in dict.fromkeys([*names, op])],
        control=_control(item, op),
        values=typed,
        unit=given.get("unit") or str(part.get("unit") or "days"),
        options=_options(item, asker),
        source=_source(item, asker),
    )
    key = numeric_id(typed[0]) if question.control == "combobox" and typed else None
    if key is not None:
        question.shown = asker.naming(item.kind.target(item), key)  # type: ignore[attr-defined]
    return question


def named_part(name: str, answer: Mapping[str, Any], where: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to a question as a part of a condition; `where` is asked of linked objects."""
    link, _dot, measured = name.partition(".")
    if not measured:
        return {"field": name, **answer}
    measure, of = taken_apart(measured)
    inner = {"where": dict(where)} if where else {}
    return {measure: link, **({"of": of} if of else {}), **inner, **answer}


def op_label(item: Field, op: str) -> str:
    """An operator in the words of the sentence it makes."""
    phrase = ON_OR.get(op) if item.kind.family in ("date", "moment") else None
    blanks = {"field": "", "value": "…", "first": "…", "last": "…", "span": "…"}
    return (str(phrase or PHRASES[op]) % blanks).strip(" :")


def _control(item: Field, op: str) -> str:
    if op in WITHOUT_VALUE or op.startswith(("this_", "last_", "next_")):
        return "none"
    if op in WITH_SPAN:
        return "span"
    if op == "between":
        return "pair"
    if item.kind.key == "tags":
        return "tags"
    if op in WITH_SEVERAL:
        return "checks" if item.kind.key in CHOSEN else "many"
    if item.kind.key in FEW:
        return "select"
    if item.kind.family == "link":
        return "combobox"
    return "select" if item.kind.key in OPTIONS else "one"


def _options(item: Field, asker: Asker) -> list[tuple[Any, Any]]:
    if item.offers:
        return list(item.offers())
    if item.kind.key in asker.options:
        return list(asker.options[item.kind.key]())
    if item.kind.key in CHOSEN:
        return list(item.choices)  # retired ones too: records have them
    return OPTIONS[item.kind.key](item) if item.kind.key in OPTIONS else []


def _source(item: Field, asker: Asker) -> str:
    target = item.links_to or item.kind.key
    return address_of(asker.sources[target]) if target in asker.sources else ""


def _sort_of(item: Field) -> str:
    kind = item.kind.key
    if kind in ("country", "language", "time_zone"):
        return "named"
    if kind == "choice" or kind == "user":
        return kind
    return {"link": "link", "text": "text"}.get(item.kind.family, kind)


def measured_field(link: Link, measured: str, user: Any) -> Field:
    """What a figure of linked objects compares with: a number, or a moment."""
    measure, of = taken_apart(measured)
    linked = catalogue(link.kind)
    if measure == "latest" and of in link.dates:
        return linked.field(of, user)
    if (measure == "count" and not of) or (measure == "sum" and of in link.sums):
        return Field(name=link.name, label=link.label, kind=NUMBER, sql="")
    raise RuleBroken(_("There is no field “%(name)s”.") % {"name": measured[:60]}, field="field")


def taken_apart(measured: str) -> tuple[str, str]:
    """Measure and field of a figure: `sum.duration`."""
    measure, _dot, of = measured.partition(".")
    return measure, of


def sum_label(link: Link, measure: str, of: str) -> str:
    """What a figure of linked objects is called."""
    linked = catalogue(link.kind)
    words = {"link": link.label, "field": linked.by_name[of].label if of in linked.by_name else ""}
    phrase = {
        "count": _("Number of %(link)s"),
        "latest": _("Latest %(field)s of %(link)s"),
        "sum": _("Sum of %(field)s of %(link)s"),
    }.get(measure, "%(link)s")
    return phrase % words


def key_of(item: Field, value: str) -> Any:
    """One of several values: a choice by its key, a set by its number."""
    if item.kind.key in CHOSEN:
        return next((key for key, _label in item.choices if str(key) == value), value)
    return numeric_id(value) or value if item.kind.key == "sets" else value


def compared(item: Field, value: str) -> Any:
    """Ids and whole numbers as numbers, so that one question has one address."""
    plain = value.isascii() and value.isdigit() and len(value) < 16
    return int(value) if plain and item.kind.family in ("link", "number") else value


def whole(values: Sequence[str]) -> Any:
    """A whole number as typed; raises `RuleBroken` for anything else."""
    text = values[0].strip() if values else ""
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise RuleBroken(
            _("A whole number is accepted, not “%(value)s”.") % {"value": text[:60]}, field="value"
        )
    return int(text)
