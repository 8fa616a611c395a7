"""The form of one filter: what may be asked of a field, by a control that fits, as JSON (CUS-5)."""

import dataclasses
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from leadline.core.catalogue_forms import OPTIONS
from leadline.core.conditions import parse
from leadline.core.conditions.operands import WITH_SEVERAL, WITH_SPAN, WITHOUT_VALUE
from leadline.core.conditions.sentences import ON_OR, PHRASES
from leadline.core.fields import Catalogue, Field, Link, catalogue
from leadline.core.fields.kinds import NUMBER
from leadline.core.lists.addresses import where_word
from leadline.core.lists.door import address_of
from leadline.core.lists.filters import parts_of, with_part
from leadline.core.lists.showing import Shown
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request

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


@dataclass(frozen=True)
class Choice:
    """One thing to filter by: a field (`status`), or a sum over linked objects (`activities.count`)."""

    name: str
    label: str


@dataclass
class FilterForm:
    """One filter while it is made; `address` is where it leads when it was applied and understood."""

    name: str
    label: str
    field: Field
    op: str
    ops: list[tuple[str, str]]
    control: str
    values: list[str]
    unit: str = "days"
    place: int | None = None
    options: list[tuple[Any, Any]] = dataclasses.field(default_factory=list)
    source: str = ""
    shown: str = ""
    within: str | None = None  # sums: only what happened in the last so many days
    only: Field | None = None  # sums: only linked objects of one choice
    only_value: str = ""
    error: str = ""
    address: str = ""

    @property
    def input(self) -> str:
        """The type of input for one value."""
        return {"date": "date", "moment": "date", "number": "number"}.get(self.field.kind.family, "text")


def offered_fields(shown: Shown) -> list[tuple[str, list[Choice]]]:
    """All that can be filtered by, in groups."""
    about, user = shown.door.about, shown.user
    fields = [Choice(item.name, str(item.label)) for item in about.visible_to(user) if item.operators]
    sums = [
        Choice(f"{link.name}.{measure}{'.' + of if of else ''}", _sum_label(link, measure, of))
        for link in about.links
        for measure in MEASURES
        for of in ({"count": ("",), "latest": link.dates, "sum": link.sums}[measure])
    ]
    return [(str(about.label), fields), (_("Counts and sums"), sums)]


def filter_form(request: Request, shown: Shown) -> FilterForm:
    """The form as the address fills it in; applied when `apply` is among its words."""
    given = request.GET
    form = _empty_form(given, shown)
    if "apply" in given:
        try:
            form.address = _applied(form, given, shown)
        except RuleBroken as refusal:
            form.error = refusal.message
    return form


def _empty_form(given: QueryDict, shown: Shown) -> FilterForm:
    about, user = shown.door.about, shown.user
    name, typed = given.get("field", ""), str(given.get("at", ""))
    place = int(typed) if typed.isdecimal() and len(typed) < 4 else None
    part = _part_at(shown, place)
    link_name, _dot, measured = name.partition(".")
    link = about.links_by_name.get(link_name) if measured else None
    item = _measured(about, link, measured, user) if link else about.field(name, user)
    if not item.operators:
        raise RuleBroken(_("“%(field)s” can't be filtered by.") % {"field": name[:60]}, field="field")
    names = [op for op in OFFERED.get(_sort_of(item), item.operators) if op in item.operators]
    op = given.get("op") or str(part.get("op") or names[0])
    if op not in item.operators:
        op = names[0]
    kept = part.get("value") if part.get("op") == op else None
    values = given.getlist("value") or [
        str(one) for one in (kept if isinstance(kept, list) else [kept]) if one is not None
    ]
    form = FilterForm(
        name,
        _sum_label(link, *_taken_apart(measured)) if link else str(item.label),
        item,
        op,
        [(each, op_label(item, each)) for each in dict.fromkeys([*names, op])],
        _control(item, op),
        values,
        unit=given.get("unit") or str(part.get("unit") or "days"),
        place=place,
        options=_options(item, shown),
        source=_source(item, shown),
    )
    if link:
        _about_linked(form, link, given, part)
    if form.control == "combobox" and values and values[0].isdecimal():
        form.shown = shown.door.naming(item.kind.target(item), int(values[0]))  # type: ignore[attr-defined]
    return form


def _about_linked(form: FilterForm, link: Link, given: QueryDict, part: dict[str, Any]) -> None:
    """What a sum asks besides: since when, and of which kind."""
    linked = catalogue(link.kind)
    asked = {other.get("field"): other.get("value") for other in _inner(part) if isinstance(other, dict)}
    if link.dates and ".latest" not in form.name:
        form.within = given.get("within", str(asked.get(link.dates[0]) or ""))
    form.only = next((item for item in linked.fields if item.kind.key == "choice"), None)
    form.only_value = given.get("only", str(asked.get(form.only.name) or "")) if form.only else ""


