"""What is measured of a lead rather than given: how old it is, how fast it was reached, what hangs on it."""

from django.utils.translation import gettext_lazy as _

from leadline.core.fields import Link
from leadline.core.fields.kinds import MOMENT, NUMBER, TEXT
from leadline.core.fields.usual import told

L, P = "leads_lead", "leads_pulse"
MEASURED = (
    told(
        "on_top_since",
        _("On top since"),
        MOMENT,
        f"{P}.top_since",
        needs="pulse",
        attribute="pulse__top_since",
    ),
    told(
        "on_top_because",
        _("On top because"),
        TEXT,
        f"{P}.top_because",
        needs="pulse",
        attribute="pulse__top_because",
        max_length=200,
    ),
    told(
        "reached_after",
        _("Attempts until reached"),
        NUMBER,
        f"{P}.reached_after",
        needs="pulse",
        attribute="pulse__reached_after",
    ),
    told(
        "contacted_within",
        _("Time to first contact (minutes)"),
        NUMBER,
        f"(CASE WHEN {P}.first_contact_at IS NOT NULL"
        f" THEN greatest(extract(epoch FROM {P}.first_contact_at - {L}.registered_at)::float8 / 60, 0) END)",
        needs="pulse",
    ),
    told("age", _("Age (minutes)"), NUMBER, f"(extract(epoch FROM now() - {L}.registered_at)::float8 / 60)"),
)
LINKS = (
    Link(
        name="activities",
        label=_("Activities"),
        kind="activity",
        on=f"timeline_activity.lead_id = {L}.id",
        always="timeline_activity.archived_at IS NULL",
        sums=("duration",),
        dates=("at",),
    ),
    Link(name="stays", label=_("Stays in stages"), kind="stay", on=f"leads_stay.lead_id = {L}.id"),
    Link(name="callbacks", label=_("Callbacks"), kind="callback", on=f"leads_callback.lead_id = {L}.id"),
)
