"""From cleaned drafts to rows of the table: the one place that knows which column a field fills."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from leadline.core.drafts import Draft
from leadline.core.fields import catalogue
from leadline.core.normalise.text import sort_key
from leadline.customers.actions.receiving import Receiving
from leadline.customers.models import Customer

MAY_BE_UNCLEAR = frozenset({"phone", "website"})

_DEFAULTS: dict[str, Any] = {
    str(field.column): field.get_default() for field in Customer._meta.concrete_fields
}


def row_of(draft: Draft, pk: int, owners: Receiving, moment: datetime) -> dict[str, Any]:
    """The whole row of a new customer, column by column in the order of the table."""
    owner_id, team_id = owners.owner_and_team(draft)
    return {
        **_DEFAULTS,
        "tags": [],
        **changes_of(draft),
        "id": pk,
        "owner_id": owner_id,
        "team_id": team_id,
        "unclear": sorted(draft.unclear),
        "created_at": moment,
        "updated_at": moment,
    }


def changes_of(draft: Draft) -> dict[str, Any]:
    """The columns that a draft gives a value; the owner is handed over elsewhere."""
    columns = {
        _column(name): value for name, value in draft.values.items() if name not in ("owner", "team", "id")
    }
    if "name" in columns:
        columns["name_key"] = sort_key(columns["name"])
    return columns


def unclear_after(draft: Draft, before: list[str]) -> list[str]:
    """Which fields are kept as typed once the draft is written."""
    given = MAY_BE_UNCLEAR & set(draft.values)
    return sorted((set(before) - given) | draft.unclear)


@lru_cache
def _column(field: str) -> str:
    attribute = catalogue("customer").field(field).model_attribute
    return str(Customer._meta.get_field(attribute).column)  # type: ignore[union-attr]
