"""The fields of capabilities, for history and the API; and fields that name one."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leadline.core.catalogue_forms import OPTIONS
from leadline.core.fields import Catalogue, Field, Sort, register
from leadline.core.fields.kinds import CHOICE, MOMENT, NUMBER, TEXT
from leadline.core.fields.kinds.links import LinkKind
from leadline.core.fields.usual import record_id
from leadline.core.subjects import register_subject
from leadline.plans.keys import LONGEST
from leadline.plans.models import Capability
from leadline.plans.queries import capabilities_to_choose

T = "plans_capability"


class CapabilityKind(LinkKind):
    """A capability, found by its name or id."""

    key = "capability"

    def target(self, field: Field) -> str:
        """A capability."""
        return "capability"


CAPABILITY_KIND = CapabilityKind()
CAPABILITY = register(
    Catalogue(
        kind="capability",
        label=_("Capability"),
        plural=_("Capabilities"),
        model="plans.Capability",
        table=T,
        default_columns=("name", "key", "kind", "default_limit"),
        default_sort="name",
        fields=(
            record_id(T),
            Field(
                name="name",
                label=_("Name"),
                kind=TEXT,
                sql=f"{T}.name",
                required=True,
                max_length=LONGEST,
                sort=Sort(sql=f"{T}.name"),
            ),
            Field(name="key", label=_("Key"), kind=TEXT, sql=f"{T}.key", editable=False, max_length=LONGEST),
            Field(
                name="kind",
                label=_("Kind"),
                kind=CHOICE,
                sql=f"{T}.kind",
                choices=tuple(Capability.Kind.choices),
            ),
            Field(
                name="default_limit",
                label=_("Limit without a plan"),
                kind=NUMBER,
                sql=f"{T}.default_limit",
                minimum=0,
            ),
            Field(
                name="description",
                label=_("Description"),
                kind=TEXT,
                sql=f"{T}.description",
                max_length=300,
            ),
            Field(name="found_at", label=_("Found"), kind=MOMENT, sql=f"{T}.found_at", editable=False),
            Field(name="retired_at", label=_("Retired"), kind=MOMENT, sql=f"{T}.retired_at", editable=False),
        ),
    )
)
OPTIONS["capability"] = lambda _item: list(capabilities_to_choose())
register_subject("capability", "plans.Capability")
