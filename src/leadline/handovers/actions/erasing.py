"""Erasing a person from sheets of hand-overs (PPL-8)."""

from leadline.core.actions import Actor, action
from leadline.core.privacy import Erased, Person
from leadline.handovers.models import SheetLine


@action
def erase_from_sheets(person: Person, *, by: Actor) -> Erased:
    """Empty the remarks on the person's own records."""
    count = 0
    for kind, ids in person.records.items():
        count += SheetLine.objects.filter(kind=kind, record_id__in=ids).exclude(remark="").update(remark="")
    return Erased({"remarks": count})
