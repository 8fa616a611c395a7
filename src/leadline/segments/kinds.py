"""Which kinds of records can be gathered in segments; their apps say so."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.fields import Catalogue, catalogue
from leadline.core.lists.scope import Everything, Scope, Sql, joined
from leadline.core.refusals import RuleBroken
from leadline.people.scope import reach

MOST_WAYS = 20


@dataclass(frozen=True)
class Segmentable:
    """One kind of record. `permission` is the object whose scope says who sees it.

    `follows` names for each join of its catalogue the kinds of history after which its values may be others.
    `page` is the address of a record, `listed` that of its list, where members are worked with; `sources` and
    `options` are the comboboxes and choices for values, as a list's door has them; `naming` names users and
    teams in sentences.
    """

    kind: str
    permission: str
    naming: Callable[[str, int], str]
    follows: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    page: str = ""
    listed: str = ""
    sources: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Callable[[], list[tuple[Any, str]]]] = field(default_factory=dict)

    @property
    def about(self) -> Catalogue:
        """The catalogue of its kind, as it is now."""
        return catalogue(self.kind)

    @property
    def in_use(self) -> str:
        """SQL of whether a record is not archived."""
        return f"{self.about.archived_sql} IS NULL" if self.about.archived_sql else "TRUE"

    def within(self, scope: Scope, needs: Iterable[str] = ()) -> tuple[Sql, Sql]:
        """FROM of its records with the joins named, and the condition that a scope holds them (ALL-3)."""
        about = self.about
        beside, params = joined(about, {*needs, about.scope_needs} - {""}, scope)
        return (f"{about.table} {beside}", params), scope.sql(about.scoped_by)

    def branches(self, scope: Scope) -> list[Sql]:
        """FROM and WHERE of its records within a scope, apart for each way in: an index answers each.

        Of more than `MOST_WAYS` (who manages most teams) a single condition: reading all is shorter then.
        """
        about = self.about
        beside, params = joined(about, {about.scope_needs} - {""}, scope)
        ways = scope.branches(about.scoped_by) or [("FALSE", [])]
        ways = ways if len(ways) <= MOST_WAYS else [scope.sql(about.scoped_by)]
        return [(f"{about.table} {beside} WHERE {test}", [*params, *given]) for test, given in ways]

    def scope(self, user: Any, verb: str = "view") -> Scope:
        """The records on which somebody may do a verb."""
        return Everything() if user.is_system else reach(user, self.permission, verb)


_registered: dict[str, Segmentable] = {}


def register_segmentable(kind: Segmentable) -> Segmentable:
    """Let records of a kind be gathered; called once, when the app's module is read."""
    _registered[kind.kind] = kind
    return kind


def segmentable(kind: str) -> Segmentable:
    """How a kind is gathered; refuses one that is not."""
    if kind not in _registered:
        known = ", ".join(_registered)
        message = _("There are no segments of “%(kind)s”. Known are: %(known)s.")
        raise RuleBroken(message % {"kind": str(kind)[:60], "known": known}, field="kind", value=kind)
    return _registered[kind]


def segmentables() -> list[Segmentable]:
    """All of them, in the order of their declaration."""
    return list(_registered.values())
