"""Segments whose rules ask for a custom field are looked at anew when it goes, changes, or is there again."""

from typing import Any

from leadline.core.actions import Actor
from leadline.core.custom.events import CustomFieldArchived, CustomFieldBroughtBack, CustomFieldChanged
from leadline.core.events import on
from leadline.segments.actions.evaluating import make_due
from leadline.segments.models import Segment


@on(CustomFieldArchived)
def look_without_the_field(event: CustomFieldArchived, *, by: Actor) -> None:
    """The rule means nothing any more, and the segment says so (CUS-17, CUS-21)."""
    _look_anew(event.field, by)


@on(CustomFieldBroughtBack)
def look_with_the_field(event: CustomFieldBroughtBack, *, by: Actor) -> None:
    """The rule means again what it did."""
    _look_anew(event.field, by)


@on(CustomFieldChanged)
def look_at_the_changed_field(event: CustomFieldChanged, *, by: Actor) -> None:
    """Another kind, or a choice that became another one."""
    _look_anew(event.field, by)


def _look_anew(field: str, by: Actor) -> None:
    for segment in Segment.objects.current().filter(is_dynamic=True):
        if _asks_for(segment.rule, field):
            make_due(segment, by=by)


def _asks_for(part: Any, field: str) -> bool:
    """Whether a condition, or one within it, asks for a field of this name."""
    if isinstance(part, list):
        return any(_asks_for(each, field) for each in part)
    return isinstance(part, dict) and (
        part.get("field") == field or any(_asks_for(each, field) for each in part.values())
    )
