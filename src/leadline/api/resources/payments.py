"""/payments, /credits, /platform-users: who pays, for whom it counts, who is on the platform (PLT-3..6)."""

from django.http import HttpResponse
from ninja import Router

from leadline.api.describing.operations import LISTING, ref, says
from leadline.api.describing.operations import list_of as described_list
from leadline.api.listing import list_of
from leadline.automation.fields import CREDIT
from leadline.automation.reaching import credits_reached
from leadline.core.requests import Request
from leadline.people.scope import reach
from leadline.platform.fields import PAYMENT, PLATFORM_USER
from leadline.platform.reaching import payments_reached

payments = Router(tags=["payments"])
credited = Router(tags=["payments"])
users = Router(tags=["platform users"])


@payments.get("", summary="List payments", **says(gives=described_list(ref("Payment")), query=LISTING))
def list_payments(request: Request) -> HttpResponse:
    """Attempts to pay, with the customers that you see, the latest first."""
    return list_of(request, PAYMENT, payments_reached(request.user), sorts=("-at",))


@credited.get(
    "",
    summary="List credited deposits",
    **says(gives=described_list(ref("CreditedDeposit")), query=LISTING),
)
def list_credits(request: Request) -> HttpResponse:
    """Deposits on existing accounts, by whom they count for: the account manager when they came."""
    return list_of(request, CREDIT, credits_reached(request.user), sorts=("-at",))


@users.get(
    "",
    summary="List users of the platform",
    **says(gives=described_list(ref("PlatformUser")), query=LISTING),
)
def list_platform_users(request: Request) -> HttpResponse:
    """Who is known on the platform: linked customer, last seen, whether online, balance, deposits."""
    return list_of(request, PLATFORM_USER, reach(request.user, "platform_user", "view"), sorts=("-id",))
