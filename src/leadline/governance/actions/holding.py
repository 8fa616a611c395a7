"""Legal holds: what must not be erased for a time (PPL-8)."""

from datetime import date

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, require
from leadline.core.clock import now
from leadline.core.events import Subject, publish
from leadline.core.privacy import Person
from leadline.core.refusals import RuleBroken
from leadline.governance.events import LegalHoldLifted, LegalHoldSet
from leadline.governance.models import LegalHold
from leadline.governance.policies import WHO_CAN_HELP, may_erase


@action
def set_legal_hold(person: Person, *, reason: str, until: date | None = None, by: Actor) -> LegalHold:
    """Forbid erasing a person, until a day (which still counts) or until it is lifted."""
    require(may_erase(by.user), who_can_help=WHO_CAN_HELP)
    if not reason.strip():
        raise RuleBroken(_("Say why: a law, a dispute, a file number."), field="reason")
    if until and until < now().date():
        raise RuleBroken(_("This day is over. Give a later one, or none."), field="until", value=until)
    LegalHold.objects.filter(
        kind=person.kind, record_id=person.id, lifted_at=None, until__lt=now().date()
    ).update(lifted_at=now())
    hold = LegalHold.objects.create(
        kind=person.kind,
        record_id=person.id,
        reason=reason.strip(),
        until=until,
        set_by=by.user,
        set_at=now(),
    )
    publish(LegalHoldSet(until=until), by=by, about=[Subject(person.kind, person.id)])
    return hold


@action
def lift_legal_hold(hold: LegalHold, *, by: Actor) -> LegalHold:
    """Let a person be erased again; an erasure that waits is done in the night."""
    require(may_erase(by.user), who_can_help=WHO_CAN_HELP)
    LegalHold.objects.filter(pk=hold.pk, lifted_at=None).update(lifted_at=now())
    publish(LegalHoldLifted(), by=by, about=[Subject(hold.kind, hold.record_id)])
    return LegalHold.objects.get(pk=hold.pk)
