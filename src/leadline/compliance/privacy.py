"""What compliance holds about persons (PPL-8)."""

from django.utils.translation import gettext_lazy as _

from leadline.compliance.actions import erase_from_procedures
from leadline.compliance.actions.erasing import procedures_of
from leadline.compliance.models import Check, Document
from leadline.core.privacy import Holder, Person, Section, register_holder, without_personal_data


def held_procedures(person: Person) -> Section:
    """The person's procedures with checks and documents; of a user what was decided and brought when."""
    if person.kind == "user":
        decided = Check.objects.filter(decided_by_id=person.id).order_by("id").values("id", "decided_at")
        brought = Document.objects.filter(uploaded_by_id=person.id).order_by("id")
        return [*decided, *brought.values("id", "uploaded_at")]
    own = procedures_of(person)
    checks = Check.objects.filter(procedure__in=own).order_by("id")
    documents = Document.objects.filter(check_of__procedure__in=own).order_by("id")
    return [
        *own.order_by("id").values(
            "id", "state", "reason", "amount", "currency", "deposited_at", "expires_on"
        ),
        *checks.values("id", "item__name", "state", "reason", "expires_on"),
        *documents.values("id", "name", "size", "uploaded_at"),
    ]


register_holder(
    Holder(
        "compliance.procedures",
        _("Compliance"),
        ("compliance.Procedure", "compliance.Check", "compliance.Document"),
        held_procedures,
        erase_from_procedures,
        {"procedure": ("reason",), "compliance_check": ("reason",), "compliance_document": ("name", "size")},
    )
)
without_personal_data({"compliance.Item": "names of what is checked"})
