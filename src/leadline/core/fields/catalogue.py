"""A catalogue: all fields of one kind of object, and how SQL reaches them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.fields.field import Field, Text
from leadline.core.refusals import RuleBroken


@dataclass(frozen=True)
class Link:
    """Linked objects that conditions may count, sum and date: a customer's activities, its contacts.

    `on` is the SQL that ties them, the linked side first (`timeline_activity.customer_id =
    customers_customer.id`); `always` holds for each of them (not archived). `sums` and `dates` name fields of
    the linked catalogue.
    """

    name: str
    label: Text
    kind: str
    on: str
    always: str = ""
    sums: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The linked table's column that names the record: the left side of `on`."""
        return self.on.partition(" = ")[0]


@dataclass(frozen=True, eq=False)
class Joined:
    """Declared fields with those that administrators made, as of one moment (CUS-21)."""

    fields: tuple[Field, ...]
    joins: Mapping[str, str]
    within_reach: tuple[str, ...]

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """Field name → field."""
        return {item.name: item for item in self.fields}

    @cached_property
    def required(self) -> tuple[Field, ...]:
        """The fields without which no record is made."""
        return tuple(item for item in self.fields if item.required)

    @cached_property
    def with_default(self) -> tuple[Field, ...]:
        """The fields that a new record gets a value of where nothing was given."""
        return tuple(item for item in self.fields if item.default is not None)


class Live:
    """An attribute that is given when the catalogue is declared, and joined by custom fields when asked.

    Without `empty` it must be given: what the class itself answers is the default of a dataclass.
    """

    def __init__(self, empty: Callable[[], Any] | None = None):
        self.empty = empty

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, instance: "Catalogue | None", owner: type) -> Any:
        if instance is not None:
            return getattr(instance.now, self.name)
        if self.empty is None:
            raise AttributeError(self.name)
        return None

    def __set__(self, instance: "Catalogue", given: Any) -> None:
        instance.__dict__[f"declared_{self.name}"] = self.empty() if given is None and self.empty else given


def alone(about: "Catalogue") -> Joined:
    """A catalogue as it is declared."""
    return Joined(*(about.__dict__[f"declared_{name}"] for name in ("fields", "joins", "within_reach")))


_joining: Callable[["Catalogue"], Joined] = alone


def join_with(joining: Callable[["Catalogue"], Joined]) -> None:
    """Let `joining` say what belongs to a catalogue that takes custom fields; `core.custom` does."""
    global _joining
    _joining = joining


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """The fields of one kind of object (`customer`), its table, id and joins.

    `fields`, `joins` and `within_reach` are as of now: with `custom`, the SQL of a JSONB column, fields that
    administrators make join those declared here. So read them when they are needed, and keep none.

    `joins` maps a name to the text of a LEFT JOIN, in the order in which they may build on each other.
    Those of `within_reach`, called as the table they join, lead to records with a scope of their own: lists
    and exports join no more of them than the asker reaches (ALL-3).
    `archived_sql` is NULL for a record in use. Whose it is stands in `owner_id` and `team_id` of its own
    table, or of `scope_table`, reached by the join `scope_needs` (who sees a customer sees its contacts).
    Where an index serves questions together and none of them alone, `implies` gives what follows from those
    that must all be true (field name → the values one of which it equals), as SQL that changes no answer.
    """

    kind: str
    label: Text
    plural: Text
    model: str
    table: str
    fields: tuple[Field, ...] = Live()  # type: ignore[assignment]
    id_sql: str = ""
    archived_sql: str = ""
    joins: Mapping[str, str] = Live(dict)  # type: ignore[assignment]
    within_reach: tuple[str, ...] = Live(tuple)  # type: ignore[assignment]
    custom: str = ""
    links: tuple[Link, ...] = ()
    default_columns: tuple[str, ...] = ()
    default_sort: str = ""
    scope_table: str = ""
    scope_needs: str = ""
    implies: Callable[[Mapping[str, tuple[Any, ...]]], tuple[str, list[Any]] | None] | None = None

    @property
    def id(self) -> str:
        """SQL of the record's id."""
        return self.id_sql or f"{self.table}.id"

    @property
    def scoped_by(self) -> str:
        """The table whose owner and team say who may see a record."""
        return self.scope_table or self.table

    @property
    def now(self) -> Joined:
        """All that belongs to it at this moment."""
        return _joining(self) if self.custom else self._alone

    @cached_property
    def _alone(self) -> Joined:
        return alone(self)

    @property
    def declared(self) -> tuple[Field, ...]:
        """The fields that its app declares, without custom ones."""
        return self._alone.fields

    @property
    def by_name(self) -> dict[str, Field]:
        """Field name → field."""
        return self.now.by_name

    @property
    def required(self) -> tuple[Field, ...]:
        """The fields without which no record is made."""
        return self.now.required

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
        return found.seen_by(user)

    def visible_to(self, user: Any) -> list[Field]:
        """The fields this person may see, in the declared order."""
        return [item.seen_by(user) for item in self.fields if _may_see(item, user)]

    def seen(self, names: Iterable[str], user: Any) -> list[Field]:
        """Those of the named fields that there are and this person may see, in the order of the names."""
        found = [self.by_name[name] for name in names if name in self.by_name]
        return [item.seen_by(user) for item in found if _may_see(item, user)]

    def named_by(self, user: Any) -> list[str]:
        """The names that this person may send; whether the role may set each, cleaning asks."""
        return [item.name for item in self.visible_to(user) if item.editable]

    def custom_for(self, user: Any, *, to_set: bool = False) -> list[Field]:
        """The custom fields that this person may see, or set, in the order of their sections."""
        found = [item for item in self.visible_to(user) if item.stored_in]
        found = [item for item in found if item.may_be_set_by(user)] if to_set else found
        sections = list(dict.fromkeys(item.section for item in found))
        return sorted(found, key=lambda item: sections.index(item.section))

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
