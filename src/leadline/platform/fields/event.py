"""The fields of an event of the platform (PLT-1)."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from leadline.core.fields import Catalogue, Sort, register
from leadline.core.fields.kinds import CHOICE, MOMENT, NUMBER, TEXT
from leadline.platform.fields.told import DETAILS
from leadline.platform.fields.whose import C, fields_of_user, of_user, read_only
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
            read_only(name="id", label=_("Id"), kind=NUMBER, sql=f"{E}.id"),
            read_only(
                name="event_id",
                label=_("Id on the platform"),
                kind=TEXT,
                sql=f"{E}.event_id",
                max_length=200,
            ),
            read_only(
                name="at",
                label=_("When"),
                kind=MOMENT,
                sql=f"{E}.at",
                sort=Sort(sql=f"{E}.at", holds="moment", near=NEAR),
            ),
            read_only(
                name="kind",
                label=_("Kind"),
                kind=CHOICE,
                sql=f"{E}.kind",
                choices=tuple(KIND_CHOICES),
                groupable=True,
            ),
            *fields_of_user(needs="user"),
            read_only(name="details", label=_("Details"), kind=DETAILS, sql=f"{E}.details", filterable=False),
            read_only(name="received_at", label=_("Received"), kind=MOMENT, sql=f"{E}.received_at"),
        ),
    )
)
