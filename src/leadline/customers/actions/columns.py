"""From cleaned drafts to rows of the table: the one place that knows which column a field fills."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from operator import itemgetter
from typing import Any

from leadline.core.custom.values import PREFIX, as_text, custom_of
from leadline.core.drafts import Draft
from leadline.core.fields import catalogue
from leadline.core.normalise.text import sort_key
from leadline.core.refusals import RuleBroken
from leadline.customers.actions.receiving import Receiving
from leadline.customers.models import Customer

MAY_BE_UNCLEAR = frozenset({"phone", "website"})
CUSTOM = "custom"
_ELSEWHERE = frozenset({"owner", "team", "territory", "id", "external_id", "parent_named"})

COLUMNS = [str(field.column) for field in Customer._meta.concrete_fields]
PLACES = {column: place for place, column in enumerate(COLUMNS)}
PULSE = ["customer_id", "owner_id", "team_id", "territory_id", "owner_since"]
_repeated = itemgetter(*(PLACES[column] for column in ("id", *PULSE[1:-1])))
# Empty lists and values of no custom field are written down already: that is slow to do for each row.
_BLANK = [
    "{}" if value in ([], {}) else value
    for value in (field.get_default() for field in Customer._meta.concrete_fields)
]
_ID, _NAME_KEY, _OWNER, _TEAM, _UNCLEAR, _CREATED, _UPDATED = (
    PLACES[column]
    for column in ("id", "name_key", "owner_id", "team_id", "unclear", "created_at", "updated_at")
)


def row_of(draft: Draft, pk: int, owners: Receiving, moment: str) -> list[Any]:
    """The whole row of a new customer, in the order of `COLUMNS`, as COPY takes it."""
    row = _BLANK.copy()
    for column, value in changes_of(draft).items():
        row[PLACES[column]] = as_text(value) if column == CUSTOM else value
    row[_ID] = pk
    row[_OWNER], row[_TEAM] = owners.owner_and_team(draft)
    if draft.unclear:
        row[_UNCLEAR] = sorted(draft.unclear & MAY_BE_UNCLEAR)
    row[_CREATED] = row[_UPDATED] = moment
    return row


def pulse_of(row: Sequence[Any]) -> list[Any]:
    """What the pulse repeats of a new row, and since when its owner has it, in the order of `PULSE`."""
    return [*_repeated(row), row[_CREATED] if row[_OWNER] else None]


def know_columns(fields: Iterable[str]) -> None:
    """Look up which columns fields fill, before drafts are `prepared` where nothing may be asked."""
    for name in fields:
        with suppress(RuleBroken):
            _column(name)


def prepared(draft: Draft) -> Draft:
    """The draft with its columns made already; they hold as long as its values are these."""
    if any(name.startswith(PREFIX) for name in draft.values):
        return draft  # what custom fields there are is asked of the database
    return replace(draft, prepared=(draft.values, changes_of(draft)))


def changes_of(draft: Draft) -> Mapping[str, Any]:
    """The columns that a draft gives a value; owner and territory are seen to elsewhere."""
    if draft.prepared and draft.prepared[0] is draft.values:
        made: dict[str, Any] = draft.prepared[1]
        return made
    columns = {column: value for name, value in draft.values.items() if (column := _column(name))}
    if "name" in columns:
        columns["name_key"] = sort_key(columns["name"])
    if custom := custom_of(catalogue("customer"), draft.values):
        columns[CUSTOM] = custom
    return columns


def unclear_after(draft: Draft, before: list[str]) -> list[str]:
    """Which fields are kept as typed once the draft is written."""
    if not before and not draft.unclear:
        return []
    given = MAY_BE_UNCLEAR & set(draft.values)
    return sorted((set(before) - given) | (draft.unclear & MAY_BE_UNCLEAR))


@lru_cache(maxsize=1024)
def _column(field: str) -> str:
    """The column that a field fills; empty for one whose value stands elsewhere."""
    if field in _ELSEWHERE or field.startswith(PREFIX):
        return ""
    attribute = catalogue("customer").field(field).model_attribute
    return str(Customer._meta.get_field(attribute).column)  # type: ignore[union-attr]
