"""The fields of what customers use of capabilities (PLT-7)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from leadline.core.fields import Catalogue, Field, Sort, Viewer, register
from leadline.core.fields.kinds import CHOICE, DATE, NUMBER
from leadline.core.fields.kinds.numbers import NumberKind
from leadline.core.fields.usual import record_id, told
from leadline.core.formats import percent
from leadline.plans.fields import CAPABILITY_KIND
from leadline.plans.models import Capability
from leadline.platform.fields.whose import OWNER, TEAM_OF_CUSTOMER, C, fields_of_customer
from leadline.platform.models import FeatureUse

F, K = "platform_featureuse", "plans_capability"
NO_PART = 9999  # what stood there of what is in no plan, until it is measured anew


class ShareKind(NumberKind):
    """A part of a limit: 1 is all of it, shown as percent."""

    def render(self, value: Any, field: Field, viewer: Viewer) -> str:
        """As percent; nothing where there is no limit, or a limit of none."""
        return percent(value) if value and value < NO_PART else ""


FEATURE_USE = register(
    Catalogue(
        kind="usage",
        label=_("Use of a capability"),
        plural=_("Use of capabilities"),
        model="platform.FeatureUse",
        table=F,
        joins={
            "customer": f"JOIN {C} ON {C}.id = {F}.customer_id",
            "capability": f"JOIN {K} ON {K}.id = {F}.capability_id",
            "owner": OWNER,
            "team": TEAM_OF_CUSTOMER,
        },
        default_columns=("customer", "capability", "used", "limit", "share", "state", "last_month", "owner"),
        default_sort="-share",
        scope_table=C,
        scope_needs="customer",
        fields=(
            record_id(F),
            *fields_of_customer(f"{F}.customer_id", needs="customer"),
            told(
                "capability",
                _("Capability"),
                CAPABILITY_KIND,
                f"{F}.capability_id",
                shown=f"{K}.name",
                exported=f"{K}.name",
                shown_needs="capability",
                translated=True,
                groupable=True,
            ),
            told(
                "kind",
                _("Kind"),
                CHOICE,
                f"{K}.kind",
                needs="capability",
                choices=tuple(Capability.Kind.choices),
            ),
            told("used", _("Used"), NUMBER, f"{F}.used"),
            told("limit", _("Limit"), NUMBER, f"{F}.most", attribute="most"),
            told(
                "share",
                _("Share of the limit"),
                ShareKind(),
                f"{F}.share",
                sort=Sort(sql=f"{F}.share", holds="number"),
            ),
            told(
                "state",
                _("Against the limit"),
                CHOICE,
                f"{F}.state",
                choices=tuple(FeatureUse.State.choices),
                groupable=True,
            ),
            told("last_month", _("Last month"), NUMBER, f"{F}.before", attribute="before"),
            told("times", _("Times this month"), NUMBER, f"{F}.times"),
            told("users", _("Users"), NUMBER, f"{F}.users"),
            told("last_on", _("Last used"), DATE, f"{F}.last_on"),
        ),
    )
)
