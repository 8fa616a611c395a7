"""A selection: some records, or all that match; what bulk changes and exports work on (CUS-7)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from leadline.core.conditions import Context, everything
from leadline.core.fields import Catalogue, catalogue
from leadline.core.fields.kinds.links import LARGEST_ID
from leadline.core.lists.asking import Asking, asking_of
from leadline.core.lists.counts import Count
from leadline.core.lists.finding import Finding
from leadline.core.lists.scope import Scope, Sql
from leadline.core.lists.searching import Search
from leadline.core.refusals import RuleBroken

MOST_IDS = 10_000


@dataclass(frozen=True)
class Selection:
    """Records of a kind: `ids`, or (when None) all that `where`, `q` and `archived` find but `excluded`.

    It is a question, not an answer: whoever uses it asks it again within the person's scope of that moment.
    """

    kind: str
    ids: tuple[int, ...] | None = None
    where: Any = field(default_factory=dict)
    q: str = ""
    archived: str = "no"
    excluded: tuple[int, ...] = ()

    @classmethod
    def of(cls, asking: Asking, *, excluded: tuple[int, ...] = ()) -> "Selection":
        """All that a list shows, over all its pages."""
        return cls(
            asking.catalogue.kind,
            where=asking.where.stored,
            q=asking.q,
            archived=asking.archived,
            excluded=excluded,
        )

    @classmethod
    def of_ids(cls, kind: str, ids: Any) -> "Selection":
        """The records ticked, from what a form or a program sent."""
        return cls(kind, ids=_ids(ids), archived="all")

    @classmethod
    def from_params(cls, params: dict[str, Any]) -> "Selection":
        """Back from `as_params`; checked, as it may have come from outside."""
        ids = params.get("ids")
        return cls(
            catalogue(params.get("kind", "")).kind,
            ids=None if ids is None else _ids(ids),
            where=params.get("where") or {},
            q=str(params.get("q") or ""),
            archived=str(params.get("archived") or "no"),
            excluded=_ids(params.get("excluded") or []),
        )

    def as_params(self) -> dict[str, Any]:
        """As JSON for a job."""
        return {
            "kind": self.kind,
            "ids": None if self.ids is None else list(self.ids),
            "where": self.where,
            "q": self.q,
            "archived": self.archived,
            "excluded": list(self.excluded),
        }

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue of its kind."""
        return catalogue(self.kind)

    def ids_sql(
        self, *, scope: Scope, context: Context, search: Search | None = None, user: Any = None
    ) -> Sql:
        """SQL that gives the ids within a scope; stands alone, in no order."""
        source, params = self.source_sql(scope=scope, context=context, search=search, user=user)
        return f"SELECT {self.catalogue.id} {source}", params

    def source_sql(
        self,
        *,
        scope: Scope,
        context: Context,
        search: Search | None = None,
        user: Any = None,
        needs: Iterable[str] = (),
    ) -> Sql:
        """FROM and WHERE of the records within a scope, with the joins that `needs` names besides."""
        finding = self._finding(scope, context, search, user)
        source, params = finding.source_sql(scope.sql(self.catalogue.scoped_by), needs=needs)
        if self.excluded:
            source += f" AND {self.catalogue.id} <> ALL(%s::bigint[])"
            params = [*params, list(self.excluded)]
        return source, params

    def count(
        self, *, scope: Scope, context: Context, search: Search | None = None, user: Any = None
    ) -> Count:
        """How many records it holds, exactly."""
        source, params = self.source_sql(scope=scope, context=context, search=search, user=user)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) {source}", params)
            return Count(cursor.fetchone()[0], True)

    def _asking(self, user: Any) -> Asking:
        if self.ids is not None:
            about = self.catalogue
            return Asking(about, (), everything(about), about.default_sort, archived="all")
        given = {"where": self.where, "q": self.q, "archived": self.archived}
        return asking_of(given, self.catalogue, user=user).require()

    def _finding(self, scope: Scope, context: Context, search: Search | None, user: Any) -> Finding:
        asking = self._asking(user)
        if self.ids is not None:
            return Finding(asking, scope, context, list(self.ids))
        if asking.q and search is None:
            return Finding(asking, scope, context, [])
        return Finding(asking, scope, context, search=search).whole()


def _ids(given: Any) -> tuple[int, ...]:
    """Ids from numbers or texts; each once."""
    if not isinstance(given, list | tuple | set) or len(given) > MOST_IDS:
        raise RuleBroken(
            _("At most %(most)s records can be picked one by one.") % {"most": MOST_IDS}, field="ids"
        )
    found: dict[int, None] = {}
    for item in given:
        text = str(item) if isinstance(item, int | str) and not isinstance(item, bool) else ""
        digits = text.removeprefix("-")  # an event of the audit has its id below zero
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 19 and int(digits) <= LARGEST_ID):
            raise RuleBroken(
                _("“%(value)s” is no id.") % {"value": str(item)[:60]}, field="ids", value=str(item)[:60]
            )
        found[int(text)] = None
    return tuple(found)
