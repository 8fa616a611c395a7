"""Who uses a segment: whatever keeps a condition; apps above may add other uses (campaigns, automation)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from leadline.core.conditions.kept import Kept, trees_in_force
from leadline.segments.models import Segment
from leadline.segments.rules import named_in

SEGMENTS = "segments"  # the field that asks for them


@dataclass(frozen=True)
class Use:
    """One use: what it is called, where it is seen. One that `holds` must end before the segment does.

    A use that the asker may not see has no `label` and no `address`; it counts all the same.
    """

    what: str
    label: str = ""
    address: str = ""
    holds: bool = False


Finds = Callable[[Segment, Any], Iterable[Use]]
_finders: list[Finds] = []


def register_use(finds: Finds) -> Finds:
    """Let an app say where it uses a segment: `finds(segment, user)` gives each use."""
    _finders.append(finds)
    return finds


def uses_of(segment: Segment, user: Any) -> list[Use]:
    """All uses of a segment, as far as somebody may know of them."""
    return [use for finds in _finders for use in finds(segment, user)]


@register_use
def conditions_that_ask(segment: Segment, user: Any) -> Iterable[Use]:
    """Whatever keeps a condition that asks for it: rules of segments, saved views, rules of retention."""
    asking: dict[Kept, list[int]] = {}
    for kept, key, tree in trees_in_force(SEGMENTS):
        if segment.pk in named_in(tree) and (kept.model, key) != (Segment, segment.pk):
            asking.setdefault(kept, []).append(key)
    for kept, keys in asking.items():
        seen = _seen(kept, keys, user)
        for key in sorted(keys):
            shown = seen.get(key)
            address = kept.address.format(key) if shown else ""
            yield Use(str(kept.one), str(shown) if shown else "", address, holds=kept.holds)


def _seen(kept: Kept, keys: Iterable[int], user: Any) -> dict[int, Any]:
    """Those that the asker may see, by their keys; none of what has no visibility of its own."""
    rows: Any = kept.model._default_manager.all()
    if not hasattr(rows, "visible_to"):
        return {}
    return {row.pk: row for row in rows.visible_to(user).filter(pk__in=keys)}
