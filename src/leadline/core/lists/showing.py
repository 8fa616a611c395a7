"""All that a page of a list shows, made from its address in three queries: views, rows, count."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.ahead import sending_ahead
from leadline.core.fields import Viewer
from leadline.core.formats import number
from leadline.core.lists.addresses import ALL, Address
from leadline.core.lists.asking import Asking, asking_of
from leadline.core.lists.cells import Cell, cell_of
from leadline.core.lists.door import Door, Ready, viewer_of
from leadline.core.lists.filters import Chip, chips_of
from leadline.core.lists.models import SavedView
from leadline.core.lists.page import Page, Paging, finding_of
from leadline.core.lists.scope import Scope
from leadline.core.lists.tabs import tabs_for
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.core.search import NotFound

LONGEST_WORD = 200
LIST_WORDS = ("where", "q", "sort", "columns", "archived", "after", "before")


@dataclass
class Shown:
    """A list as one person sees it at one address."""

    door: Door
    user: Any
    viewer: Viewer
    address: Address
    views: list[SavedView]
    refusals: list[RuleBroken] = field(default_factory=list)

    @property
    def asking(self) -> Asking:
        """The question that the address asks."""
        return self.address.asking

    @contextmanager
    def ahead(self) -> Iterator[None]:
        """Within, rows and count are on their way while the page is written up to them."""
        self.chips  # noqa: B018 - may ask what a filter names, which would wait for the rows
        with sending_ahead():
            self._paging  # noqa: B018 - is sent by being made
            yield

    @cached_property
    def scope(self) -> Scope:
        """What the person sees of the kind: asked of the door once for all statements of the page."""
        return self.door.scope(self.user)

    @cached_property
    def _paging(self) -> Paging:
        known, door, user = self.door.about.by_name, self.door, self.user
        columns = (*self.asking.columns, *(known[name] for name in door.beside))
        asking = replace(self.asking, columns=columns)
        return Paging(
            finding_of(
                asking,
                scope=self.scope,
                context=door.context(user),
                search=door.search(user),
                raw=False,
            )
        )

    @cached_property
    def page(self) -> Page:
        """Rows and count: two queries. Values are as shown, those of `Door.beside` last."""
        return self._paging.page()

    @property
    def counted(self) -> str:
        """How many records there are, in words of the language: `1,000+`."""
        count = self.page.count
        return number(count.value) + ("" if count.exact else "+") if count else ""

    def cells(self) -> list[Cell]:
        """What makes the cells of each column."""
        tones = self.door.tones
        return [
            cell_of(column, self.viewer, dict(tones.get(column.name, ()))) for column in self.asking.columns
        ]

    @cached_property
    def chips(self) -> list[Chip]:
        """The filters in force."""
        return chips_of(self.address, self.door.naming)

    @property
    def heads(self) -> list[dict[str, Any]]:
        """The heads of the columns, with the addresses that sort by them."""
        asking = self.asking
        return [self._head(column, asking.sort) for column in asking.columns]

    def _head(self, column: Any, sort: str) -> dict[str, Any]:
        name = column.name
        head = {"label": column.label, "number": column.kind.key in ("number", "money")}
        if column.sortable:
            head["url"] = self.address.to(sort=f"-{name}" if sort == name else name)
            head["sorted"] = {name: "ascending", f"-{name}": "descending"}.get(sort)
        return head

    @property
    def tabs(self) -> list[dict[str, Any]]:
        """The saved views, before them the list as it comes installed."""
        view, path = self.address.view, self.address.path
        every = f"{path}?view={ALL}" if self.address.opens_otherwise else path
        named: list[tuple[Any, Any]] = [(each.label, each.key) for each in self.door.ready]
        named += [(each.name, each.pk) for each in self.views]
        opened = None if view is None else view.pk
        tabs = [
            {"label": label, "url": f"{path}?view={key}", "active": key == opened, "key": key}
            for label, key in named
        ]
        return [{"label": _("All"), "url": every, "active": view is None, "key": ALL}, *tabs]

    @property
    def next(self) -> str:
        """The address of the next page."""
        return self.address.to(after=self.page.next) if self.page.next else ""

    @property
    def previous(self) -> str:
        """The address of the page before."""
        return self.address.to(before=self.page.previous) if self.page.previous else ""

    @property
    def asks_nothing(self) -> bool:
        """Whether all records are asked for that are in use."""
        asking = self.asking
        return asking.where.is_everything and not asking.q and asking.archived == "no"

    @cached_property
    def help(self) -> NotFound | None:
        """Where else it may be, when a search showed nothing (CUS-6)."""
        return self.door.help(self.user, self.asking.q) if self.asking.q and not self.page.rows else None


def ready_views(door: Door, word: str = "") -> list[SavedView]:
    """The views that a list comes with, or the one of a word, as if they were kept.

    Their numbers are words, nobody owns them.
    """
    return [_as_if_kept(door, each) for each in door.ready if not word or each.key == word]


def _as_if_kept(door: Door, found: Ready) -> SavedView:
    return SavedView(
        pk=found.key,
        name=str(found.label),
        kind=door.kind,
        visibility=SavedView.Visibility.EVERYBODY,
        where=dict(found.where),
        columns=list(found.columns),
        sort=found.sort,
    )


def _led_by_name(asking: Asking, door: Door) -> Asking:
    """The column that a record is known by stands first, whatever is chosen."""
    name = door.about.by_name[door.beside[0]]
    others = tuple(column for column in asking.columns if column.name != name.name)
    return replace(asking, columns=(name, *others))


def _word(given: Any) -> str:
    """A word of an address that the engine itself does not read: short, and text."""
    text = str(given or "")
    return text if len(text) <= LONGEST_WORD and text.isprintable() else ""


def shown_list(request: Request, door: Door, given: Any = None) -> Shown:
    """The list that an address asks for; what can't be meant is in `refusals`, and the rest is shown."""
    return shown_to(viewer_of(request), door, request.GET if given is None else given)


def shown_to(viewer: Viewer, door: Door, given: Any) -> Shown:
    """The same by the words of an address that somebody else gives, as a widget does."""
    said, user = given, viewer.user
    views = tabs_for(user, door.kind)
    opened = next((view for view in views if view.opens), None)
    word = given.get("view") or ""
    named = [*ready_views(door, word), *(each for each in views if str(each.pk) == word)] if word else []
    view = next(iter(named), None)
    refusals = []
    if word and word != ALL and view is None:
        message = _("This view is not shown to you, or was removed. Here is the list without it.")
        refusals.append(RuleBroken(message, field="view", value=word[:60]))
    elif not word and not any(name in given for name in LIST_WORDS):
        view = opened
        given = given if opened or not door.opens_with else {"where": door.opens_with}
    asking = _led_by_name(asking_of(given, door.about, user=user, view=view), door)
    opens_otherwise = opened is not None or bool(door.opens_with)
    carried = tuple((name, _word(said.get(name))) for name in door.carries)
    address = Address(door.url("list"), asking, view, opens_otherwise, carried)
    return Shown(door, user, viewer, address, views, [*refusals, *asking.refusals])
