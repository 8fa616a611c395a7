"""From rows of a file to drafts: every cell by the catalogue's own rules, in the form its column is
written in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.actions import Actor
from leadline.core.custom.values import PREFIX
from leadline.core.drafts import Draft, Remembered, clean_draft
from leadline.core.fields import Field
from leadline.core.ids import numeric_id
from leadline.core.refusals import RuleBroken, RulesBroken
from leadline.core.spreadsheets import undefused
from leadline.customers.actions.cleaning import cleaning_for
from leadline.customers.actions.columns import know_columns, prepared
from leadline.customers.queries.external_ids import external_ids_in, known_systems
from leadline.imports.importables import OF_CUSTOMER, importable
from leadline.imports.models import Import
from leadline.imports.organisations import Organisations
from leadline.imports.reading.dates import DateForm, read_date, read_moment
from leadline.imports.reading.numbers import NumberForm, read_number
from leadline.imports.reading.tables import Row

Read = Callable[[str], Any]
PARTS = ("first_name", "last_name", "other_email", "other_phone", "customer_email", "customer_external_id",
         "external_id", "id")  # fmt: skip
NAMING = ("customer", "customer_email")
LOOKED_UP = {"user", "team", "territory", "link"}  # kinds of fields that ask the database


@dataclass(frozen=True)
class Rejected:
    """A row that is not taken: where it stands, what it holds, why."""

    number: int
    cells: list[str]
    reason: str


@dataclass
class Batch:
    """Some rows in a row: those that became drafts, with what they were, and those that did not."""

    rows: int = 0
    empty: int = 0
    drafts: list[Draft] = field(default_factory=list)
    cells: dict[int, list[str]] = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)


def left_out(brought: Import, user: Any) -> set[str]:
    """Custom fields that columns fill and that are no more, or not for this person: archived meanwhile."""
    known = importable(brought.kind).catalogue
    offered = {item.name for item in known.custom_for(user, to_set=True)}
    return {name for name in brought.columns.values() if name.startswith(PREFIX)} - offered


class Reader:
    """Makes drafts of the rows of one import."""

    def __init__(self, brought: Import, by: Actor):
        self.kind = importable(brought.kind)
        self.keep_empty = brought.erase_empty
        self.catalogue = self.kind.catalogue
        self.context = cleaning_for(by, kept=True)  # a file may bring back choices that are retired
        self.remembered = Remembered()
        self.organisations = Organisations(brought, by) if brought.make_customers else None
        self.parts = set(PARTS)
        if self.kind.linked:  # its customer is found for a whole batch at once (`linking`)
            self.parts |= {"customer", *(f"customer_{name}" for name in OF_CUSTOMER)}
        if "parent" in brought.columns.values() and not self.kind.linked:
            self.parts.add("parent")  # found when its own row may have been taken (`parents`)
        self.source = brought.source
        self.systems = known_systems() if "external_id" in " ".join(brought.columns.values()) else []
        typed, chosen = brought.study.get("forms", {}), brought.forms
        self.meant = {int(place): meant for place, meant in brought.values.items()}
        self.columns: list[tuple[int, str, Read | None]] = [
            (place, name, self._read(place, name, chosen.get(str(place)) or typed.get(str(place))))
            for place, name in brought.columns.items()
            if name not in left_out(brought, by.user)
        ]
        names = [name for _place, name, _read in self.columns]
        self.remembered.know(self.catalogue, names, self.context)
        self.prepared: Callable[[Draft], Draft] = lambda draft: draft
        if brought.kind == Import.Kind.CUSTOMERS:
            self.prepared = prepared
            know_columns({*names, "name", "email", "phone"} & self.catalogue.by_name.keys())

    @property
    def asks_database(self) -> bool:
        """Whether a cell may name a person or record, which has to be looked up."""
        fields = self.catalogue.by_name
        if "customer_owner" in (name for _place, name, _read in self.columns):
            return True
        return any(
            name in fields and name not in self.parts and fields[name].kind.key in LOOKED_UP
            for _place, name, _read in self.columns
        )

    def batch(self, rows: Iterable[Row]) -> Batch:
        """Drafts of some rows; every row is counted once."""
        batch = Batch()
        for row in rows:
            batch.rows += 1
            if row.problem:
                batch.rejected.append(Rejected(row.number, row.cells, row.problem))
            elif not row.cells:
                batch.empty += 1
            else:
                self._take(row, batch)
        return batch

    def _take(self, row: Row, batch: Batch) -> None:
        try:
            batch.drafts.append(self.prepared(self.draft(row)))
            batch.cells[row.number] = row.cells
        except RulesBroken as broken:
            batch.rejected.append(Rejected(row.number, row.cells, broken.message))
        except RuleBroken as broken:
            batch.rejected.append(Rejected(row.number, row.cells, broken.message))

    def draft(self, row: Row) -> Draft:
        """One row as a draft; raises `RulesBroken` or `RuleBroken` with all that is wrong."""
        given: dict[str, Any] = {}
        parts: dict[str, str] = {}
        broken: list[RuleBroken] = []
        for place, name, read in self.columns:
            cell = row.cells[place]
            if cell[:1] == "'":
                cell = undefused(cell)
            if name in self.parts:
                parts[name] = cell.strip()
            elif read is None or not cell.strip():
                given[name] = cell
            else:
                try:
                    given[name] = read(cell)
                except RuleBroken as rule:
                    broken.append(self._named(rule, name))
        if not parts:
            return self._clean(given, row.number, broken)
        self._join_names(given, parts)
        return self._with_parts(self._clean(given, row.number, broken), parts)

    def _clean(self, given: dict[str, Any], number: int, broken: list[RuleBroken]) -> Draft:
        try:
            draft = clean_draft(
                self.catalogue,
                given,
                self.context,
                row=number,
                keep_empty=self.keep_empty,
                remembered=self.remembered,
            )
        except RulesBroken as several:
            raise RulesBroken([*several.broken, *broken]) from None
        if broken:
            raise RulesBroken(broken)
        return draft

    def _named(self, rule: RuleBroken, name: str) -> RuleBroken:
        label = self.catalogue.field(name).label
        return RuleBroken(f"{label}: {rule.message}", field=name, value=rule.value)

    @staticmethod
    def _join_names(given: dict[str, Any], parts: dict[str, str]) -> None:
        """A first and a last name make a name where no whole one is given; other e-mails help out."""
        whole = " ".join(parts[part] for part in ("first_name", "last_name") if parts.get(part))
        others = (("name", whole), ("email", parts.get("other_email")), ("phone", parts.get("other_phone")))
        for name, other in others:
            if other and not str(given.get(name, "")).strip():
                given[name] = other

    def _with_parts(self, draft: Draft, parts: dict[str, str]) -> Draft:
        found: dict[str, Any] = {name: parts[name] for name in NAMING if parts.get(name)}
        if parts.get("parent"):
            found["parent_named"] = parts["parent"]
        if parts.get("id"):
            key = numeric_id(parts["id"])
            if key is None:
                raise RuleBroken(_("“%(value)s” is no id.") % {"value": parts["id"][:40]}, field="id")
            found["id"] = key
        for name in ("external_id", "customer_external_id"):
            if parts.get(name):
                found[name] = external_ids_in(parts[name], self.source, self.systems)
        if self.organisations:
            found["organisation"] = self.organisations.of(draft, parts, found)
        return replace(draft, values={**draft.values, **found}) if found else draft

    def _read(self, place: int, name: str, form: str | None) -> Read | None:
        """How cells of a column are read before the field cleans them; dates and numbers by the column's
        form, words by what they mean here, the first of several addresses."""
        meant = self.meant.get(place)
        if meant:
            known = {word.casefold(): choice for word, choice in meant.items()}
            return lambda cell: known.get(cell.strip().casefold(), cell)
        if name in ("email", "phone") and self.source == "Google Contacts":
            return lambda cell: cell.split(" ::: ", 1)[0]
        return reading_by_form(self.catalogue.by_name.get(name), form)


def reading_by_form(item: Field | None, form: str | None) -> Read | None:
    """The reader for a field of dates or numbers, in the form its column is written in."""
    if item is None:
        return None
    family = item.kind.family
    if family in ("date", "moment"):
        date_form = DateForm(form) if form in set(DateForm) else None
        read = read_date if family == "date" else read_moment
        return lambda cell: read(cell, date_form)
    if family == "number":
        number_form = NumberForm(form) if form in set(NumberForm) else None
        return lambda cell: read_number(cell, number_form)
    return None
