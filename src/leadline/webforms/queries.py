"""The questions about web forms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Sum

from leadline.core.clock import now
from leadline.webforms.models import Day, Submission, WebForm

COUNTED_DAYS = 30


@dataclass(frozen=True)
class Counts:
    """How often a form was seen, sent, and held back, in the last thirty days (UTC)."""

    views: int = 0
    sent: int = 0
    held: int = 0

    @property
    def share(self) -> float | None:
        """Which part of the views became a submission that was not held; None without views."""
        return min(1.0, (self.sent - self.held) / self.views) if self.views else None


def counts_of(forms: Sequence[WebForm]) -> dict[int, Counts]:
    """The counts of forms, by form, in one query; a form that nobody saw has none."""
    since = now().date() - timedelta(days=COUNTED_DAYS - 1)
    rows = (
        Day.objects.filter(form__in=forms, day__gte=since)
        .values_list("form_id")
        .annotate(Sum("views"), Sum("sent"), Sum("held"))
    )
    return {pk: Counts(views, sent, held) for pk, views, sent, held in rows}


def waiting_count() -> int:
    """How many submissions are held back, of all forms."""
    return int(Submission.objects.held().count())


def form_of_key(key: str) -> WebForm | None:
    """The form that visitors may send at an address; None for one that is closed or was never there."""
    return WebForm.objects.select_related("owner").filter(key=key, is_on=True, archived_at=None).first()
