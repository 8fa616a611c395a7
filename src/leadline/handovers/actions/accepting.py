"""New owners accept their sheets, and are reminded until they do (SIG-10)."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock, require
from leadline.core.clock import now
from leadline.core.events import publish
from leadline.core.refusals import RuleBroken
from leadline.handovers import policies
from leadline.handovers.events import SheetAccepted
from leadline.handovers.models import Sheet, SheetLine

LONGEST_REMARK, LONGEST_REMARKS = 500, 5000


@action
def accept_sheet(
    sheet: Sheet, *, remarks: str | None = None, on_lines: Mapping[int, str] | None = None, by: Actor
) -> Sheet:
    """The new owner has read the sheet and takes over, with the remarks noted before and these.

    Raises `RuleBroken` when it was accepted before, or for a remark that is too long.
    """
    sheet = note_remarks(sheet, remarks=remarks, on_lines=on_lines, by=by)
    sheet.accepted_at = now()
    sheet.save(update_fields=["accepted_at"])
    told = SheetAccepted(handover_id=sheet.handover_id, sheet_id=sheet.pk)
    publish(told, by=by, about=[sheet.handover, sheet.owner])
    return sheet


@action
def note_remarks(
    sheet: Sheet, *, remarks: str | None = None, on_lines: Mapping[int, str] | None = None, by: Actor
) -> Sheet:
    """Keep what the new owner remarked on the whole (None: as it is) and on single records, by line id.

    An empty remark takes away the one before. Raises `RuleBroken` once the sheet is accepted.
    """
    require(policies.may_accept(by.user, sheet), _("Only the new owner can accept this sheet."))
    sheet = lock(sheet, "handover", "owner")
    if sheet.accepted_at is not None:
        raise RuleBroken(_("This sheet is accepted already."))
    if remarks is not None:
        sheet.remarks = _checked(remarks, LONGEST_REMARKS, "remarks")
        sheet.save(update_fields=["remarks"])
    _remark(sheet, on_lines or {})
    return sheet


@action
def remind_of_sheet(sheet: Sheet, *, today: date, by: Actor) -> None:
    """Note that the owner was reminded on this day."""
    Sheet.objects.filter(pk=sheet.pk).update(reminded_on=today)


def _remark(sheet: Sheet, on_lines: Mapping[int, str]) -> None:
    said = {key: _checked(words, LONGEST_REMARK, "on_lines") for key, words in on_lines.items()}
    lines = list(SheetLine.objects.filter(sheet=sheet, pk__in=said))
    if len(lines) < len(said):
        raise RuleBroken(_("One of these records is not on this sheet."), field="on_lines")
    for line in lines:
        line.remark = said[line.pk]
    SheetLine.objects.bulk_update(lines, ["remark"], batch_size=500)


def _checked(words: str, longest: int, field: str) -> str:
    words = words.strip().replace("\0", "")
    if len(words) > longest:
        raise RuleBroken(_("At most %(longest)s characters, please.") % {"longest": longest}, field=field)
    return words
