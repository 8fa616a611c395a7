"""Which activities and notes somebody reaches: those about the customers and leads within reach (ALL-3).

The same as `visible_to` of the querysets, as lists and figures ask it.
"""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.apps import apps

from leadline.core.lists.scope import Sql
from leadline.core.metrics.rollups.counting import PLACES
from leadline.core.subjects import subject_model
from leadline.people.scope import Reach, reach

if TYPE_CHECKING:
    from leadline.people.models import User


@dataclass(frozen=True)
class OfSubjects:
    """Rows that name records in columns: `ways` are the column, the kind of the records, and
    who reaches which."""

    ways: tuple[tuple[str, str, Reach], ...]

    @property
    def everything(self) -> bool:
        """Whether all rows are within reach."""
        return all(within.everything for *_named, within in self.ways)

    @property
    def nothing(self) -> bool:
        """Whether not one is."""
        return all(within.nothing for *_named, within in self.ways)

    def sql(self, table: str) -> Sql:
        """One condition on the table: ids of records, looked up once; an index finds the rows of each.

        They stand beside the records, where the archived are found by owner and team too.
        """
        if self.everything:
            return "TRUE", []
        tests, params = [], list[object]()
        for column, kind, within in self.ways:
            if within.everything:
                tests.append(f"{table}.{column} IS NOT NULL")
            elif not within.nothing:
                inner, its_params = within.sql("seen")
                ids = f"SELECT seen.{kind}_id FROM {_pulse(kind)} seen WHERE {inner}"
                tests.append(f"{table}.{column} = ANY(ARRAY({ids}))")
                params += its_params
        return (f"({' OR '.join(tests)})" if tests else "FALSE"), params

    def of_cells(self, table: str) -> Sql | None:
        """The same of counts that are kept by whose the records are, by the ways in their order (design 4.8).

        None where they don't tell: all that is about customers, and of the leads some.
        """
        if any(within.everything for *_named, within in self.ways):
            return None
        tests, params = [], list[object]()
        for place, (*_named, within) in zip(PLACES, self.ways, strict=False):
            test, its_params = within.sql(table)
            tests.append(test.replace(f"{table}.", f"{table}.{place}_"))
            params += its_params
        return f"({' OR '.join(tests)})", params

    def branches(self, table: str) -> list[Sql]:
        """The same: there is one branch, as the table has no index by owner."""
        return [] if self.nothing else [self.sql(table)]


def activities_reached(user: "User", kind: str = "activity", verb: str = "view") -> OfSubjects:
    """The activities of the customers and the leads that somebody sees."""
    return OfSubjects(tuple(_way(user, each) for each in ("customer", "lead")))


def notes_reached(user: "User", kind: str = "note", verb: str = "view") -> OfSubjects:
    """The notes on the customers that somebody sees."""
    return OfSubjects((_way(user, "customer"),))


def may_see_timelines(user: "User") -> bool:
    """Whether any role shows customers or leads, and so what happened with them."""
    return user.is_system or user.may("customer", "view") or user.may("lead", "view")


def _way(user: "User", kind: str) -> tuple[str, str, Reach]:
    within = Reach(everything=True) if user.is_system else reach(user, kind, "view")
    return f"{kind}_id", kind, within


@cache
def _pulse(kind: str) -> str:
    """The narrow table beside records of a kind, with whose they are."""
    return str(apps.get_model(subject_model(kind)._meta.app_label, "Pulse")._meta.db_table)
