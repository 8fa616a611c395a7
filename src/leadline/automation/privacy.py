"""What rules hold about persons: that one ran for them, with the values it asked (PPL-8)."""

from django.utils.translation import gettext_lazy as _

from leadline.automation.actions import erase_from_runs
from leadline.automation.models import Run
from leadline.core.privacy import (
    Holder,
    Person,
    Section,
    register_holder,
    register_texts,
    without_personal_data,
)


def held_runs(person: Person) -> Section:
    """Which rules ran for the person's own records, why, and what they did."""
    rows = Run.objects.none()
    for kind in ("lead", "customer"):
        rows = rows | Run.objects.filter(**{f"{kind}__in": person.ids(kind)})
    return list(rows.order_by("id").values("rule__name", "at", "state", "because", "facts", "did"))


register_holder(
    Holder("automation.runs", _("Rules that ran"), ("automation.Run",), held_runs, erase_from_runs, {})
)
without_personal_data(
    {
        "automation.Rule": "names of events, fields and steps; its texts and conditions are searched",
        "automation.Tally": "counts",
        "automation.Credit": "keys and amounts of payments, for whoever works here",
        "automation.Followed": "a number of the history",
    }
)
register_texts("automation_rule", "name", "happened", "where", "steps")
