"""What people say of pairs: not duplicates, later, and that they were wrong (CUS-22)."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, require
from leadline.core.clock import now
from leadline.core.events import publish
from leadline.core.refusals import RuleBroken
from leadline.duplicates.events import DuplicatesDismissed
from leadline.duplicates.models import Dismissal, Pair
from leadline.duplicates.queries import pairs_editable_by

MOST = 500


@action
def dismiss_pairs(ids: Iterable[int], *, by: Actor) -> int:
    """Say that pairs are not duplicates: remembered whatever later scans find; returns how many.

    Raises `NotAllowed` where the person may not edit both sides.
    """
    pairs = _pairs(ids, by)
    moment = now()
    Dismissal.objects.bulk_create(
        [
            Dismissal(
                kind=pair.kind,
                low_id=pair.low_id,
                high_id=pair.high_id,
                dismissed_by=by.user,
                dismissed_at=moment,
            )
            for pair in pairs
        ],
        ignore_conflicts=True,
    )
    publish(DuplicatesDismissed(count=len(pairs)), by=by, about=[])
    return len(pairs)


@action
def put_off(ids: Iterable[int], *, by: Actor) -> int:
    """Show pairs after all others; returns how many."""
    pairs = _pairs(ids, by)
    return Pair.objects.filter(pk__in=[pair.pk for pair in pairs]).update(later_at=now())


@action
def take_back(pair: Pair, *, by: Actor) -> None:
    """Two records may be duplicates after all."""
    _pairs([pair.pk], by)
    standing = Dismissal.objects.standing().filter(kind=pair.kind, low_id=pair.low_id, high_id=pair.high_id)
    if not standing.update(taken_back_at=now()):
        raise RuleBroken(_("Nobody said that these are not duplicates."))
    publish(DuplicatesDismissed(count=1, taken_back=True), by=by, about=[])


def _pairs(ids: Iterable[int], by: Actor) -> list[Pair]:
    wanted = sorted(set(ids))
    if not wanted:
        raise RuleBroken(_("Choose at least one pair."), field="ids")
    if len(wanted) > MOST:
        raise RuleBroken(_("At most %(most)s pairs at once.") % {"most": MOST}, field="ids")
    pairs = list(Pair.objects.filter(pk__in=wanted).order_by("pk"))
    require(
        pairs_editable_by(by.user, pairs) == {pair.pk for pair in pairs} and len(pairs) == len(wanted),
        _("You may say this of records that you may edit, both of them."),
    )
    return pairs
