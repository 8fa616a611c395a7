"""The filter dialogs of a list, lent to what a rule asks."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from leadline.assignment.models import Rule
from leadline.core.fields import Catalogue, catalogue
from leadline.core.lists.addresses import where_word
from leadline.core.lists.door import Door, address_of, door_of
from leadline.core.lists.scope import Scope


@dataclass(frozen=True)
class WhichDoor(Door):
    """Records that fit a rule while it is made: each state has its own address. It keeps no views."""

    of_kind: str = ""
    rule: int = 0

    @cached_property
    def about(self) -> Catalogue:
        """The fields of the records."""
        return catalogue(self.of_kind)

    def url(self, name: str, *args: Any) -> str:
        """One of the addresses of this rule's condition."""
        word = {"list": "which", "filter": "which_filter", "count": "which_count"}.get(name, name)
        return address_of(f"assignment:{word}", self.rule, *args)


def which_door(rule: Rule) -> WhichDoor:
    """The door of one rule, which opens with what it asks."""
    list_of = door_of(rule.kind)

    def reach(user: Any, kind: str, verb: str = "view") -> Scope:
        return list_of.reach(user, rule.kind, verb)

    return WhichDoor(
        kind=f"assignment_{rule.kind}",
        space="assignment",
        reach=reach,
        naming=list_of.naming,
        beside=list_of.beside[:1],
        sources=list_of.sources,
        options=list_of.options,
        searched=False,
        opens_with=where_word(rule.where),
        of_kind=rule.kind,
        rule=rule.pk,
    )
