"""Merging customers and contacts: foreseen, then done, and undone as a change set (CUS-23)."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import answer
from leadline.api.bodies import id_in, object_of, only, texts_in
from leadline.api.describing.operations import fields, ref, says
from leadline.api.resources.seeing import contact_seen, customer_seen
from leadline.core.changesets import preview
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.customers.actions import Merged, merge_contacts, merge_customers, start_merge
from leadline.customers.actions.picking import require_may
from leadline.customers.models import Contact, Customer

of_customer = Router(tags=["customers"])
of_contact = Router(tags=["contacts"])
_OTHERS = {"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 9}
_CHOOSE = {
    "type": "object",
    "additionalProperties": {"type": "integer"},
    "description": "Field → id of the record whose value is taken; otherwise the survivor's, or the newest.",
}
_COMBINE = {
    "type": ["array", "null"],
    "items": {"type": "string"},
    "description": "E-mails of contacts that become one; null for all that share one, [] for none.",
}
OF_CUSTOMERS = says(
    gives=ref("Merged"),
    takes=fields({"others": _OTHERS, "choose": _CHOOSE, "combine": _COMBINE}, "others"),
    example={"others": [2], "choose": {"name": 2}},
)
OF_CONTACTS = says(
    gives=ref("Merged"),
    takes=fields({"others": _OTHERS, "choose": _CHOOSE, "customer": {"type": "integer"}}, "others"),
    example={"others": [2]},
)


@of_customer.post("/{int:customer_id}/merge", summary="Merge customers into this one", **OF_CUSTOMERS)
def merge_into_customer(request: Request, customer_id: int) -> HttpResponse:
    """The others are archived and lead here; undone by their change set for 30 days. Much goes as a job."""
    customer = customer_seen(request, customer_id)
    require_may(customer, "merge", by=request.actor)
    return _told(start_merge("customer", customer, **_answers(request, "combine"), by=request.actor))


@of_customer.post("/{int:customer_id}/merge/preview", summary="Foresee a merge of customers", **OF_CUSTOMERS)
def preview_merge_into_customer(request: Request, customer_id: int) -> HttpResponse:
    """What would move, be combined and be told; nothing changes."""
    customer = customer_seen(request, customer_id)
    require_may(customer, "merge", by=request.actor)
    answers = _answers(request, "combine")
    return _told(preview(merge_customers, customer, **answers, later=True, by=request.actor))


@of_contact.post("/{int:contact_id}/merge", summary="Merge contacts into this one", **OF_CONTACTS)
def merge_into_contact(request: Request, contact_id: int) -> HttpResponse:
    """The same for contacts; `customer` says where the person is from now on."""
    contact = contact_seen(request, contact_id)
    require_may(contact.customer, "merge", by=request.actor)
    return _told(start_merge("contact", contact, **_answers(request, "customer"), by=request.actor))


@of_contact.post("/{int:contact_id}/merge/preview", summary="Foresee a merge of contacts", **OF_CONTACTS)
def preview_merge_into_contact(request: Request, contact_id: int) -> HttpResponse:
    """What would move; nothing changes."""
    contact = contact_seen(request, contact_id)
    require_may(contact.customer, "merge", by=request.actor)
    answers = _answers(request, "customer")
    return _told(preview(merge_contacts, contact, **answers, later=True, by=request.actor))


def _answers(request: Request, besides: str) -> dict[str, Any]:
    given = only(object_of(request), ["others", "choose", besides])
    others = given.get("others")
    ids = isinstance(others, list) and all(type(key) is int and 0 < key < 2**63 for key in others)
    if not ids or not others:
        raise RuleBroken(_("“others” lists the ids of one record at least."), field="others", value=others)
    rows: Any = (Customer if besides == "combine" else Contact)._default_manager.all()
    seen = set(rows.visible_to(request.user).filter(pk__in=others).values_list("pk", flat=True))
    if missing := set(others) - seen:
        raise RuleBroken(_("There is no such record."), field="others", value=sorted(missing)[0])
    choose = given.get("choose") or {}
    if not isinstance(choose, dict):
        raise RuleBroken(_("“choose” goes from fields to ids."), field="choose", value=str(choose)[:60])
    answers: dict[str, Any] = {"others": others, "choose": choose}
    if given.get(besides) is None:
        return answers
    return {**answers, besides: texts_in(given, besides) if besides == "combine" else id_in(given, besides)}


def _told(merged: Merged) -> HttpResponse:
    return answer(
        {
            "survivor": merged.survivor,
            "merged": list(merged.merged),
            "moved": merged.moved,
            "combined": [list(ids) for ids in merged.combined],
            "told": merged.told,
            "change_set": merged.change_set,
            "job": merged.job,
        }
    )
