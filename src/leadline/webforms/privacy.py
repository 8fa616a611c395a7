"""What forms hold about persons: what they sent (PPL-8)."""

from django.utils.translation import gettext_lazy as _

from leadline.core.privacy import (
    Holder,
    Person,
    Section,
    register_holder,
    register_texts,
    without_personal_data,
)
from leadline.webforms.actions import erase_submissions
from leadline.webforms.models import Submission


def held_submissions(person: Person) -> Section:
    """What the person's leads sent, when and from where."""
    rows = Submission.objects.filter(lead_id__in=person.ids("lead")).order_by("id")
    return list(rows.values("at", "form__name", "language", "network", "answers", "consents"))


register_holder(
    Holder(
        "webforms.submissions",
        _("Web forms"),
        ("webforms.Submission",),
        held_submissions,
        erase_submissions,
        {},
    )
)
without_personal_data({"webforms.WebForm": "words of the house", "webforms.Day": "counts"})
register_texts("webforms_webform", "name")
