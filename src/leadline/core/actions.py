"""How the house writes: every write is an action, and each action locks, requires, changes, publishes."""

import functools
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeVar

from django.db import DataError, IntegrityError, connection, models, transaction
from django.utils.functional import Promise

from leadline.core.reading import read_record, reading
from leadline.core.refusals import NotAllowed, refusal_of

Via = Literal["web", "api", "import", "rule", "job", "cli", "agent"]
Record = TypeVar("Record", bound=models.Model)
Verb = TypeVar("Verb", bound=Callable[..., Any])


@dataclass(frozen=True)
class Actor:
    """Who does it, through which door, and caused by what (`import:12:430`, `event:9913`).

    `change_set` ties the history of what is written to a change set that can be undone (SIG-3).
    """

    user: Any
    via: Via = "web"
    trace: str = ""
    change_set: int | None = None

    def within(self, change_set: int) -> "Actor":
        """The same actor, writing as part of a change set."""
        return replace(self, change_set=change_set)


def action(verb: Verb) -> Verb:
    """Make a function the one way to do something: whole or not at all, with its actor in the history.

    A database constraint that says no is told in its own words, as a `RuleBroken` (ALL-1, ALL-4).
    An action called by an action is part of the whole: when it says no, all is taken back, unless the caller
    tries it in a `transaction.atomic()` of its own.
    """

    @functools.wraps(verb)
    def whole_or_not_at_all(*args: Any, by: Actor, **kwargs: Any) -> Any:
        try:
            with transaction.atomic(savepoint=not acting.at_work()), acting(by):
                return verb(*args, by=by, **kwargs)
        except (IntegrityError, DataError) as error:
            raise refusal_of(error) from error

    whole_or_not_at_all.is_action = True  # type: ignore[attr-defined]
    return whole_or_not_at_all  # type: ignore[return-value]


class acting:
    """Name the actor to the database for the rest of the transaction, so that history knows it.

    An action called by an action leaves the outer actor in place again when it ends.
    """

    def __init__(self, by: Actor):
        user_id = getattr(by.user, "pk", None)
        self.named = (str(user_id or ""), by.via, by.trace, str(by.change_set or ""))

    @staticmethod
    def at_work() -> bool:
        """Whether somebody is named already: an action is under way."""
        return getattr(connection, "_leadline_actor", None) is not None

    def __enter__(self) -> None:
        self.outer = getattr(connection, "_leadline_actor", None)
        self._tell(self.named)

    def __exit__(self, failure: type[BaseException] | None, *_: object) -> None:
        if self.outer and failure is None:
            self._tell(self.outer)
        connection._leadline_actor = self.outer  # type: ignore[attr-defined]

    @staticmethod
    def _tell(named: tuple[str, ...]) -> None:
        if getattr(connection, "_leadline_actor", None) != named:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT set_config('leadline.actor', %s, true), set_config('leadline.via', %s, true),"
                    " set_config('leadline.trace', %s, true), set_config('leadline.change_set', %s, true)",
                    named,
                )
        connection._leadline_actor = named  # type: ignore[attr-defined]


def lock(thing: Record, *related: str) -> Record:
    """The same record read anew and locked until the transaction ends, with its related records at hand.

    Raises the model's `DoesNotExist` when it was removed in between.
    """
    # Not type(thing): a lazy request.user is a wrapper.
    model: type[Record] = thing._meta.model  # type: ignore[assignment]
    held = read_record(model, thing.pk, locked=True)
    # What it names is read after: a statement that waits for the lock joins the related record of before.
    return (reading(model, *related).one(thing.pk) if related else None) or held


def lock_all(rows: models.QuerySet[Record]) -> list[Record]:
    """Lock many records in the order of their keys, so that two sets can't wait for each other."""
    return list(rows.order_by("pk").select_for_update(no_key=True, of=("self",)))


def require(allowed: bool, message: str = "", *, who_can_help: "str | Promise" = "") -> None:
    """Go on only when the policy says yes; raises `NotAllowed` with the reason and who can help (ALL-3)."""
    if not allowed:
        raise NotAllowed(message, who_can_help=who_can_help)
