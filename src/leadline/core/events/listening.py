"""Who listens to which event. Listeners stand in `<app>/listeners.py` and are found there."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from django.utils.module_loading import autodiscover_modules

from leadline.core.events.event import Event

Listens = TypeVar("Listens", bound=Callable[..., Any])


@dataclass(frozen=True)
class Listener:
    """A function that is told of one class of events; its name stays when the ledger is told again."""

    name: str
    event_class: type[Event]
    function: Callable[..., Any]
    wanted: Callable[[str], bool] | None = None
    in_batches: bool = False

    def wants(self, event_class: type[Event]) -> bool:
        """Whether it would be told of an event of a class that is published now."""
        return self.wanted is None or self.wanted(event_class.name())


_listeners: dict[str, Listener] = {}


def on(
    event_class: type[Event], *, wanted: Callable[[str], bool] | None = None, in_batches: bool = False
) -> Callable[[Listens], Listens]:
    """Tell a function of each event of a class, after its transaction and in a transaction of its own.

    It is called as `listener(event, by=the house)`. It may be told twice of the same event, after a worker
    died or when it failed and is tried again: telling it twice must do what telling it once does.
    `wanted` is asked with the event's name in the publisher's transaction, so it must be quick.

    `in_batches` it is called as `listener(events, by=the house)` with all that wait, up to two hundred: where
    hundreds of events come each second, and are best looked at together. These it is told of once.
    """

    def register(function: Listens) -> Listens:
        name = f"{function.__module__}.{function.__qualname__}"
        _listeners[name] = Listener(name, event_class, function, wanted, in_batches)
        return function

    return register


def listeners_to(event_class: type[Event]) -> list[Listener]:
    """All that listen to a class of events, or to `Event` itself, in a fixed order."""
    _discover()
    return [found for _, found in sorted(_listeners.items()) if issubclass(event_class, found.event_class)]


def listener_named(name: str) -> Listener | None:
    """The listener of a name; none when the code no longer has it."""
    _discover()
    return _listeners.get(name)


def told_in_batches() -> list[Listener]:
    """All that are told of events in batches, in a fixed order."""
    _discover()
    return [found for _, found in sorted(_listeners.items()) if found.in_batches]


@cache
def _discover() -> None:
    autodiscover_modules("events", "listeners")
