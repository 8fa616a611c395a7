"""Writes docs/events.md from the event classes: `leadline docs events`."""

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, get_type_hints

from django.utils import translation

from leadline.core.events.event import Event, event_classes
from leadline.core.events.listening import listeners_to

_HEAD = """# Events

Generated from the code by `leadline docs events`. Every event is one row of `core_event`, with one row of
`core_event_subject` for each record it is about. Fields hold keys, amounts, moments and codes, never names.
An event may be told twice to whoever listens.
"""


def events_page() -> str:
    """The whole page, in English, the same for the same code."""
    with translation.override("en"):
        listeners_to(Event)  # finds the events and listeners of all apps
        classes = [found for found in event_classes().values() if _is_ours(found.__module__)]
        return "\n".join([_HEAD, *(line for found in classes for line in _section(found))])


def write_events_page(path: Path) -> None:
    """Write the page anew: what `leadline docs events` does."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(events_page(), encoding="utf-8")


def _is_ours(module: str) -> bool:
    return module.startswith("leadline.") and ".tests." not in module


def _section(event_class: type[Event]) -> Iterator[str]:
    """One event: its rule, its sentence, its fields, who listens."""
    yield f"## {event_class.name()}\n"
    yield f"{(event_class.__doc__ or '').strip().splitlines()[0]}\n"
    yield f"Told as: {event_class.wording}\n"
    if fields(event_class):
        yield "| field | holds |\n| --- | --- |"
        hints = get_type_hints(event_class)
        yield (
            "\n".join(f"| `{field.name}` | {_words(hints[field.name])} |" for field in fields(event_class))
            + "\n"
        )
    listeners = [found.name.removeprefix("leadline.") for found in listeners_to(event_class)]
    yield f"Listening: {', '.join(f'`{name}`' for name in listeners) or 'nobody yet'}\n"


def _words(hint: Any) -> str:
    return (
        hint.__name__
        if isinstance(hint, type)
        else str(hint).replace("datetime.", "").replace("decimal.", "")
    )
