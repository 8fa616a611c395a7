"""How long something takes, warm, in milliseconds."""

import time
from collections.abc import Callable, Sequence
from statistics import median, quantiles
from typing import Any

from leadline.config.bench.data import query
from leadline.config.bench.registry import Measured

WARM = 3


def timed(works: Sequence[Callable[[], Any]], times: int) -> list[float]:
    """Milliseconds of each call; the works take turns, after each was done once or more to warm up."""
    for work in works[: max(WARM, len(works))]:
        work()
    taken = []
    for turn in range(max(times, len(works))):
        work = works[turn % len(works)]
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def measured(
    works: Sequence[Callable[[], Any]], times: int, *, raw: Sequence[tuple[str, Any]] = ()
) -> Measured:
    """Median and 95th percentile of works, beside the median of the raw SQL of the same."""
    taken = timed(works, times)
    plain = [lambda sql=sql, params=params: query(sql, params) for sql, params in raw]
    return Measured(median(taken), _p95(taken), median(timed(plain, times)) if plain else None)


def _p95(taken: list[float]) -> float:
    return quantiles(taken, n=20)[-1] if len(taken) > 1 else taken[0]
