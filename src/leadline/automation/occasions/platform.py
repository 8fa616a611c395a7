"""What happens on the customers' platform: payments with their values, all other events with theirs."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from leadline.automation.occasions.happening import Occasion, Place
from leadline.core.fields import Catalogue, Field
from leadline.core.fields.kinds import MONEY, NUMBER, TEXT, YES_NO
from leadline.core.fields.usual import told
from leadline.platform.fields import PAYMENT, PLATFORM_EVENT
from leadline.platform.fields.told import OF_ONE_CURRENCY
from leadline.platform.kinds import KINDS, PAYMENTS
from leadline.platform.reasons import advice_for, reason_in_words

PLATFORM = _("On the platform")
E, P = "platform_platformevent", "platform_payment"
# Of a person before this moment; the index by user and time answers each.
_EARLIER_DEPOSIT = (
    f"(SELECT FROM platform_payment earlier WHERE earlier.user_id = {P}.user_id"
    f" AND (earlier.at, earlier.id) < ({P}.at, {P}.id)"
    " AND earlier.kind = 'deposit' AND earlier.state = 'done')"
)
_BEFORE = (
    f"SELECT max(earlier.at) FROM {E} earlier WHERE earlier.user_id = {E}.user_id AND earlier.at < {E}.at"
)
# Nearly everybody was there lately: that opens two months of events, not all of them.
_SEEN_BEFORE = f"coalesce(({_BEFORE} AND earlier.at > {E}.at - interval '30 days'), ({_BEFORE}))"
_DETAIL = f"{E}.details ->> "


def _with(about: Catalogue, joins: dict[str, str], *fields: Field) -> Catalogue:
    """The fields of a kind with some more, for rules alone: in lists these would cost too much."""
    declared = [each for each in about.declared if each.kind.key != "details"]
    every = {**about.joins, **joins}
    return replace(about, fields=(*declared, *fields), joins=every, within_reach=(), links=())


PAID = _with(
    PAYMENT,
    {},
    told("first_deposit", _("First deposit"), YES_NO, f"(NOT EXISTS {_EARLIER_DEPOSIT})"),
)
TOLD = _with(
    PLATFORM_EVENT,
    {"pulse": f"LEFT JOIN platform_platformpulse pulse ON pulse.user_id = {E}.user_id"},
    told(
        "pause_days", _("Days since last seen"), NUMBER, f"extract(day FROM {E}.at - {_SEEN_BEFORE})::integer"
    ),
    told(
        "balance",
        _("Balance"),
        MONEY,
        f"coalesce(({_DETAIL}'balance')::numeric, pulse.balance)",
        needs="pulse",
        help=OF_ONE_CURRENCY,
    ),
    told(
        "balance_currency",
        _("Currency of the balance"),
        TEXT,
        f"coalesce(CASE WHEN ({_DETAIL}'balance') IS NOT NULL THEN {_DETAIL}'currency' END,"
        " pulse.balance_currency)",
        needs="pulse",
        max_length=3,
    ),
    told("page", _("Page"), TEXT, f"({_DETAIL}'page')", max_length=300),
    told("device", _("Device"), TEXT, f"({_DETAIL}'device')", max_length=100),
    told("capability", _("Feature"), TEXT, f"({_DETAIL}'capability')", max_length=100),
    told("listing", _("Listing"), TEXT, f"({_DETAIL}'listing')", max_length=200),
    told("plan", _("Plan"), TEXT, f"({_DETAIL}'plan')", max_length=200),
    told("amount", _("Amount"), MONEY, f"({_DETAIL}'amount')::numeric", help=OF_ONE_CURRENCY),
    told("currency", _("Currency"), TEXT, f"({_DETAIL}'currency')", max_length=3),
    told("rating", _("Rating"), NUMBER, f"({_DETAIL}'rating')::numeric"),
)
DECLINE = Place("decline", _("Why it was declined, in plain words"), "reason", reason_in_words)
SAY = Place("say", _("What to say about it"), "reason", advice_for)
_ONLY = {
    "deposit": f"{P}.kind = 'deposit' AND {P}.state = 'done'",
    "deposit_failed": f"{P}.kind = 'deposit' AND {P}.state = 'failed'",
    "withdrawal": f"{P}.kind = 'withdrawal'",
}


def _payment(key: str) -> Occasion:
    return Occasion(
        f"platform:{key}",
        KINDS[key].label,
        PLATFORM,
        "platform.PaymentsReceived",
        "payment",
        about=PAID,
        only=_ONLY[key],
        person=True,
        places=(DECLINE, SAY) if key == "deposit_failed" else (),
    )


def _event(key: str) -> Occasion:
    return Occasion(
        f"platform:{key}",
        KINDS[key].label,
        PLATFORM,
        "platform.PlatformEventsTold",
        "platform_event",
        about=TOLD,
        only=f"{E}.kind = '{key}'",
        person=True,
        waits_for=key,
    )


ON_PLATFORM = tuple(_payment(key) if key in PAYMENTS else _event(key) for key in KINDS)
