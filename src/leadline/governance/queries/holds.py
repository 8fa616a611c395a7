"""Which legal holds stand."""

from django.db.models import Q
from django.utils.translation import gettext as _

from leadline.core import formats
from leadline.core.clock import now
from leadline.core.privacy import Person
from leadline.governance.models import LegalHold


def hold_on(person: Person) -> LegalHold | None:
    """The hold that stands on a person, or on any record that is erased with the person."""
    about = Q(kind=person.kind, record_id=person.id)
    for kind, ids in person.records.items():
        about |= Q(kind=kind, record_id__in=ids)
    standing = Q(until=None) | Q(until__gte=now().date())
    return LegalHold.objects.filter(about, standing, lifted_at=None).order_by("id").first()


def why_held(hold: LegalHold) -> str:
    """Why nothing is erased, until when, and who can help."""
    until = (
        _("until %(day)s") % {"day": formats.day(hold.until)} if hold.until else _("until somebody lifts it")
    )
    return _(
        "A legal hold stands %(until)s: %(reason)s. A compliance officer can lift it; the erasure can also"
        " wait for its end."
    ) % {"until": until, "reason": hold.reason}
