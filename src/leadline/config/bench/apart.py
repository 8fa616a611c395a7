"""Long work in a process of its own, so that its memory can be told: `python -m …bench.apart WORK …`."""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django
from django.urls import reverse

from leadline.core.loading import nothing_is_garbage

MEASURED = "measured:"


@dataclass(frozen=True)
class Result:
    """What a process did: rows, seconds of the work itself, megabytes at the most."""

    rows: int
    seconds: float
    megabytes: float
    told: dict[str, Any]

    @property
    def per_second(self) -> float:
        """Rows each second."""
        return self.rows / self.seconds if self.seconds else 0.0


def run_apart(work: str, *args: str, environment: dict[str, str]) -> Result:
    """Do one of WORKS in another process; raises RuntimeError with what it said when it fails."""
    command = [sys.executable, "-m", "leadline.config.bench.apart", work, *args]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    for line in done.stdout.splitlines():
        if line.startswith(MEASURED):
            return Result(**json.loads(line.removeprefix(MEASURED)))
    said = [line for line in (done.stderr or done.stdout).splitlines() if line.strip(" ^~")]
    raise RuntimeError(said[-1] if said else f"{work} ended with {done.returncode} and said nothing")


def main() -> None:
    """The other process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leadline.config.settings")
    with nothing_is_garbage():  # as a worker starts
        django.setup()
        works: dict[str, Callable[..., Any]] = _works()
    work, args = sys.argv[1], sys.argv[2:]
    prepared = works[work](*args)
    reverse(
        "customers:list"
    )  # reading all addresses takes longer than some works; a worker has done so long ago
    start = time.perf_counter()
    rows, told = prepared()
    seconds = time.perf_counter() - start
    most = _most_memory()
    sys.stdout.write(
        MEASURED
        + json.dumps({"rows": rows, "seconds": seconds, "megabytes": most, "told": told}, default=str)
        + "\n"
    )


def _most_memory() -> float:
    """Megabytes at the most. Linux's own word for it, as getrusage counts what the parent weighed, too."""
    try:
        status = Path("/proc/self/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) / 1024
    except (OSError, IndexError, ValueError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _works() -> dict[str, Callable[..., Any]]:
    """The works; loaded only here, where the framework is set up."""
    from leadline.config.bench.works import WORKS  # noqa: PLC0415 - needs the framework to be set up

    return WORKS


if __name__ == "__main__":
    main()
