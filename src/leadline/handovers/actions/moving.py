"""Records get their new owners, portion by portion, each with its line on a sheet (PPL-1, SIG-10)."""

from collections.abc import Mapping, Sequence

from django.db.models import Count
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.core.events import Subject, publish
from leadline.core.sets import copy_rows
from leadline.handovers.events import HandoverDone, HandoverReturned
from leadline.handovers.models import Handover, Sheet, SheetLine
from leadline.handovers.planning import Draft, spreading_of
from leadline.handovers.registry import Moved, Owned
from leadline.handovers.spreading import Facts, Share
from leadline.people.models import User


@action
def give_portion(handover: Handover, owned: Owned, ids: Sequence[int], *, by: Actor) -> Moved:
    """Give records their new owners by the rules of the hand-over, as the people's loads are now.

    What another hand-over gave away before is refused with that reason; each record has one owner.
    """
    shares = _shares(handover, owned, owned.facts(ids, by), by)
    if not shares:
        return owned.assign({}, {}, handover.pk, by)
    owners = {key: share.owner_id for key, (_record, share) in shares.items()}
    held_by = {key: handover.from_user_id or record.owner_id for key, (record, _share) in shares.items()}
    moved = owned.assign(owners, held_by, handover.pk, by)
    _put_on_sheets(handover, owned.kind, shares, moved.changed)
    return moved


@action
def return_portion(handover: Handover, owned: Owned, lines: Sequence[SheetLine], *, by: Actor) -> Moved:
    """Give records back to whom they were taken from, as far as the deputy still has them."""
    deputies = {line.record_id: line.sheet.owner_id for line in lines}
    back = {line.record_id: line.from_id for line in lines if line.from_id}
    there = User.objects.active().filter(pk__in=set(back.values())).values_list("pk", flat=True)
    able = {key: owner for key, owner in back.items() if owner in set(there)}
    moved = owned.assign(able, {key: deputies[key] for key in able}, handover.pk, by)
    left = _("Its former owner does not work here any more.")
    moved.refused.update({key: left for key in set(deputies) - set(able)})
    return moved


@action
def finish_handover(handover: Handover, *, returned: bool = False, by: Actor) -> None:
    """All have had their turn: those above and the new owners are told."""
    event = (HandoverReturned if returned else HandoverDone)(handover_id=handover.pk)
    owners = handover.sheets.values_list("owner_id", flat=True)
    publish(event, by=by, about=[handover, *(Subject("user", owner) for owner in owners)])


def draft_of(handover: Handover) -> Draft:
    """The rules that were wanted."""
    return Draft(
        reason=handover.reason,
        way=handover.way,
        person=handover.from_user,
        to=handover.to,
        team=handover.team,
        overflow=handover.overflow,
    )


def _shares(
    handover: Handover, owned: Owned, facts: Sequence[Facts], by: Actor
) -> dict[int, tuple[Facts, Share]]:
    """Record → its facts and its share; one that can't be moved is left to the action to refuse."""
    given = dict(
        SheetLine.objects.filter(sheet__handover=handover, kind=owned.kind)
        .values_list("sheet__owner_id")
        .annotate(Count("pk"))
    )
    spreading = spreading_of(draft_of(handover), owned, by.user, given)
    rest = Share(spreading.overflow, "")
    return {record.id: (record, rest if record.refused else spreading.share_of(record)) for record in facts}


def _put_on_sheets(
    handover: Handover, kind: str, shares: Mapping[int, tuple[Facts, Share]], moved: Sequence[int]
) -> None:
    wanted = {shares[key][1].owner_id for key in moved}
    Sheet.objects.bulk_create(
        [Sheet(handover=handover, owner_id=owner, created_at=now()) for owner in sorted(wanted)],
        ignore_conflicts=True,
    )
    sheets = dict(Sheet.objects.filter(handover=handover).values_list("owner_id", "pk"))
    rows = [
        (sheets[share.owner_id], kind, key, record.owner_id, share.why, "")
        for key, (record, share) in ((key, shares[key]) for key in moved)
    ]
    copy_rows(SheetLine, ("sheet_id", "kind", "record_id", "from_id", "why", "remark"), rows)
