"""/customers: list, add, read, change (CUS-1 to CUS-6)."""

from django.http import HttpResponse
from ninja import Router

from leadline.api.answering import answer_record, locked, moved
from leadline.api.bodies import object_of, only
from leadline.api.describing.operations import FIELDS, LISTING, ref, says
from leadline.api.describing.operations import list_of as described_list
from leadline.api.describing.schemas import example_of, taken
from leadline.api.listing import fields_of, list_of
from leadline.api.records import record_of
from leadline.api.resources.seeing import customer_seen, survivor_address
from leadline.core.requests import Request
from leadline.customers import actions
from leadline.customers.fields import CUSTOMER
from leadline.customers.models import Customer
from leadline.customers.queries import search_for
from leadline.people.scope import reach

router = Router(tags=["customers"])


@router.get("", summary="List customers", **says(gives=described_list(ref("Customer")), query=LISTING))
def list_customers(request: Request) -> HttpResponse:
    """Customers within your scope, filtered, sorted, searched, a page at a time."""
    scope = reach(request.user, "customer", "view")
    return list_of(request, CUSTOMER, scope, search=search_for(request.user))


@router.post(
    "",
    summary="Add a customer",
    **says(
        gives=ref("Customer"),
        status=201,
        takes=taken(CUSTOMER, to_create=True),
        example=example_of(CUSTOMER),
        versioned=True,
    ),
)
def add_customer(request: Request) -> HttpResponse:
    """Name and e-mail are enough; who works with own customers owns what names no owner."""
    answers = only(object_of(request), CUSTOMER.named_by(request.user))
    customer = actions.add_customer(**answers, by=request.actor)
    return shown(request, customer, status=201)


@router.get(
    "/{int:customer_id}",
    summary="Read a customer",
    **says(gives=ref("Customer"), query=[FIELDS], versioned=True),
)
def get_customer(request: Request, customer_id: int) -> HttpResponse:
    """One customer, archived or not, with its ETag; one that was merged leads to the survivor (307)."""
    customer = customer_seen(request, customer_id)
    if address := survivor_address(request, customer):
        return moved(address)
    columns = fields_of(request, CUSTOMER)
    return answer_record(
        request, record_of(CUSTOMER, customer.pk, request.user, columns), version=customer.version
    )


@router.patch(
    "/{int:customer_id}",
    summary="Change a customer",
    **says(
        gives=ref("Customer"), takes=taken(CUSTOMER, to_create=False), example={"tier": 2}, versioned=True
    ),
)
def change_customer(request: Request, customer_id: int) -> HttpResponse:
    """What is not given stays; an empty value empties the field. Send If-Match to overwrite nobody."""
    customer = customer_seen(request, customer_id)
    answers = only(object_of(request), CUSTOMER.named_by(request.user))
    customer = locked(request, customer)
    changed = actions.edit_customer(customer, version=customer.version, **answers, by=request.actor)
    return shown(request, changed)


def shown(request: Request, customer: Customer, *, status: int = 200) -> HttpResponse:
    """A customer after it was written; an owner who gave it away is still told what came of it."""
    customer = Customer.objects.get(pk=customer.pk)
    location = f"/api/v1/customers/{customer.pk}" if status == 201 else ""
    data = record_of(CUSTOMER, customer.pk, request.user)
    return answer_record(request, data, version=customer.version, status=status, location=location)
