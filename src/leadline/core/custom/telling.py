"""How those who own a kind of object hear that values of custom fields were changed from here."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from leadline.core.actions import Actor

Tell = TypeVar("Tell", bound=Callable[..., None])
_registered: dict[str, Callable[..., None]] = {}


def changes_told(kind: str) -> Callable[[Tell], Tell]:
    """Call `tell(ids, name, by=…)` when the field of that name was changed on records of a kind.

    The app that owns the kind publishes what it publishes for every change.
    """

    def register(tell: Tell) -> Tell:
        _registered[kind] = tell
        return tell

    return register


def tell_changed(kind: str, ids: Sequence[int], name: str, *, by: Actor) -> None:
    """Tell the owner of a kind."""
    if kind in _registered:
        _registered[kind](ids, name, by=by)
