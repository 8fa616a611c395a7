"""The fields of stages and reasons, for history and the API."""

from django.utils.translation import gettext_lazy as _

from leadline.core.fields import Catalogue, Field, Sort, register
from leadline.core.fields.kinds import CHOICE, MOMENT, NUMBER, TEXT
from leadline.leads.models import Stage


def _fields(table: str) -> tuple[Field, ...]:
    """What both have."""
    return (
        Field(
            name="name",
            label=_("Name"),
            kind=TEXT,
            sql=f"{table}.name",
            required=True,
            max_length=60,
            sort=Sort(sql=f"{table}.name"),
        ),
        Field(name="position", label=_("Place"), kind=NUMBER, sql=f"{table}.position", editable=False),
        Field(name="retired_at", label=_("Retired"), kind=MOMENT, sql=f"{table}.retired_at", editable=False),
    )


STAGE = register(
    Catalogue(
        kind="stage",
        label=_("Stage of leads"),
        plural=_("Stages of leads"),
        model="leads.Stage",
        table="leads_stage",
        default_columns=("name", "kind"),
        default_sort="name",
        fields=(
            *_fields("leads_stage"),
            Field(
                name="kind",
                label=_("Kind"),
                kind=CHOICE,
                sql="leads_stage.kind",
                choices=tuple(Stage.Kind.choices),
                editable=False,
            ),
        ),
    )
)
REASON = register(
    Catalogue(
        kind="reason",
        label=_("Reason for closing"),
        plural=_("Reasons for closing"),
        model="leads.Reason",
        table="leads_reason",
        default_columns=("name",),
        default_sort="name",
        fields=_fields("leads_reason"),
    )
)
