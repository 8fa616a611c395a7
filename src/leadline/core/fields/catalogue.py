"""A catalogue: all fields of one kind of object, and how SQL reaches them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.fields.field import Field, Text
from leadline.core.refusals import RuleBroken


@dataclass(frozen=True)
class Link:
    """Linked objects that conditions may count, sum and date: a customer's activities, its contacts.

    `on` is the SQL that ties them (`timeline_activity.customer_id = customers_customer.id`); `always` holds
    for each of them (not archived). `sums` and `dates` name fields of the linked catalogue.
    """

    name: str
    label: Text
    kind: str
    on: str
    always: str = ""
    sums: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """The fields of one kind of object (`customer`), its table, id and joins.

    `joins` maps a name to the text of a LEFT JOIN, in the order in which they may build on each other.
    Those of `within_reach`, called as the table they join, lead to records with a scope of their own: lists
    and exports join no more of them than the asker reaches (ALL-3).
    `archived_sql` is NULL for a record in use. Whose it is stands in `owner_id` and `team_id` of its own
    table, or of `scope_table`, reached by the join `scope_needs` (who sees a customer sees its contacts).
    """

    kind: str
    label: Text
    plural: Text
    model: str
    table: str
    fields: tuple[Field, ...]
    id_sql: str = ""
    archived_sql: str = ""
    joins: Mapping[str, str] = field(default_factory=dict)
    within_reach: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    default_columns: tuple[str, ...] = ()
    default_sort: str = ""
    scope_table: str = ""
    scope_needs: str = ""

    @property
    def id(self) -> str:
        """SQL of the record's id."""
        return self.id_sql or f"{self.table}.id"

    @property
    def scoped_by(self) -> str:
        """The table whose owner and team say who may see a record."""
        return self.scope_table or self.table

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """Field name → field."""
        return {item.name: item for item in self.fields}

    @cached_property
    def required(self) -> tuple[Field, ...]:
        """The fields without which no record is made."""
        return tuple(item for item in self.fields if item.required)

    @cached_property
    def links_by_name(self) -> dict[str, Link]:
        """Link name → link."""
        return {link.name: link for link in self.links}

    def field(self, name: Any, user: Any = None) -> Field:
        """The field of that name that the person may see; refused as unknown otherwise."""
        found = self.by_name.get(name) if isinstance(name, str) else None
        if found is None or not _may_see(found, user):
            shown = str(name)[:60]
            raise RuleBroken(
                _("There is no field “%(name)s”. Known are: %(known)s.")
                % {"name": shown, "known": ", ".join(item.name for item in self.visible_to(user))},
                value=shown,
            )
        return found

    def visible_to(self, user: Any) -> list[Field]:
        """The fields this person may see, in the declared order."""
        return [item for item in self.fields if _may_see(item, user)]

    def join_sql(self, needed: Iterable[str]) -> str:
        """The text of the joins named, each once, in the declared order."""
        wanted = set(needed)
        return " ".join(text for name, text in self.joins.items() if name in wanted)


def _may_see(item: Field, user: Any) -> bool:
    return user is None or item.visible(user)


_registered: dict[str, Catalogue] = {}


def register(entry: Catalogue) -> Catalogue:
    """Make a catalogue known by its kind; called once, when its app is ready."""
    _registered[entry.kind] = entry
    return entry


def catalogue(kind: str) -> Catalogue:
    """The catalogue of a kind of object; refuses a kind nobody declared."""
    if kind not in _registered:
        raise RuleBroken(
            _("“%(kind)s” is not known. Known are: %(known)s.")
            % {"kind": str(kind)[:60], "known": ", ".join(sorted(_registered))},
            value=kind,
        )
    return _registered[kind]


def catalogues() -> list[Catalogue]:
    """All catalogues, in the order of their declaration."""
    return list(_registered.values())
