"""Addresses of the list of credited deposits."""

from typing import Any

from django.urls import include, path
from django.utils.translation import gettext as _

from leadline.automation.listing import CREDITED
from leadline.core.actions import require
from leadline.core.formats import money
from leadline.core.lists.cells import escape
from leadline.core.lists.pages import list_addresses
from leadline.core.lists.rows import Head
from leadline.core.lists.showing import Shown
from leadline.core.requests import Request
from leadline.people.policies import ASK_AN_ADMINISTRATOR
from leadline.platform.policies import sees_payments


def _require_payments(request: Request) -> None:
    require(sees_payments(request.user), _("Your role sees no payments."), who_can_help=ASK_AN_ADMINISTRATOR)


def _heads(shown: Shown, request: Request) -> Head:
    """The first cell: how much."""

    def head(key: int, beside: tuple[Any, ...]) -> str:
        amount, currency = beside
        return f'<th scope="row">{escape(money(amount, currency))}</th>'

    return head


CREDITS = list_addresses(
    "credits/", CREDITED, template="automation/credits.html", heads=_heads, guard=_require_payments
)
urlpatterns = [path("", include((CREDITS, "credits")))]
