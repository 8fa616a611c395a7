"""What the platform tells of a lead, as fields (LEA-1, LEA-8): read, filtered and ordered by, never set."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from leadline.core.fields import Field, Sort
from leadline.core.fields.field import Text
from leadline.core.fields.kinds import MOMENT, NUMBER, TEXT, YES_NO, Kind
from leadline.core.fields.usual import told
from leadline.leads.fields.beside import kept_beside
from leadline.platform.fields.told import AMOUNT, OF_ONE_CURRENCY
from leadline.platform.policies import sees_platform

L, O, PP = "leads_lead", "leads_onplatform", "platform_platformpulse"  # noqa: E741
# Page and device change with every event, so no copy is kept of them.
JOINS = {
    "on_platform": f"LEFT JOIN {O} ON {O}.lead_id = {L}.id",
    "presence": f"LEFT JOIN {PP} ON {PP}.user_id = (SELECT user_id FROM {O} WHERE {O}.lead_id = {L}.id)",
}


def seen(user: Any) -> bool:
    """What happens on the platform is told to those whose role shows its users."""
    return user is None or user.is_system or sees_platform(user)


def _sort(name: str, holds: str = "moment") -> Sort:
    return kept_beside(O, name, holds)


def _told(name: str, label: Text, kind: Kind, sql: str = "", **more: Any) -> Field:
    given = {"needs": "on_platform", "attribute": f"on_platform__{name}", "visible": seen, **more}
    return told(name, label, kind, sql or f"{O}.{name}", **given)


def _amount(name: str, label: Text, **more: Any) -> Field:
    """An amount in the currency that stands beside it."""
    shown = f"{O}.{name}_currency || ' ' || {O}.{name}"
    return _told(name, label, AMOUNT, shown=shown, shown_needs="on_platform", help=OF_ONE_CURRENCY, **more)


def _of_pulse(name: str, label: Text) -> Field:
    return _told(name, label, TEXT, f"{PP}.{name}", needs="presence", attribute="", filterable=False)


TOLD_BY_PLATFORM = (
    _told(
        "online",
        _("Online now"),
        YES_NO,
        f"({O}.online_since IS NOT NULL)",
        attribute="on_platform__is_online",
    ),
    _told("online_since", _("Online since"), MOMENT),
    _of_pulse("page", _("Page")),
    _of_pulse("device", _("Device")),
    _told("last_login_at", _("Last login"), MOMENT, sort=_sort("last_login_at")),
    _amount("balance", _("Balance"), sort=_sort("balance", "number")),
    _told("balance_currency", _("Currency of the balance"), TEXT, max_length=3, groupable=True),
    _told("deposits", _("Deposits"), NUMBER),
    _amount("deposited", _("Deposited")),
    _told("deposited_currency", _("Currency of the deposits"), TEXT, max_length=3, groupable=True),
    _told("last_deposit_at", _("Last deposit"), MOMENT, sort=_sort("last_deposit_at")),
    _told("failed_deposits", _("Failed deposits"), NUMBER),
    _told("last_failed_at", _("Last failed deposit"), MOMENT, sort=_sort("last_failed_at")),
    _told(
        "platform_user_id",
        _("User of the platform"),
        NUMBER,
        f"{O}.user_id",
        attribute="on_platform__user_id",
    ),
)
