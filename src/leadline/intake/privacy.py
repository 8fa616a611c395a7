"""What mail that comes in holds about persons (PPL-8)."""

from django.utils.translation import gettext_lazy as _

from leadline.core.privacy import (
    Holder,
    Person,
    Section,
    register_holder,
    register_texts,
    without_personal_data,
)
from leadline.intake.actions import erase_letters
from leadline.intake.actions.tidying import letters_of
from leadline.intake.models import LetterFile


def held_letters(person: Person) -> Section:
    """The person's letters: when they came, about what, and which files came along."""
    letters = letters_of(person)
    files = LetterFile.objects.filter(letter__in=letters).order_by("id")
    return [
        *letters.order_by("id").values("at", "sent_at", "sender", "sender_name", "subject", "body"),
        *files.values("id", "name", "size"),
    ]


register_holder(
    Holder(
        "intake.letters",
        _("Mail in"),
        ("intake.Letter", "intake.LetterFile"),
        held_letters,
        erase_letters,
        {},
    )
)
without_personal_data({"intake.IntakeAddress": "addresses of the house"})
register_texts("intake_letter", "sender_name", "subject", "body")
