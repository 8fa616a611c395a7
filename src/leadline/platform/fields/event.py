"""The fields of an event of the platform (PLT-1)."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from leadline.core.fields import Catalogue, Sort, register
from leadline.core.fields.kinds import CHOICE, MOMENT, TEXT
from leadline.core.fields.usual import record_id, told
from leadline.platform.fields.told import DETAILS
from leadline.platform.fields.whose import C, fields_of_user, of_user
from leadline.platform.kinds import KIND_CHOICES

E = "platform_platformevent"
NEAR = timedelta(days=31)

PLATFORM_EVENT = register(
    Catalogue(
        kind="platform_event",
        label=_("Event of the platform"),
        plural=_("Events of the platform"),
        model="platform.PlatformEvent",
        table=E,
        joins=of_user(E),
        default_columns=("at", "kind", "external_id", "customer", "details"),
        default_sort="-at",
        scope_table=C,
        scope_needs="user",
        fields=(
            record_id(E),
            told("event_id", _("Id on the platform"), TEXT, f"{E}.event_id", max_length=200),
            told("at", _("When"), MOMENT, f"{E}.at", sort=Sort(sql=f"{E}.at", holds="moment", near=NEAR)),
            told("kind", _("Kind"), CHOICE, f"{E}.kind", choices=tuple(KIND_CHOICES), groupable=True),
            *fields_of_user(needs="user"),
            told("details", _("Details"), DETAILS, f"{E}.details", filterable=False),
            told("received_at", _("Received"), MOMENT, f"{E}.received_at"),
        ),
    )
)
