"""What happened with a customer: its timeline and its history (TIM-1, ALL-4)."""

import base64
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import answer
from leadline.api.describing.operations import PAGING, fields, ref, says
from leadline.api.describing.operations import list_of as described_list
from leadline.api.listing import limit_in, listed, parameters_of
from leadline.api.records import records_of
from leadline.api.resources.seeing import customer_seen
from leadline.core.fields import Catalogue
from leadline.core.history import history_about
from leadline.core.history.queries import Entry
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.customers.queries import Moment, timeline_of
from leadline.customers.queries.timeline import NOTE as NOTES
from leadline.customers.queries.timeline import Filters
from leadline.timeline.fields import ACTIVITY, NOTE
from leadline.timeline.models import Activity

router = Router(tags=["customers"])
Key = tuple[datetime, int]
KINDS = {
    "name": "kind",
    "description": "call, email, …, note; several with commas between.",
    "schema": {"type": "string"},
}
MOMENT = fields(
    {
        "kind": {"enum": ["activity", "note"]},
        "at": {"type": "string", "format": "date-time"},
        "activity": {"anyOf": [ref("Activity"), {"type": "null"}]},
        "note": {"anyOf": [ref("Note"), {"type": "null"}]},
    }
)


@router.get(
    "/{int:customer_id}/timeline",
    summary="Read the timeline",
    **says(gives=described_list(MOMENT), query=[*PAGING[:2], KINDS]),
)
def get_timeline(request: Request, customer_id: int) -> HttpResponse:
    """Activities and notes together, the latest first; it is not counted."""
    customer = customer_seen(request, customer_id)
    given = parameters_of(request, ("limit", "cursor", "kind"))
    filters = Filters(kinds=_kinds(given.get("kind", "")))
    found = timeline_of(customer, filters=filters, before=_key(given), limit=limit_in(given))
    return answer(listed(_moments(found.moments, request.user), _word(found.next), None))


@router.get(
    "/{int:customer_id}/history",
    summary="Read the history",
    **says(gives=described_list(ref("HistoryEntry")), query=PAGING[:2]),
)
def get_history(request: Request, customer_id: int) -> HttpResponse:
    """Every change of the customer and of what belongs to it, in words, the latest first."""
    customer = customer_seen(request, customer_id)
    given = parameters_of(request, ("limit", "cursor"))
    found = history_about(
        "customer", customer.pk, before=_key(given), limit=limit_in(given), viewer=request.user
    )
    return answer(listed([_entry(entry) for entry in found.entries], _word(found.next), None))


def _moments(moments: list[Moment], user: Any) -> list[dict[str, Any]]:
    activities = _by_id(ACTIVITY, [moment.activity for moment in moments if moment.activity], user)
    notes = _by_id(NOTE, [moment.note for moment in moments if moment.note], user)
    return [
        {
            "kind": "note" if moment.note else "activity",
            "at": moment.at,
            "activity": activities[moment.activity.pk] if moment.activity else None,
            "note": notes[moment.note.pk] if moment.note else None,
        }
        for moment in moments
    ]


def _by_id(about: Catalogue, rows: list[Any], user: Any) -> dict[int, dict[str, Any]]:
    columns = about.visible_to(user)
    stored = (
        (row.pk, [_value(row, column.model_attribute, column.kind.key) for column in columns]) for row in rows
    )
    return {record["id"]: record for record in records_of(columns, stored, user)}


def _value(row: Any, attribute: str, kind: str) -> Any:
    if kind == "user":
        return getattr(row, f"{attribute}_id")
    value = getattr(row, attribute)
    return value is not None if kind == "yes_no" else value


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "at": entry.at,
        "kind": entry.kind,
        "record": entry.record_id,
        "verb": entry.verb,
        "who": entry.who,
        "door": entry.door,
        "change_set": entry.change_set_id,
        "changes": [
            {"field": change.column, "label": change.label, "old": change.old, "new": change.new}
            for change in entry.changes
        ],
    }


def _kinds(text: str) -> tuple[str, ...]:
    kinds = tuple(kind.strip() for kind in text.split(",") if kind.strip())
    known = [*Activity.Kind.values, NOTES]
    for kind in kinds:
        if kind not in known:
            message = _("“%(value)s” is not known. Accepted: %(accepted)s.")
            raise RuleBroken(message % {"value": kind[:60], "accepted": ", ".join(known)}, "kind", kind)
    return kinds


def _word(key: Key | None) -> str | None:
    if key is None:
        return None
    text = f"{key[0].isoformat()} {key[1]}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _key(given: dict[str, str]) -> Key | None:
    word = given.get("cursor", "")
    if not word:
        return None
    try:
        text = base64.b64decode(
            word[:200] + "=" * (-len(word[:200]) % 4), altchars=b"-_", validate=True
        ).decode("ascii")
        at, _space, number = text.partition(" ")
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None or not number.isdigit() or len(number) > 18 or not 1900 < moment.year < 9000:
            raise ValueError
        return moment, int(number)
    except ValueError:
        raise RuleBroken(_("This place in the list is not known any more."), "cursor", word) from None
