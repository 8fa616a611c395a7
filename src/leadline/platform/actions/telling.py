"""Telling of events for whose kinds somebody waits (PLT-6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from leadline.core.events import About
from leadline.platform.events import PlatformEventsTold
from leadline.platform.kinds import PAYMENTS
from leadline.platform.reading.events import Told
from leadline.platform.watching import watched_among


def told_of_watched(told: Sequence[Told]) -> Iterator[tuple[PlatformEventsTold, About]]:
    """What those above are told of new events, once for each kind that is watched for."""
    by_kind: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        if one.kind.key not in PAYMENTS:
            by_kind[one.kind.key].append(one)
    for kind in sorted(watched_among(by_kind)):
        yield _event(kind, by_kind[kind]), {"platform_event": [one.key for one in by_kind[kind]]}


def _event(kind: str, told: Sequence[Told]) -> PlatformEventsTold:
    moments = [one.at for one in told]
    return PlatformEventsTold(kind=kind, count=len(told), first_at=min(moments), last_at=max(moments))
