"""The form of one filter of a list: a question, where it stands, and what a sum asks besides (CUS-5)."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from leadline.core.conditions import parse
from leadline.core.fields import Field, Link, catalogue
from leadline.core.lists import questions
from leadline.core.lists.addresses import where_word
from leadline.core.lists.filters import parts_of, with_part
from leadline.core.lists.questions import Asker, Choice, Question, key_of, named_part, question_of, whole
from leadline.core.lists.showing import Shown
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request


@dataclass
class FilterForm:
    """One filter while it is made; `address` is where it leads when it was applied and understood."""

    question: Question
    place: int | None = None
    within: str | None = None  # sums: only what happened in the last so many days
    only: Field | None = None  # sums: only linked objects of one choice
    only_value: str = ""
    error: str = ""
    address: str = ""


def offered_fields(shown: Shown) -> list[tuple[str, list[Choice]]]:
    """All that can be filtered by, in groups."""
    return questions.offered_fields(_asker(shown))


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


def _asker(shown: Shown) -> Asker:
    door = shown.door
    return Asker(door.about, shown.user, door.naming, door.options, door.sources)


def _empty_form(given: QueryDict, shown: Shown) -> FilterForm:
    name, typed = given.get("field", ""), str(given.get("at", ""))
    place = int(typed) if typed.isdecimal() and len(typed) < 4 else None
    part = _part_at(shown, place)
    asker = _asker(shown)
    question = question_of(asker, name, given=given, part=part, values=given.getlist("value"))
    form = FilterForm(question, place)
    if link := questions.link_in(asker.about, name):
        _about_linked(form, link, given, part)
    return form


def _about_linked(form: FilterForm, link: Link, given: QueryDict, part: dict[str, Any]) -> None:
    """What a sum asks besides: since when, and of which kind."""
    linked = catalogue(link.kind)
    asked = {other.get("field"): other.get("value") for other in _inner(part) if isinstance(other, dict)}
    if link.dates and ".latest" not in form.question.name:
        form.within = given.get("within", str(asked.get(link.dates[0]) or ""))
    form.only = next((item for item in linked.fields if item.kind.key == "choice"), None)
    form.only_value = given.get("only", str(asked.get(form.only.name) or "")) if form.only else ""


def _inner(part: dict[str, Any]) -> list[Any]:
    where = part.get("where") or {}
    return list(where.get("and", [where]))


def _applied(form: FilterForm, given: QueryDict, shown: Shown) -> str:
    part = _part(form, given)
    quick = form.question.name if "quick" in given else ""
    where = with_part(shown.asking.where, part, place=form.place, field=quick)
    parse(where, shown.door.about, user=shown.user)
    return shown.address.to(where=where_word(where))


def _part(form: FilterForm, given: QueryDict) -> dict[str, Any]:
    values = [value for value in given.getlist("value") if value.strip()]
    if "quick" in given and not values:
        return {}
    return named_part(form.question.name, form.question.answer(values), _where_of(form))


def _where_of(form: FilterForm) -> dict[str, Any]:
    """The condition on the linked objects."""
    link = form.question.name.partition(".")[0]
    parts: list[dict[str, Any]] = []
    if form.only and form.only_value:
        parts.append({"field": form.only.name, "op": "equals", "value": key_of(form.only, form.only_value)})
    if form.within:
        date = {"activities": "at"}.get(link, "created_at")
        parts.append({"field": date, "op": "in_last", "value": whole([form.within]), "unit": "days"})
    return parts[0] if len(parts) == 1 else {"and": parts} if parts else {}


def _part_at(shown: Shown, place: int | None) -> dict[str, Any]:
    parts = parts_of(shown.asking.where)
    part = parts[place] if place is not None and place < len(parts) else {}
    return part if isinstance(part, dict) else {}
