"""How long something takes, warm, in milliseconds."""

import time
from collections.abc import Callable, Sequence
from statistics import median, quantiles
from typing import Any

import psutil

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
    before = _processor_time()
    taken = timed(works, times)
    used = _processor_time() - before
    plain = [lambda sql=sql, params=params: query(sql, params) for sql, params in raw]
    # Warming up counted too.
    rounds = max(times, len(works)) + len(works[: max(WARM, len(works))])
    return Measured(
        median(taken), _p95(taken), median(timed(plain, times)) if plain else None, cpu=used / rounds or None
    )


def _processor_time() -> float:
    """Milliseconds used by this process, and by its connection's server process if that is here."""
    own = time.process_time() * 1000
    try:
        server = psutil.Process(query("SELECT pg_backend_pid()")[0][0])
        if "postgres" in server.name():
            used = server.cpu_times()
            return own + (used.user + used.system) * 1000
    except psutil.Error:
        pass
    return own


def _p95(taken: list[float]) -> float:
    return quantiles(taken, n=20)[-1] if len(taken) > 1 else taken[0]
