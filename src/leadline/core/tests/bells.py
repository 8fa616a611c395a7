"""A listener that takes events in batches, for the tests that start a worker."""

from dataclasses import dataclass

from leadline.core.events import Event, on


@dataclass(frozen=True)
class BellRang(Event):
    """A bell rang."""

    times: int

    wording = "rang %(times)s times"


@on(BellRang, in_batches=True)
def say_rang(events, *, by) -> None:
    """Tell the test what the worker was told."""
    print("rang", *(event.times for event in events), flush=True)
