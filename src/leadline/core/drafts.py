"""Drafts: records to be, as they come through any door, cleaned by the field catalogue.

A form gives one draft, a file gives five thousand at a time; the same action takes both.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from django.utils.translation import gettext as _

from leadline.core.fields import Catalogue, Cleaning, Field
from leadline.core.refusals import RuleBroken, RulesBroken

OnDuplicate = Literal["skip", "update", "create"]


@dataclass(frozen=True, slots=True)
class Draft:
    """One cleaned record to be: `row` is where it stands in its source, `values` goes by field names.

    A field that is missing was not given: it gets its default when created, and stays when updated.
    """

    row: int
    values: dict[str, Any]
    unclear: frozenset[str] = frozenset()
    # What an action would make of the values, made before it is called: it holds for just these values.
    prepared: tuple[dict[str, Any], Any] | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Refused:
    """A draft that was not taken, with every rule it broke."""

    row: int
    broken: tuple[RuleBroken, ...]

    @property
    def reason(self) -> str:
        """All that was wrong, in words."""
        return " ".join(rule.message for rule in self.broken)


@dataclass
class Outcome:
    """What came of a set of drafts, as row → id for those that were taken.

    Rows created + updated + unchanged + skipped + refused = drafts given, always. `made` tells, of rows that
    were taken, which record they made beside their own (a contact's customer).
    """

    created: dict[int, int] = field(default_factory=dict)
    updated: dict[int, int] = field(default_factory=dict)
    unchanged: dict[int, int] = field(default_factory=dict)
    skipped: dict[int, int] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    made: dict[int, int] = field(default_factory=dict)


class Remembered:
    """Values that were cleaned before, so that a file cleans what repeats in it but once.

    Holds for one catalogue and one context. Of each field the first `MOST` are kept: what repeats, comes
    early. Nothing is kept that was refused, was not understood, or could be changed later (lists).
    """

    MOST = 2_000

    def __init__(self) -> None:
        self._fields: dict[str, Field] = {}
        self._values: dict[str, dict[tuple[str, Any], Any]] = {}

    def know(self, catalogue: Catalogue, names: Iterable[str], context: Cleaning) -> None:
        """Look up fields before rows are cleaned in a thread that shall ask no database."""
        for name in names:
            if name in catalogue.by_name:
                with suppress(RuleBroken):
                    self._fields[name] = _editable(catalogue, name, None, context)
                    self._values[name] = {}

    def clean(self, catalogue: Catalogue, name: str, given: Any, context: Cleaning) -> Any:
        """The value as `Field.clean` gives it; raises what that raises."""
        item = self._fields.get(name)
        if item is None:
            item = self._fields[name] = _editable(catalogue, name, given, context)
            self._values[name] = {}
        known, key = self._values[name], (context.country, given)
        if key in known:
            return known[key]
        unclear = len(context.unclear)
        value = item.clean(given, context)
        if len(known) < self.MOST and unclear == len(context.unclear) and not isinstance(value, list):
            known[key] = value
        return value


def clean_draft(
    catalogue: Catalogue,
    raw: Mapping[str, Any],
    context: Cleaning,
    *,
    row: int = 1,
    keep_empty: bool = False,
    remembered: Remembered | None = None,
) -> Draft:
    """Clean what was given by the catalogue's own rules; raises `RulesBroken` with all that is wrong.

    Empty values are dropped, so that an empty cell erases nothing, unless `keep_empty` asks for it (CUS-19).
    """
    broken: list[RuleBroken] = []
    values: dict[str, Any] = {}
    own = context.anew()
    clean = remembered.clean if remembered else _clean
    for name in _country_first(raw):
        given = raw[name]
        if not keep_empty and _is_empty(given):
            continue
        try:
            values[name] = clean(catalogue, name, given, own)
        except RulesBroken as several:
            broken += several.broken
        except RuleBroken as rule:
            broken.append(rule)
        if name == "country" and values.get("country"):
            own.country = values["country"]
    if broken:
        raise RulesBroken(broken)
    return Draft(row, values, frozenset(own.unclear))


def missing_fields(
    catalogue: Catalogue, draft: Draft, user: Any = None, *, required: Sequence[Field] | None = None
) -> tuple[RuleBroken, ...]:
    """A refusal for each required field that a new record would lack, of those that `user` may set.

    Who asks for many drafts gives the catalogue's `required` fields: to know them costs more than to look.
    """
    values = draft.values
    if required is None:
        required = catalogue.required
    empty = [item for item in required if _is_empty(values.get(item.name))]
    if not empty:
        return ()
    return tuple(
        RuleBroken(_("%(field)s is missing.") % {"field": item.label}, field=item.name)
        for item in empty
        if item.default is None and item.may_be_set_by(user)
    )


def with_defaults(catalogue: Catalogue, drafts: Iterable[Draft]) -> list[Draft]:
    """Drafts of new records, with the defaults of custom fields where they give nothing (CUS-21)."""
    with_default = catalogue.now.with_default
    return [_with_defaults(draft, with_default) for draft in drafts] if with_default else list(drafts)


def _with_defaults(draft: Draft, with_default: Iterable[Field]) -> Draft:
    lacking = {item.name: item.default for item in with_default if _is_empty(draft.values.get(item.name))}
    return replace(draft, values={**draft.values, **lacking}) if lacking else draft


def joined(first: Draft, second: Draft) -> Draft:
    """Two drafts of one record: what the later one gives counts."""
    unclear = (first.unclear - set(second.values)) | second.unclear
    return replace(first, values={**first.values, **second.values}, unclear=unclear)


def _clean(catalogue: Catalogue, name: str, raw: Any, context: Cleaning) -> Any:
    return _editable(catalogue, name, raw, context).clean(raw, context)


def _editable(catalogue: Catalogue, name: str, raw: Any, context: Cleaning) -> Field:
    """The field, if it may be set, and by whoever does it: the one place that asks this of all doors."""
    item = catalogue.field(name, context.user)
    if not item.editable:
        raise RuleBroken(_("“%(field)s” can't be set.") % {"field": item.label}, field=name, value=raw)
    if not item.may_be_set_by(context.user):
        message = _("Your role can't set “%(field)s”. An administrator can help.")
        raise RuleBroken(message % {"field": item.label}, field=name, value=raw)
    return item


def _country_first(raw: Mapping[str, Any]) -> Iterable[str]:
    """A phone is read by the country beside it, so the country is cleaned first."""
    return sorted(raw, key=lambda name: name != "country") if "country" in raw else raw


def _is_empty(value: Any) -> bool:
    if isinstance(value, str):
        return not value or value.isspace()
    return value is None or value == []
