"""What is asked of a list, read from the address; what can't be meant is told, and the list still shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar

from django.utils.translation import gettext as _

from leadline.core.conditions import Condition, everything, parse
from leadline.core.fields import Catalogue, Field, Sort
from leadline.core.lists.cursors import Cursor, cursor_of
from leadline.core.refusals import RuleBroken, RulesBroken

if TYPE_CHECKING:
    from leadline.core.lists.models import SavedView

ROWS, MOST_ROWS, MOST_COLUMNS, LONGEST_SEARCH = 50, 200, 120, 200
ARCHIVED = ("no", "only", "all")
RANK = "rank"
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Asking:
    """One question to a list: which records, in which order, which columns, from where."""

    catalogue: Catalogue
    columns: tuple[Field, ...]
    where: Condition
    sort: str
    q: str = ""
    archived: str = "no"
    after: Cursor | None = None
    before: Cursor | None = None
    limit: int = ROWS
    view: Any = None
    refusals: tuple[RuleBroken, ...] = field(default=())

    @property
    def descending(self) -> bool:
        """Whether the order is turned round."""
        return self.sort.startswith("-")

    @property
    def order(self) -> Sort:
        """The order's SQL; the order of likeness is the place in the list of ids that the search gave."""
        name = self.sort.removeprefix("-")
        if name == RANK:
            return Sort(sql=f"array_position(%s::bigint[], {self.catalogue.id})", holds="number")
        found = self.catalogue.by_name[name].sort
        assert found is not None
        return found

    def from_start(self) -> "Asking":
        """The same question for the first page."""
        return replace(self, after=None, before=None)

    def require(self) -> "Asking":
        """Itself, when nothing was wrong; a program is refused rather than shown something else."""
        if self.refusals:
            raise RulesBroken(self.refusals)
        return self


def asking_of(
    given: Mapping[str, Any], about: Catalogue, *, user: Any = None, view: "SavedView | None" = None
) -> Asking:
    """What the parameters of an address ask of a list.

    `where` (JSON), `q`, `sort` (`-name`), `columns` (`name,email`), `after` / `before` (cursors), `limit`,
    `archived` (no, only, all). A saved `view` fills in what the address leaves open.
    """
    reader = _Reader(given, about, user, view)
    where = reader.read("where", reader.where, everything(about))
    q = reader.read("q", reader.q, "")
    columns = reader.read("columns", reader.columns, tuple[Field, ...]()) or reader.default_columns()
    sort = reader.read("sort", lambda: reader.sort(q), RANK if q else about.default_sort)
    archived = reader.read("archived", reader.archived, "no")
    limit = reader.read("limit", reader.limit, ROWS)
    asking = Asking(about, columns, where, sort, q=q, archived=archived, limit=limit, view=view)
    after = reader.read("after", lambda: reader.cursor("after", asking), None)
    before = reader.read("before", lambda: reader.cursor("before", asking), None)
    return replace(asking, after=after, before=None if after else before, refusals=tuple(reader.refusals))


class _Reader:
    """Reads one parameter after the other and keeps the refusals."""

    def __init__(self, given: Mapping[str, Any], about: Catalogue, user: Any, view: "SavedView | None"):
        self.given = given
        self.about = about
        self.user = user
        self.view = view
        self.refusals: list[RuleBroken] = []

    def read(self, name: str, reading: Callable[[], Answer], otherwise: Answer) -> Answer:
        try:
            return reading()
        except RuleBroken as refusal:
            self.refusals.append(RuleBroken(refusal.message, field=name, value=refusal.value))
            return otherwise

    def text(self, name: str) -> str:
        value = self.given.get(name)
        if value is None and self.view is not None:
            value = getattr(self.view, name, None)
        text = ",".join(value) if isinstance(value, list) else str(value or "")
        if "\x00" in text or not text.isprintable():
            raise RuleBroken(
                _("This holds a character that is not text."), value=text.replace("\x00", "␀")[:80]
            )
        return text

    def where(self) -> Condition:
        given = self.given.get("where")
        if given is None and self.view is not None:
            given = self.view.where
        return parse(given, self.about, user=self.user)

    def q(self) -> str:
        text = self.text("q").strip()
        if len(text) > LONGEST_SEARCH:
            message = _("A search has at most %(most)s characters.") % {"most": LONGEST_SEARCH}
            raise RuleBroken(message, value=text[:80])
        return text

    def default_columns(self) -> tuple[Field, ...]:
        return tuple(self.about.seen(self.about.default_columns, self.user))

    def columns(self) -> tuple[Field, ...]:
        """Those named; none of them for the usual ones."""
        names = [name for name in (part.strip() for part in self.text("columns").split(",")) if name]
        if not names:
            return ()
        if len(names) > MOST_COLUMNS:
            raise RuleBroken(
                _("At most %(most)s columns can be shown.") % {"most": MOST_COLUMNS}, value=len(names)
            )
        return tuple(self.about.field(name, self.user) for name in dict.fromkeys(names))

    def sort(self, q: str) -> str:
        text = self.text("sort").strip()
        if not text:
            return RANK if q else self.about.default_sort
        if text == RANK and q:
            return RANK
        found = self.about.field(text.removeprefix("-"), self.user)
        if found.sort is None:
            known = ", ".join(item.name for item in self.about.visible_to(self.user) if item.sortable)
            message = _("The list can't be sorted by “%(name)s”. It can by: %(known)s.")
            raise RuleBroken(message % {"name": found.name, "known": known}, value=text[:80])
        return text

    def archived(self) -> str:
        text = self.text("archived").strip().lower() or "no"
        text = {"0": "no", "false": "no", "1": "only", "true": "only", "yes": "only"}.get(text, text)
        if text not in ARCHIVED:
            message = _("“%(value)s” is not known. Accepted: %(accepted)s.")
            raise RuleBroken(message % {"value": text[:60], "accepted": ", ".join(ARCHIVED)}, value=text[:80])
        return text

    def limit(self) -> int:
        text = self.text("limit").strip()
        if not text:
            return ROWS
        if not (text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= MOST_ROWS):
            message = _("A whole number from 1 to %(most)s is accepted, not “%(value)s”.")
            raise RuleBroken(message % {"most": MOST_ROWS, "value": text[:60]}, value=text[:80])
        return int(text)

    def cursor(self, name: str, asking: Asking) -> Cursor | None:
        word = self.text(name)
        return cursor_of(word, sort=asking.sort, holds=asking.order.holds, parameter=name) if word else None
