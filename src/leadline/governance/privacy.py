"""What governance itself holds about persons: holds and erasures, whose reasons lose the name (PPL-8)."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leadline.core.privacy import (
    Holder,
    Person,
    Section,
    register_holder,
    register_texts,
    without_personal_data,
)
from leadline.core.secrets.rotating import register_use
from leadline.governance.actions import erase_consents, erase_sensitive
from leadline.governance.models import Consent, LegalHold, RecordMarks, Redaction, Seal, Sensitive


def held_holds(person: Person) -> Section:
    """Legal holds on the person."""
    about = Q(pk=None)
    for kind, ids in person.records.items():
        about |= Q(kind=kind, record_id__in=ids)
    return list(
        LegalHold.objects.filter(about).order_by("id").values("reason", "until", "set_at", "lifted_at")
    )


register_holder(
    Holder("governance.holds", _("Legal holds"), ("governance.LegalHold", "governance.Erasure"), held_holds)
)


def held_consents(person: Person) -> Section:
    """What the person stated about being reached."""
    about = Q(pk=None)
    for kind, ids in person.records.items():
        about |= Q(kind=kind, record_id__in=ids)
    rows = Consent.objects.filter(about).order_by("id")
    return list(rows.values("channel", "state", "stated_on", "source", "text_version", "recorded_at"))


register_holder(
    Holder("governance.consents", _("Consents"), ("governance.Consent",), held_consents, erase_consents)
)


def held_sensitive(person: Person) -> Section:
    """Sensitive fields, masked; who may see them gets them opened (`reporting`)."""
    about = Q(pk=None)
    for kind, ids in person.records.items():
        about |= Q(kind=kind, record_id__in=ids)
    rows = Sensitive.objects.filter(about).order_by("id")
    return [{"kind": row.kind, "id": row.record_id, "name": row.name, "value": row.masked} for row in rows]


register_holder(
    Holder(
        "governance.sensitive",
        _("Sensitive fields"),
        ("governance.Sensitive",),
        held_sensitive,
        erase_sensitive,
    )
)
register_texts("governance_retentionrule", "name", "where")
register_texts("governance_legalhold", "reason")
register_texts("governance_erasure", "reason")
without_personal_data(
    {
        "governance.RetentionRule": "rules; a condition loses the name of a person",
        "governance.Seal": "hashes",
        "governance.Redaction": "digests",
        "governance.RecordMarks": "digests",
        "governance.Entry": "a view over history and ledger",
    }
)
register_use("seals of the audit", lambda key: Seal.objects.filter(key=key).count())
register_use("erasures in the audit", lambda key: Redaction.objects.filter(key=key).count())
register_use("marks of records", lambda key: RecordMarks.objects.filter(key=key).count())
