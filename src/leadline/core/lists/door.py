"""What a list of one kind needs to know to be shown: its addresses, who reaches what, how it is searched."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation

from leadline.core.conditions import Context
from leadline.core.fields import Catalogue, Viewer, catalogue
from leadline.core.lists.page import Search
from leadline.core.lists.scope import Scope
from leadline.core.search import NotFound

Naming = Callable[[str, int], str]


@dataclass(frozen=True)
class Door:
    """A list as a page. `space` is the namespace of its addresses: `customers:list`, `customers:filter` …

    `beside` are fields that rows bring besides the columns; `tones` colours choices; `sources` are the addresses
    of comboboxes for users and records, `options` the choices of a kind with few (teams).
    """

    kind: str
    space: str
    reach: Callable[..., Scope]
    search_for: Callable[[Any], Search]
    help_for: Callable[[Any, str], NotFound]
    naming: Naming
    beside: tuple[str, ...] = ()
    tones: Mapping[str, Mapping[Any, str]] = field(default_factory=dict)
    quick: tuple[str, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Callable[[], list[tuple[Any, str]]]] = field(default_factory=dict)

    @cached_property
    def about(self) -> Catalogue:
        """The catalogue of its kind."""
        return catalogue(self.kind)

    def url(self, name: str, *args: Any) -> str:
        """One of its addresses, looked up once."""
        return address_of(f"{self.space}:{name}", *args)

    def scope(self, user: Any) -> Scope:
        """What this person sees."""
        return self.reach(user, self.kind, "view")

    def search(self, user: Any) -> Search:
        """How it is searched for this person."""
        return self.search_for(user)

    @staticmethod
    def context(user: Any) -> Context:
        """Now, in the organisation's zone, with this person as "me"."""
        return Context.of_organisation(user.pk)


@lru_cache(maxsize=1024)
def address_of(name: str, *args: Any) -> str:
    """`reverse`, remembered: a page of a list names dozens of addresses."""
    return reverse(name, args=args or None)


def viewer_of(request: HttpRequest) -> Viewer:
    """Who looks at a page: language, time zone and permissions."""
    language = translation.get_language() or "en"
    return Viewer(language=language, zone=timezone.get_current_timezone_name(), user=request.user)
