"""Which function does which kind of job."""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from django.utils.module_loading import autodiscover_modules

if TYPE_CHECKING:
    from leadline.core.jobs.models import Job
    from leadline.core.jobs.running import Running

Run = TypeVar("Run", bound="Callable[[Running], None]")
_runs: dict[str, "Callable[[Running], None]"] = {}
_after: list["Callable[[Job], None]"] = []


def job(kind: str) -> Callable[[Run], Run]:
    """Register the function that does a kind of job; it stands in `<app>/tasks.py`."""

    def register(run: Run) -> Run:
        _runs[kind] = run
        return run

    return register


def run_of(kind: str) -> "Callable[[Running], None]":
    """The function of a kind; raises KeyError for a kind nobody does."""
    _discover()
    return _runs[kind]


def after_job(told: "Callable[[Job], None]") -> "Callable[[Job], None]":
    """Tell a function of each job that ended (done, failed or cancelled), in the transaction that ends it."""
    _after.append(told)
    return told


def tell_after(ended: "Job") -> None:
    """Tell all who asked that a job has ended."""
    _discover()
    for told in _after:
        told(ended)


@cache
def _discover() -> None:
    autodiscover_modules("tasks")
