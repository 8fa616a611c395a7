"""Who asks for whom: segments whose rules name others, of all kinds (CUS-17)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from leadline.segments.models import Segment
from leadline.segments.rules import named_in

Asking = Mapping[int, set[int]]  # segment → those whose rules name it


def who_asks() -> Asking:
    """Each segment that a rule in use names, with those whose rules they are."""
    asking: dict[int, set[int]] = defaultdict(set)
    for key, rule in Segment.objects.current().filter(is_dynamic=True).values_list("pk", "rule"):
        for named in named_in(rule):
            asking[named].add(key)
    return dict(asking)


def with_those_that_ask(keys: Iterable[int], asking: Asking) -> set[int]:
    """The segments, and all whose rules name one of them, directly or through others."""
    found = set(keys)
    waiting = list(found)
    while waiting:
        more = asking.get(waiting.pop(), set()) - found
        found |= more
        waiting += more
    return found