def _inner(part: dict[str, Any]) -> list[Any]:
    where = part.get("where") or {}
    return list(where.get("and", [where]))


def _applied(form: FilterForm, given: QueryDict, shown: Shown) -> str:
    part = _part(form, given)
    quick = form.name if "quick" in given else ""
    where = with_part(shown.asking.where, part, place=form.place, field=quick)
    parse(where, shown.door.about, user=shown.user)
    return shown.address.to(where=where_word(where))


def _part(form: FilterForm, given: QueryDict) -> dict[str, Any]:
    values = [value for value in given.getlist("value") if value.strip()]
    if "quick" in given and not values:
        return {}
    op = form.op
    part: dict[str, Any] = {"op": op}
    if form.control == "span":
        part |= {"value": _whole(values), "unit": form.unit}
    elif form.control == "pair":
        part["value"] = [_compared(form.field, value) for value in values]
    elif form.control in ("checks", "many", "tags"):
        part["value"] = (
            [_key(form.field, value) for value in values] if form.field.kind.key in CHOSEN else values
        )
    elif form.control != "none":
        if not values:
            raise RuleBroken(_("Give a value to compare with."), field="value")
        part["value"] = (
            _whole(values) if form.field.kind.family == "link" and values[0].isdecimal() else values[0]
        )
    link, _dot, measured = form.name.partition(".")
    if not measured:
        return {"field": form.name, **part}
    measure, of = _taken_apart(measured)
    return {measure: link, **({"of": of} if of else {}), **_where_of(form), **part}


def _where_of(form: FilterForm) -> dict[str, Any]:
    """The condition on the linked objects."""
    link = form.name.partition(".")[0]
    parts: list[dict[str, Any]] = []
    if form.only and form.only_value:
        parts.append({"field": form.only.name, "op": "equals", "value": _key(form.only, form.only_value)})
    if form.within:
        date = {"activities": "at"}.get(link, "created_at")
        parts.append({"field": date, "op": "in_last", "value": _whole([form.within]), "unit": "days"})
    return {"where": parts[0] if len(parts) == 1 else {"and": parts}} if parts else {}


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
    if item.kind.key in ("team", "territory"):
        return "select"
    if item.kind.family == "link":
        return "combobox"
    return "select" if item.kind.key in OPTIONS else "one"


def _options(item: Field, shown: Shown) -> list[tuple[Any, Any]]:
    if item.kind.key in shown.door.options:
        return list(shown.door.options[item.kind.key]())
    return OPTIONS[item.kind.key](item) if item.kind.key in OPTIONS else []


def _source(item: Field, shown: Shown) -> str:
    target = item.links_to or item.kind.key
    return address_of(shown.door.sources[target]) if target in shown.door.sources else ""


def _sort_of(item: Field) -> str:
    kind = item.kind.key
    if kind in ("country", "language", "time_zone"):
        return "named"
    if kind == "choice" or kind == "user":
        return kind
    return {"link": "link", "text": "text"}.get(item.kind.family, kind)


def _measured(about: Catalogue, link: Link, measured: str, user: Any) -> Field:
    measure, of = _taken_apart(measured)
    linked = catalogue(link.kind)
    if measure == "latest" and of in link.dates:
        return linked.field(of, user)
    if (measure == "count" and not of) or (measure == "sum" and of in link.sums):
        return Field(name=link.name, label=link.label, kind=NUMBER, sql="")
    raise RuleBroken(_("There is no field “%(name)s”.") % {"name": measured[:60]}, field="field")


def _taken_apart(measured: str) -> tuple[str, str]:
    measure, _dot, of = measured.partition(".")
    return measure, of


def _sum_label(link: Link, measure: str, of: str) -> str:
    linked = catalogue(link.kind)
    words = {"link": link.label, "field": linked.by_name[of].label if of in linked.by_name else ""}
    phrase = {
        "count": _("Number of %(link)s"),
        "latest": _("Latest %(field)s of %(link)s"),
        "sum": _("Sum of %(field)s of %(link)s"),
    }.get(measure, "%(link)s")
    return phrase % words


def _part_at(shown: Shown, place: int | None) -> dict[str, Any]:
    parts = parts_of(shown.asking.where)
    part = parts[place] if place is not None and place < len(parts) else {}
    return part if isinstance(part, dict) else {}


def _key(item: Field, value: str) -> Any:
    return next((key for key, _label in item.choices if str(key) == value), value)


def _compared(item: Field, value: str) -> Any:
    """Ids and whole numbers as numbers, so that one question has one address."""
    plain = value.isascii() and value.isdigit() and len(value) < 16
    return int(value) if plain and item.kind.family in ("link", "number") else value


def _whole(values: list[str]) -> Any:
    text = values[0].strip() if values else ""
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise RuleBroken(
            _("A whole number is accepted, not “%(value)s”.") % {"value": text[:60]}, field="value"
        )
    return int(text)
