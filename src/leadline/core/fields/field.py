"""One field of an object: what it is called, what it holds, what may be done with it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext

from leadline.core.fields.cleaning import Cleaning, Viewer
from leadline.core.fields.kinds.base import Kind

Text = str | Promise


def anybody(user: Any) -> bool:
    """Everybody who sees the record sees the field."""
    return True


@dataclass(frozen=True)
class Sort:
    """An order that a list can offer, backed by the index `(scope, sql, id)`.

    An order kept in a side table names that `table`, its `id_sql` and the `join` to the object's own
    table; the scope columns are then read from the side table too, so that one index serves all. What else
    the side table `repeats` (SQL of the object's own, SQL there) is asked there as well: a LEFT JOIN that
    nothing needs any more is left out by the planner.
    Rows in partitions by month of this moment are asked for `near` first: most pages never leave that time,
    and planning a question to dozens of partitions costs more than answering it.
    """

    sql: str
    holds: str = "text"  # text | number | date | moment
    nullable: bool = False
    table: str = ""
    id_sql: str = ""
    join: str = ""
    repeats: tuple[tuple[str, str], ...] = ()
    near: timedelta | None = None

    def beside(self, test: str) -> str:
        """A test with what the side table repeats asked there; one that asks other rows stays as it is."""
        if "SELECT" not in test:
            for own, repeated in self.repeats:
                test = re.sub(rf"(?<![\w.]){re.escape(own)}\b", repeated, test)
        return test


@dataclass(frozen=True)
class Among:
    """Where it stands who is in which set: one row for each, `FROM` and `WHERE` with `{}` for the comparison
    of the set, the column of the record there, and the record's id in its own table. `size` is the SQL of how
    many records are in the set `%s`, of all that are in use, where that is kept."""

    source: str
    key: str
    record: str
    size: str = ""

    def holds(self, which: str, rest: str = "") -> str:
        """SQL of whether a record is in a set that compares so, looked up for this record."""
        return f"EXISTS (SELECT 1 {self.source.format(which)} AND {self.key} = {self.record}{rest})"

    def named(self, which: str) -> str:
        """The same, where a planner may begin with the set and stop when it has enough."""
        return f"{self.record} IN (SELECT DISTINCT {self.key} {self.source.format(which)})"


@dataclass(frozen=True, kw_only=True)
class Field:
    """A field of an object, as lists, conditions, forms, imports, exports and the API know it.

    `sql` names its table in full. `shown` and `exported` are SQL texts where the value itself (an id)
    would say nothing to a person (the owner's name) or to another system (the owner's e-mail);
    `needs` names the catalogue's join that `sql` wants, `shown_needs` what those two want. `asks` gives the
    SQL of the one question that can be asked (`equals`) where the value does not stand in a column.

    Who may see it and who may set it are asked by `visible` and `settable`, everywhere. A custom field names
    in `stored_in` the attribute that holds the values of all of them (CUS-21). Of its choices those `retired`
    are not offered any more, and what was `merged` away is read as what it became.
    For what a record belongs to: `among` says where it stands who is in which, and `offers` gives those that
    can be named, with their names. `seen_as` gives the field as one person sees it, where not everybody sees
    all of its values. What is `shown` is `translated` where it holds names that come with the product in
    English.
    """

    name: str
    label: Text
    kind: Kind
    sql: str
    attribute: str = ""
    help: Text = ""
    synonyms: tuple[str, ...] = ()
    choices: tuple[tuple[Any, Text], ...] = ()
    max_length: int | None = None
    needs: str = ""
    shown: str = ""
    exported: str = ""
    shown_needs: str = ""
    translated: bool = False
    sort: Sort | None = None
    visible: Callable[[Any], bool] = anybody
    settable: Callable[[Any], bool] = anybody
    filterable: bool = True
    importable: bool = True
    exportable: bool = True
    groupable: bool = False
    required: bool = False
    always_set: bool = False  # has a default when created, and can't be emptied later
    editable: bool = True
    lower: bool = False  # stored in lower case: compared without folding, so an index serves
    minimum: Any = None
    maximum: Any = None
    asks: Callable[[Any], tuple[str, list[Any]]] | None = None
    links_to: str = ""  # the catalogue that a record link points into
    stored_in: str = ""
    section: Text = ""
    default: Any = None  # what a new record gets where nothing was given
    retired: frozenset[Any] = frozenset()
    merged: Mapping[Any, Any] = field(default_factory=dict)
    currency: str = ""  # of an amount without a field for its currency: ISO 4217
    is_key: bool = False  # files may know records by it
    among: Among | None = None
    offers: Callable[[], Sequence[tuple[int, Text]]] | None = None
    seen_as: "Callable[[Field, Any], Field] | None" = None

    def may_be_set_by(self, user: Any) -> bool:
        """Whether this person may give it a value; None is whoever asks for nobody."""
        return self.editable and (user is None or (self.visible(user) and self.settable(user)))

    @property
    def offered(self) -> tuple[tuple[Any, Text], ...]:
        """The choices that a form offers."""
        return tuple(pair for pair in self.choices if pair[0] not in self.retired)

    def value_of(self, record: Any) -> Any:
        """What a record of the model holds."""
        if self.stored_in:
            return self.kind.loaded(getattr(record, self.stored_in).get(self.name))
        return getattr(record, self.model_attribute)

    @property
    def sortable(self) -> bool:
        """Whether a list may be ordered by it; only with an index behind it."""
        return self.sort is not None

    @property
    def operators(self) -> tuple[str, ...]:
        """What a condition may ask of it."""
        return self.kind.operators if self.filterable else ()

    @property
    def model_attribute(self) -> str:
        """The attribute of the model that holds it."""
        return self.attribute or self.name

    @cached_property
    def choice_labels(self) -> dict[Any, Text]:
        """Choice key → label."""
        return dict(self.choices)

    @cached_property
    def known_by_language(self) -> dict[str, dict[str, Any]]:
        """Language → what may be typed for a choice, kept by its kind."""
        return {}

    def clean(self, raw: Any, context: Cleaning | None = None) -> Any:
        """The value to store for what was typed, the same from form, API and file.

        Raises `RuleBroken` naming the field, the value and what is accepted (ALL-2).
        """
        return self.kind.clean(raw, self, context or Cleaning())

    def render(self, value: Any, viewer: Viewer) -> str:
        """The value as text for a person."""
        return self.kind.render(value, self, viewer)

    def export(self, value: Any) -> str:
        """The value as text that an import of the same field understands again."""
        return self.kind.export(value, self)

    def seen_by(self, user: Any) -> "Field":
        """The field with as much of its values as this person may see; the house sees all."""
        return self if self.seen_as is None or user is None or user.is_system else self.seen_as(self, user)

    @property
    def export_sql(self) -> str:
        """SQL text of what `export` gives; ids become e-mails or names when `exported` says how."""
        return self.exported or self.kind.export_sql(self.sql)

    @property
    def shown_sql(self) -> str:
        """SQL of the value that `render` takes."""
        return self.shown or self.sql

    def show(self, shown: Any, viewer: Viewer) -> str:
        """What a cell says for the value of `shown_sql`: a name that SQL has looked up stays as it is."""
        if self.shown and not self.kind.reads_shown:
            words = "" if shown is None else str(shown)
            return gettext(words) if self.translated and words else words
        return self.kind.render(shown, self, viewer)

    @property
    def joins(self) -> tuple[str, ...]:
        """Names of the joins that showing or exporting it needs."""
        return tuple(name for name in (self.needs, self.shown_needs) if name)
