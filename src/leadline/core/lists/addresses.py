"""The address of a list: everything that it shows, in one short query that can be shared (CUS-5)."""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote, urlencode

from django.urls import reverse

from leadline.core.conditions.condition import plain
from leadline.core.lists.asking import RANK, Asking
from leadline.core.lists.models import SavedView

ALL = "all"
KEPT = ("where", "sort", "columns", "q", "archived")  # what a saved view keeps
NOTHING = {"where": "{}", "q": "", "archived": "no"}  # said where the open view keeps something


@dataclass(frozen=True)
class Address:
    """Where a list stands; `to` gives the address of the same list with something changed.

    Of a view that is open as it was kept, only the number stands in the address; once something is changed,
    all of it does, so that the address says the same to a person who does not see the view.
    """

    path: str
    asking: Asking
    view: SavedView | None = None
    opens_otherwise: bool = False  # without a query the list would open with another view or condition
    carried: tuple[tuple[str, str], ...] = ()  # what the door keeps beside (`Door.carries`)

    def to(self, **changes: Any) -> str:
        """The address with other words for `where` (JSON), `sort`, `columns`, `q`, `archived`, `after` …,
        or for what the door carries."""
        query = self.query(**changes)
        return f"{self.path}?{query}" if query else self.path

    def query(self, **changes: Any) -> str:
        """The query alone."""
        return urlencode(self.words(**changes), quote_via=quote, safe=':,{}[]"')

    def words(self, **changes: Any) -> list[tuple[str, str]]:
        """The query as pairs; a place in the list (`after`, `before`) stays only when it is named."""
        state = {**self.state, **changes}
        words: list[tuple[str, str]] = []
        if self.view is not None:
            words.append(("view", str(self.view.pk)))
        elif self.opens_otherwise:
            words.append(("view", ALL))
        told = KEPT if self.view is None or any(state[name] != self.kept[name] for name in KEPT) else ()
        for name in (*told, "after", "before"):
            word = state.get(name) or ""
            usual = "" if self.view is not None else self.usual.get(name, "")
            if word and word != usual:
                words.append((name, word))
            elif not word and self.view is not None and name in NOTHING and self.kept[name]:
                words.append((name, NOTHING[name]))
        words += [(name, word) for name, given in self.carried if (word := changes.get(name, given))]
        return words

    @property
    def is_changed(self) -> bool:
        """Whether the list shows something else than the open view keeps."""
        return self.view is not None and any(self.state[name] != self.kept[name] for name in KEPT)

    @property
    def keeps_something(self) -> bool:
        """Whether there is anything here that a view would keep."""
        state, usual = self.state, self.usual
        return any(state[name] not in ("", usual.get(name, "")) for name in KEPT)

    @cached_property
    def state(self) -> dict[str, str]:
        """What the list shows now, in the words of an address."""
        asking = self.asking
        return {
            "where": "" if asking.where.is_everything else where_word(asking.where.given),
            "sort": asking.sort if asking.sort != RANK else "",
            "columns": ",".join([column.name for column in asking.columns]),
            "q": asking.q,
            "archived": "" if asking.archived == "no" else asking.archived,
        }

    @cached_property
    def usual(self) -> dict[str, str]:
        """What a list shows that nobody changed."""
        about = self.asking.catalogue
        return {"sort": about.default_sort, "columns": ",".join(about.default_columns)}

    @cached_property
    def kept(self) -> dict[str, str]:
        """What the open view keeps, in the words of an address."""
        assert self.view is not None
        about = self.asking.catalogue
        return {
            "where": where_word(self.view.where),
            "sort": self.view.sort or ("" if self.view.q else about.default_sort),
            "columns": ",".join(self.view.columns) or ",".join(about.default_columns),
            "q": self.view.q,
            "archived": self.view.archived,
        }


def where_word(where: Any) -> str:
    """A condition as it stands in an address; nothing for none."""
    if where in ({}, None, "", [], {"and": []}):
        return ""
    return json.dumps(where, default=plain, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def list_where(name: str, where: Any) -> str:
    """The address of a list (`customers:list`) of what fulfils a condition."""
    return reverse(name, query={"where": where_word(where)})
