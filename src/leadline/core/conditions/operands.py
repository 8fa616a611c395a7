"""Reading the value of a question: of the right type, within bounds, or refused with words."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.conditions.spans import UNITS
from leadline.core.fields.cleaning import Cleaning
from leadline.core.fields.field import Field
from leadline.core.fields.kinds.choices import SEVERAL
from leadline.core.fields.kinds.links import LARGEST_ID
from leadline.core.fields.kinds.numbers import LARGEST
from leadline.core.fields.kinds.times import DATE
from leadline.core.ids import numeric_id
from leadline.core.refusals import RuleBroken

MOST_VALUES = 1000
LONGEST_TEXT = 1000
LARGEST_SPAN = {"days": 36_500, "weeks": 5_200, "months": 1_200}
WITHOUT_VALUE = {"is_empty", "is_not_empty", "is_true", "is_false", "is_me"}
WITH_SEVERAL = {"in", "not_in", "has_any", "has_all", "has_none"}
WITH_SPAN = {"in_last", "in_next", "older_than"}


def refuse(message: str, value: Any = None) -> RuleBroken:
    """A condition that can't be meant."""
    return RuleBroken(message, field="where", value=value)


def read_operand(field: Field, op: str, given: dict[str, Any], cleaning: Cleaning) -> Any:
    """The value of the question as its operator takes it; None where there is none."""
    if op in WITHOUT_VALUE or op.startswith(("this_", "last_", "next_")):
        return _nothing(field, op, given)
    if "value" not in given:
        raise refuse(_("%(field)s: the operator “%(op)s” needs a value.") % {"field": field.label, "op": op})
    value = given["value"]
    if op in WITH_SPAN:
        return _span(field, value, read_unit(field, given))
    if op in WITH_SEVERAL:
        return _several(field, op, value, cleaning)
    if op == "between":
        return _pair(field, value, cleaning)
    one = _one(field, value, cleaning)
    return (one,) if field.kind.family in ("date", "moment") else one


def read_unit(field: Field, given: dict[str, Any]) -> str:
    """Days, weeks or months; days when nothing is said."""
    unit = given.get("unit", "days")
    if unit not in UNITS:
        message = _("%(field)s: “%(unit)s” is no unit of time. Accepted: days, weeks, months.")
        raise refuse(message % {"field": field.label, "unit": str(unit)[:60]}, unit)
    return unit


def _nothing(field: Field, op: str, given: dict[str, Any]) -> None:
    if given.get("value") is not None:
        message = _("%(field)s: the operator “%(op)s” takes no value.")
        raise refuse(message % {"field": field.label, "op": op}, given["value"])


def _span(field: Field, value: Any, unit: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST_SPAN[unit]:
        message = _("%(field)s: a whole number from 0 to %(most)s %(unit)s is accepted, not “%(value)s”.")
        words = {"field": field.label, "most": LARGEST_SPAN[unit], "unit": unit, "value": str(value)[:60]}
        raise refuse(message % words, value)
    return value


def _several(field: Field, op: str, value: Any, cleaning: Cleaning) -> tuple[Any, ...]:
    if not isinstance(value, list) or not 1 <= len(value) <= MOST_VALUES:
        message = _("%(field)s: the operator “%(op)s” needs a list of 1 to %(most)s values.")
        raise refuse(message % {"field": field.label, "op": op, "most": MOST_VALUES}, value)
    if field.kind.family == "tags":
        if not all(isinstance(tag, str) for tag in value):
            raise refuse(_("%(field)s: tags are texts.") % {"field": field.label}, value)
        return tuple(_chosen(field, tag) for tag in value)
    return tuple(_one(field, item, cleaning) for item in value)


def _chosen(field: Field, tag: str) -> str:
    """A tag as it is; of several choices the key, retired ones too: records may have them."""
    if not field.choices:
        return _checked(field, tag)
    return str(SEVERAL.read([tag], field, Cleaning(kept=True))[0])


def _pair(field: Field, value: Any, cleaning: Cleaning) -> tuple[Any, Any]:
    if not isinstance(value, list) or len(value) != 2:
        raise refuse(
            _("%(field)s: “between” needs two values, the first and the last.") % {"field": field.label},
            value,
        )
    first, last = (_one(field, item, cleaning) for item in value)
    if type(first) is type(last) and first > last:
        message = _("%(field)s: “between” needs the smaller value first.")
        raise refuse(message % {"field": field.label}, value)
    return first, last


def _one(field: Field, value: Any, cleaning: Cleaning) -> Any:
    family = field.kind.family
    if family == "text":
        return _text(field, value)
    if family == "link":
        return _id(field, value, cleaning)
    if value is None or value == "" or isinstance(value, bool | list | dict):
        message = _("%(field)s: “%(value)s” can't be compared with. To find what is empty, use “is_empty”.")
        raise refuse(message % {"field": field.label, "value": str(value)[:60]}, value)
    if family == "number":
        return _number(field, value)
    if family == "moment" and isinstance(value, str) and len(value) <= 10:
        return DATE.read(value, field, cleaning)  # a day named for moments: the whole of it
    return field.kind.read(value, field, replace(cleaning, kept=True))


def _number(field: Field, value: Any) -> Any:
    number = field.kind.number(value, field, None)  # type: ignore[attr-defined]
    if abs(number) > LARGEST:
        message = _("%(field)s: a number up to %(most)s is accepted.")
        raise refuse(message % {"field": field.label, "most": LARGEST}, str(value)[:80])
    return number


def _text(field: Field, value: Any) -> str:
    if not isinstance(value, str) or not value:
        message = _("%(field)s: a text is accepted, not “%(value)s”. To find what is empty, use “is_empty”.")
        raise refuse(message % {"field": field.label, "value": str(value)[:60]}, value)
    return _checked(field, value)


def _checked(field: Field, text: str) -> str:
    if len(text) > LONGEST_TEXT:
        message = _("%(field)s: a text of at most %(most)s characters is accepted.")
        raise refuse(message % {"field": field.label, "most": LONGEST_TEXT}, text[:80])
    return text


def _id(field: Field, value: Any, cleaning: Cleaning) -> int:
    text = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
    found = numeric_id(text) or cleaning.find(field.kind.target(field), text)  # type: ignore[attr-defined]
    if not found or found > LARGEST_ID:
        message = _("%(field)s: “%(value)s” is not known. Accepted: an id.")
        raise refuse(message % {"field": field.label, "value": str(value)[:60]}, value)
    return found
