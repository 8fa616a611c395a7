"""What “Why?” tells of records that were handed over: from whom to whom, and by what (PPL-5, SIG-10)."""

from typing import Any

from django.utils.translation import gettext as _

from leadline.core import formats
from leadline.core.verbs import Fact, tells
from leadline.handovers.models import Handover, SheetLine
from leadline.handovers.registry import owned_kind
from leadline.people.models import User


@tells
def handed_over(kind: str, user: User, record: Any) -> list[Fact]:
    """The last hand-over of the record, as far as the person sees that one."""
    if owned_kind(kind) is None:
        return []
    lines = SheetLine.objects.visible_to(user).filter(kind=kind, record_id=record.pk)
    line = lines.select_related("sheet__owner", "sheet__handover__from_user").order_by("-pk").first()
    if line is None or line.sheet.handover.is_undone:
        return []
    handover = line.sheet.handover
    words = {
        "title": handover.title,
        "owner": line.sheet.owner,
        "day": formats.day(line.sheet.created_at),
        "until": formats.day(handover.ends_on) if handover.ends_on else "",
    }
    told = _("It went to %(owner)s on %(day)s by the hand-over “%(title)s”.")
    if handover.state == Handover.State.BEGUN and handover.ends_on:
        told = _("It went to %(owner)s on %(day)s by the hand-over “%(title)s”, until %(until)s.")
    return [("handed_over", told % words)]
