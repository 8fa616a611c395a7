"""What the API keeps about persons: answers of a day, and what other systems answered (PPL-8)."""

from django.utils.translation import gettext_lazy as _

from leadline.api.actions import empty_answers
from leadline.api.models import Attempt
from leadline.core.actions import Actor
from leadline.core.privacy import (
    Holder,
    Person,
    Section,
    register_holder,
    register_texts,
    without_personal_data,
)
from leadline.people.models import User


def held_attempts(person: Person) -> Section:
    """Answers of other systems that name the person."""
    rows = Attempt.objects.none()
    for word in person.certain_words:
        rows = rows | Attempt.objects.filter(answer__icontains=word)
    return list(rows.order_by("id").values("id", "at", "answer"))


def sweep_answers(person: Person) -> dict[str, int]:
    """Empty kept answers that name the person."""
    return {"answers": empty_answers(person.certain_words, by=Actor(User.objects.house(), via="job"))}


register_holder(
    Holder(
        "api.answers",
        _("Answers of the API and of other systems"),
        ("api.Attempt", "api.IdempotencyKey", "api.Webhook"),
        held_attempts,
        sweep=sweep_answers,
    )
)
register_texts("api_attempt", "answer", "problem")
register_texts("api_webhook", "name", "paused_because")
without_personal_data({"api.Delivery": "keys and codes of events"})
