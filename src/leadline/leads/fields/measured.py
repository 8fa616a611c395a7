"""What is measured of a lead rather than given: how old it is, how fast it was reached, what hangs on it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from leadline.core.fields import Field, Link
from leadline.core.fields.field import Text
from leadline.core.fields.kinds import MOMENT, NUMBER, TEXT, Kind

L, P = "leads_lead", "leads_pulse"


def _measured(name: str, label: Text, sql: str, kind: Kind = NUMBER, **more: Any) -> Field:
    return Field(name=name, label=label, kind=kind, sql=sql, editable=False, importable=False, **more)


MEASURED = (
    _measured(
        "on_top_since",
        _("On top since"),
        f"{P}.top_since",
        MOMENT,
        needs="pulse",
        attribute="pulse__top_since",
    ),
    _measured(
        "on_top_because",
        _("On top because"),
        f"{P}.top_because",
        TEXT,
        needs="pulse",
        attribute="pulse__top_because",
        max_length=200,
    ),
    _measured(
        "reached_after",
        _("Attempts until reached"),
        f"{P}.reached_after",
        needs="pulse",
        attribute="pulse__reached_after",
    ),
    _measured(
        "contacted_within",
        _("Time to first contact (minutes)"),
        f"(CASE WHEN {P}.first_contact_at IS NOT NULL"
        f" THEN greatest(extract(epoch FROM {P}.first_contact_at - {L}.registered_at) / 60, 0) END)",
        needs="pulse",
    ),
    _measured("age", _("Age (minutes)"), f"(extract(epoch FROM now() - {L}.registered_at) / 60)"),
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
