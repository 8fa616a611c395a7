"""What marketing holds about persons: which letters went to them (PPL-8)."""

from django.utils.translation import gettext_lazy as _

from leadline.core.privacy import (
    Holder,
    Person,
    Section,
    register_holder,
    register_texts,
    without_personal_data,
)
from leadline.marketing.actions import erase_sendings
from leadline.marketing.models import Sending


def held_sendings(person: Person) -> Section:
    """Letters to the person's own records: when, and about what."""
    rows = Sending.objects.none()
    for kind, ids in person.records.items():
        rows = rows | Sending.objects.filter(kind=kind, record_id__in=ids)
    return list(rows.order_by("id").values("created_at", "to", "subject", "language"))


register_holder(
    Holder(
        "marketing.sendings",
        _("E-mails"),
        ("marketing.Sending",),
        held_sendings,
        erase_sendings,
        {"sending": ("to", "subject")},
    )
)
HOUSE = "words of the house"
without_personal_data({"marketing.MailTemplate": HOUSE, "marketing.MailText": HOUSE})
register_texts("marketing_mailtemplate", "name", "purpose")
register_texts("marketing_mailtext", "subject", "body")
