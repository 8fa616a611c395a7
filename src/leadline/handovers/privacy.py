"""What hand-overs hold about persons: words of people about records that came over (PPL-8)."""

from django.utils.translation import gettext_lazy as _

from leadline.core.privacy import Holder, Person, Section, register_holder, register_texts
from leadline.handovers.actions import erase_from_sheets
from leadline.handovers.models import SheetLine


def held_lines(person: Person) -> Section:
    """What new owners remarked on the person's own records."""
    rows = SheetLine.objects.none()
    for kind, ids in person.records.items():
        rows = rows | SheetLine.objects.filter(kind=kind, record_id__in=ids)
    return list(rows.order_by("id").values("kind", "record_id", "why", "remark"))


register_holder(
    Holder(
        "handovers.sheets",
        _("Hand-overs"),
        ("handovers.Handover", "handovers.Sheet", "handovers.SheetLine"),
        held_lines,
        erase_from_sheets,
    )
)
register_texts("handovers_handover", "title", "parts")
register_texts("handovers_sheet", "remarks")
register_texts("handovers_sheetline", "remark")
