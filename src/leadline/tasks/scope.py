"""Which tasks somebody sees: by the role's scope, one's own, those one made, those about what one sees.

`task` is scoped by its owner alone: who manages a team reaches the tasks of those who are in it now.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Q
from psycopg.sql import Literal

from leadline.core.subjects import subject_model, subjects_with_pages, visible_subjects
from leadline.people.models import User
from leadline.people.scope import Branch, Reach, reach

T = "tasks_task"
OWN = {"owner": "owner_id", "made_by": "made_by_id"}
# An array is known before tasks are looked at: they are read in the order of an index until there are enough.
_IN_TEAMS = f"{T}.owner_id = ANY(ARRAY(SELECT id FROM people_user WHERE team_id = ANY(%s)))"


@dataclass(frozen=True)
class TaskScope:
    """A scope of lists (`core.lists.scope`): ways in, each with an index of its own."""

    ways: tuple[tuple[str, tuple[Any, ...]], ...]
    everything: bool = False

    @property
    def nothing(self) -> bool:
        """Whether no task at all is within reach."""
        return not self.everything and not self.ways

    def sql(self, table: str) -> Branch:
        """One condition on tasks; `table` is always theirs."""
        if self.everything:
            return "TRUE", []
        if not self.ways:
            return "FALSE", []
        tests = " OR ".join(f"({test})" for test, _params in self.ways)
        return f"({tests})", [each for _test, params in self.ways for each in params]

    def branches(self, table: str) -> list[Branch]:
        """The ways in, each without what the ways before it gave."""
        if self.everything:
            return [("TRUE", [])]
        found: list[Branch] = []
        without, without_params = "", list[Any]()
        for test, params in self.ways:
            found.append((f"{test}{without}", [*params, *without_params]))
            without += f" AND ({test}) IS NOT TRUE"
            without_params = [*without_params, *params]
        return found


def scope_of(user: User, kind: str = "task", verb: str = "view") -> TaskScope:
    """The tasks on which somebody may do the verb; who makes or owns one may, as far as the role may at all.

    Seeing the record that a task is about lets see the task, and no more than see.
    """
    if user.is_system:
        return TaskScope((), everything=True)
    by_role = reach(user, kind, verb)
    if by_role.everything:
        return TaskScope((), everything=True)
    if by_role.nothing:
        return TaskScope(())
    ways = _of_people(user, by_role)
    return TaskScope(tuple([*ways, *_of_records(user)] if verb == "view" else ways))


def narrowest(where: Any) -> Callable[..., TaskScope]:
    """How the scope is asked for a condition: of one's own tasks, or those one made, by that way in alone.

    Who asks for the own ones sees them by owning them; the other ways in would be looked through for nothing.
    """
    parts = where.get("and", [where]) if isinstance(where, dict) else []
    asked = {part.get("field") for part in parts if isinstance(part, dict) and part.get("op") == "is_me"}
    column = next((OWN[field] for field in OWN if field in asked), "")
    return partial(_of_oneself, column) if column else scope_of


def _of_oneself(column: str, user: User, kind: str = "task", verb: str = "view") -> TaskScope:
    if not user.is_system and reach(user, kind, verb).nothing:
        return TaskScope(())
    return TaskScope(((f"{T}.{column} = %s", (user.pk,)),))


def visible_q(user: User) -> Q:
    """The same as a filter of a queryset."""
    if user.is_system:
        return Q()
    by_role = reach(user, "task", "view")
    if by_role.everything or by_role.nothing:
        return by_role.q()
    seen = Q(owner=user) | Q(made_by=user)
    if by_role.team_ids:
        seen |= Q(owner__in=User.objects.filter(team__in=by_role.team_ids).values("pk"))
    for each in subjects_with_pages():
        shown = visible_subjects(each.kind, user).order_by().values("pk")
        seen |= Q(about_kind=each.kind, about_id__in=shown)
    return seen


def _of_people(user: User, by_role: Reach) -> list[tuple[str, tuple[Any, ...]]]:
    ways: list[tuple[str, tuple[Any, ...]]] = [
        (f"{T}.owner_id = %s", (user.pk,)),
        (f"{T}.made_by_id = %s", (user.pk,)),
    ]
    return [*ways, (_IN_TEAMS, (list(by_role.team_ids),))] if by_role.team_ids else ways


def _of_records(user: User) -> list[tuple[str, tuple[Any, ...]]]:
    found: list[tuple[str, tuple[Any, ...]]] = []
    for each in subjects_with_pages():
        shown, params = _seen_sql(each.kind, user)
        if shown:
            found.append((f"{T}.about_kind = %s AND {T}.about_id IN ({shown})", (each.kind, *params)))
    return found


def written_sql(kind: str, user: Any) -> str:
    """The same with its values written into it, for the SQL of a field; empty where there are none."""
    if user.is_system:
        return f"SELECT id FROM {subject_model(kind)._meta.db_table}"
    sql, params = _seen_sql(kind, user)
    written = tuple(Literal(each).as_string(None).replace("%", "%%") for each in params)
    return sql.replace("%%", "%%%%") % written if written else sql


def _seen_sql(kind: str, user: User) -> tuple[str, Sequence[Any]]:
    """The keys of the records of a kind that somebody sees, as SQL; empty where there are none."""
    try:
        sql, params = visible_subjects(kind, user).order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return "", ()
    return sql, params
