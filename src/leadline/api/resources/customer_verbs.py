"""Verbs on one customer: status, blocking, assigning, archiving (CUS-14)."""

from collections.abc import Callable

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import locked
from leadline.api.bodies import id_in, object_of, only, text_in
from leadline.api.describing.operations import fields, ref, says
from leadline.api.resources.customers import shown
from leadline.api.resources.seeing import customer_seen
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.customers import actions
from leadline.customers.models import Customer
from leadline.people.models import User

router = Router(tags=["customers"])
GIVES = ref("Customer")
NOTHING = fields({})
WITHOUT_ANSWERS = says(gives=GIVES, takes=NOTHING, example={}, optional=True, versioned=True)


@router.post(
    "/{int:customer_id}/block",
    summary="Block a customer",
    **says(
        gives=GIVES,
        takes=fields({"reason": {"type": "string", "maxLength": 500}}, "reason"),
        example={"reason": "Unpaid invoices"},
        versioned=True,
    ),
)
def block_customer(request: Request, customer_id: int) -> HttpResponse:
    """No outgoing messages and no new deals until it is unblocked."""
    customer, answers = _customer_and_answers(request, customer_id, "reason")
    return shown(
        request, actions.block_customer(customer, reason=text_in(answers, "reason"), by=request.actor)
    )


@router.post("/{int:customer_id}/unblock", summary="Unblock a customer", **WITHOUT_ANSWERS)
def unblock_customer(request: Request, customer_id: int) -> HttpResponse:
    """What held before holds again."""
    return _simple(request, customer_id, actions.unblock_customer)


@router.post("/{int:customer_id}/activate", summary="Make a customer active", **WITHOUT_ANSWERS)
def activate_customer(request: Request, customer_id: int) -> HttpResponse:
    """The same as the status “active”."""
    customer, _answers = _customer_and_answers(request, customer_id)
    return shown(request, actions.change_status_of(customer, status=Customer.Status.ACTIVE, by=request.actor))


@router.post("/{int:customer_id}/deactivate", summary="Make a customer inactive", **WITHOUT_ANSWERS)
def deactivate_customer(request: Request, customer_id: int) -> HttpResponse:
    """The same as the status “inactive”."""
    customer, _answers = _customer_and_answers(request, customer_id)
    return shown(
        request, actions.change_status_of(customer, status=Customer.Status.INACTIVE, by=request.actor)
    )


@router.post(
    "/{int:customer_id}/status",
    summary="Change the status of a customer",
    **says(
        gives=GIVES,
        takes=fields({"status": {"enum": Customer.Status.values}}, "status"),
        example={"status": "churned"},
        versioned=True,
    ),
)
def change_customer_status(request: Request, customer_id: int) -> HttpResponse:
    """The change stands on the timeline."""
    customer, answers = _customer_and_answers(request, customer_id, "status")
    return shown(
        request, actions.change_status_of(customer, status=text_in(answers, "status"), by=request.actor)
    )


@router.post(
    "/{int:customer_id}/assign",
    summary="Assign a customer",
    **says(
        gives=GIVES,
        takes=fields(
            {
                "owner": {
                    "type": ["integer", "string", "null"],
                    "description": "Id or e-mail; null for nobody.",
                }
            },
            "owner",
        ),
        example={"owner": "rosa@company.example"},
        versioned=True,
    ),
)
def assign_customer(request: Request, customer_id: int) -> HttpResponse:
    """The customer moves to the team of its new owner."""
    customer, answers = _customer_and_answers(request, customer_id, "owner")
    return shown(request, actions.assign_customer(customer, owner=owner_in(answers), by=request.actor))


@router.post("/{int:customer_id}/archive", summary="Archive a customer", **WITHOUT_ANSWERS)
def archive_customer(request: Request, customer_id: int) -> HttpResponse:
    """Deleting is archiving: it can be restored."""
    return _simple(request, customer_id, actions.archive_customer)


@router.post("/{int:customer_id}/restore", summary="Restore a customer", **WITHOUT_ANSWERS)
def restore_customer(request: Request, customer_id: int) -> HttpResponse:
    """Bring an archived customer back as it was."""
    return _simple(request, customer_id, actions.restore_customer)


def owner_in(answers: dict) -> User | None:
    """The user named by id or e-mail as the new owner; None for nobody."""
    if "owner" not in answers:
        raise RuleBroken(_("Name the new owner, or null for nobody."), field="owner")
    owner = answers["owner"]
    if owner is None:
        return None
    people = User.objects.filter(is_system=False)
    if isinstance(owner, str) and not owner.isdecimal():
        found = people.filter(email__iexact=owner).first()
    else:
        key = id_in({"owner": int(owner[:30]) if isinstance(owner, str) else owner}, "owner")
        found = people.filter(pk=key).first()
    if found is None:
        raise RuleBroken(
            _("There is no such user. Accepted: an id or an e-mail."), field="owner", value=owner
        )
    return found


def _simple(request: Request, key: int, verb: Callable[..., Customer]) -> HttpResponse:
    customer, _answers = _customer_and_answers(request, key)
    return shown(request, verb(customer, by=request.actor))


def _customer_and_answers(request: Request, key: int, *names: str) -> tuple[Customer, dict]:
    customer = customer_seen(request, key)
    answers = only(object_of(request, optional=not names), names)
    return locked(request, customer, "owner"), answers
