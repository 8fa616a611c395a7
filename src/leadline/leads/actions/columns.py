"""From cleaned drafts to rows of the table: the one place that knows which column a field fills."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from leadline.core.custom.values import PREFIX, as_text, custom_of
from leadline.core.drafts import Draft
from leadline.core.fields import catalogue
from leadline.core.normalise.text import sort_key
from leadline.customers.actions.receiving import Receiving
from leadline.leads.calling import zone_for
from leadline.leads.models import Lead

CUSTOM, KEPT_AS_TYPED = "custom", "phone"
_ELSEWHERE = frozenset({"owner", "id"})
COLUMNS = [str(field.column) for field in Lead._meta.concrete_fields]
PULSE = ["lead_id", "owner_id", "team_id", "territory_id"]
_BLANK = {
    str(field.column): "{}" if value in ([], {}) else value
    for field, value in ((field, field.get_default()) for field in Lead._meta.concrete_fields)
}


def row_of(draft: Draft, pk: int, owners: Receiving, stages: dict[str, int], moment: datetime) -> list[Any]:
    """The whole row of a new lead, in the order of `COLUMNS`: new, or assigned where it has an owner."""
    owner, team = owners.owner_and_team(draft)
    row = {**_BLANK, **changes_of(draft)}
    row |= {"id": pk, "owner_id": owner, "team_id": team, "assigned_at": moment if owner else None}
    row |= {"stage_id": stages["assigned" if owner else "new"], "stage_since": moment}
    row["zone"] = zone_for(row["time_zone"], phone_of(draft), row["country"])
    row["registered_at"] = row["registered_at"] or moment
    row["unclear"] = [KEPT_AS_TYPED] if KEPT_AS_TYPED in draft.unclear else "{}"
    row["created_at"] = row["updated_at"] = moment
    row[CUSTOM] = as_text(row[CUSTOM]) if isinstance(row[CUSTOM], dict) else row[CUSTOM]
    return [row[column] for column in COLUMNS]


def pulse_of(row: Sequence[Any]) -> list[Any]:
    """The pulse of a new row, in the order of `PULSE`."""
    known = dict(zip(COLUMNS, row, strict=True))
    return [known["id"], known["owner_id"], known["team_id"], known["territory_id"]]


def changes_of(draft: Draft) -> dict[str, Any]:
    """The columns that a draft gives a value; the owner is seen to elsewhere."""
    columns = {
        _column(name): value
        for name, value in draft.values.items()
        if name not in _ELSEWHERE and not name.startswith(PREFIX)
    }
    if "name" in columns:
        columns["name_key"] = sort_key(columns["name"])
    if custom := custom_of(catalogue("lead"), draft.values):
        columns[CUSTOM] = custom
    return columns


def phone_of(draft: Draft) -> str:
    """The number, if it was understood: what was kept as typed tells no zone and names nobody."""
    return "" if KEPT_AS_TYPED in draft.unclear else draft.values.get("phone") or ""


@lru_cache
def _column(field: str) -> str:
    attribute = catalogue("lead").field(field).model_attribute
    return str(Lead._meta.get_field(attribute).column)  # type: ignore[union-attr]
