"""What a list of one kind needs to know to be shown: its addresses, who reaches what, how it is searched."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from leadline.core.conditions import Context
from leadline.core.fields import Catalogue, Viewer, catalogue
from leadline.core.lists.scope import Both, Everything, Scope
from leadline.core.lists.searching import Search
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.core.search import NotFound, not_found_help

Naming = Callable[[str, int], str]


@dataclass(frozen=True)
class Ready:
    """A view that a list comes with: the word in its address, its name, condition, order and columns."""

    key: str
    label: Any
    where: Mapping[str, Any]
    sort: str = ""
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Door:
    """A list as a page. `space` is the namespace of its addresses: `customers:list`, `customers:filter` …

    `beside` are fields that rows bring besides the columns, first the one the record is known by; `tones`
    colours choices; `sources` are the addresses of comboboxes for users and records, `options` the choices
    of a kind with few (teams); one that is not `searched` has no search field. `opens_with` is a condition
    (JSON) in force until an address says otherwise. `ready` are views that the list comes with. `carries`
    names words that its addresses keep beside those of every list.
    """

    kind: str
    space: str
    reach: Callable[..., Scope]
    naming: Naming
    beside: tuple[str, ...] = ()
    tones: Mapping[str, Mapping[Any, str]] = field(default_factory=dict)
    quick: tuple[str, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Callable[[], list[tuple[Any, str]]]] = field(default_factory=dict)
    searched: bool = True
    opens_with: str = ""
    ready: tuple[Ready, ...] = ()
    carries: tuple[str, ...] = ()

    @cached_property
    def about(self) -> Catalogue:
        """The catalogue of its kind."""
        return catalogue(self.kind)

    def url(self, name: str, *args: Any) -> str:
        """One of its addresses, looked up once."""
        return address_of(f"{self.space}:{name}", *args)

    def scope(self, user: Any, verb: str = "view") -> Scope:
        """The records on which this person may do the verb, of those seen; the house reaches all."""
        if user.is_system:
            return Everything()
        seen = self.reach(user, self.kind, "view")
        return seen if verb == "view" else Both(seen, self.reach(user, self.kind, verb))

    def search(self, user: Any) -> Search | None:
        """How it is searched for this person; None where it is not, so that words find nothing."""
        return Search(self.kind, self.scope(user)) if self.searched else None  # type: ignore[arg-type]

    def help(self, user: Any, typed: str) -> NotFound:
        """Where else it may be, when a search shows nothing (CUS-6)."""
        if not self.searched:
            return NotFound()
        return not_found_help(self.kind, typed, self.scope(user))  # type: ignore[arg-type]

    @staticmethod
    def context(user: Any) -> Context:
        """Now, in the organisation's zone, with this person as "me"."""
        return Context.of_organisation(user.pk)


_registered: dict[str, Door] = {}


def register_list(door: Door) -> Door:
    """Make a list known by its kind, to bulk changes and exports; called when its app's catalogue is read."""
    _registered[door.kind] = door
    return door


def door_of(kind: str) -> Door:
    """The list of a kind; refuses a kind that has none."""
    if kind not in _registered:
        message = _("There is no list of “%(kind)s”. Known are: %(known)s.")
        known = ", ".join(sorted(_registered))
        raise RuleBroken(message % {"kind": str(kind)[:60], "known": known}, field="kind", value=kind)
    return _registered[kind]


@lru_cache(maxsize=1024)
def address_of(name: str, *args: Any) -> str:
    """`reverse`, remembered: a page of a list names dozens of addresses."""
    return reverse(name, args=args or None)


def viewer_of(request: Request) -> Viewer:
    """Who looks at a page: language, time zone and permissions."""
    language = translation.get_language() or "en"
    return Viewer(language=language, zone=timezone.get_current_timezone_name(), user=request.user)
