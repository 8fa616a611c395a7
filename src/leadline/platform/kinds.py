"""The kinds of events that a platform sends, and which details each needs (PLT-1): one table, read by all.

What is not in the table is refused by name. Details that a kind does not name are kept as they came, as
long as they are plain: a platform that tells more than it was asked loses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Label = str | Promise

# What a detail holds: a text, a number above zero, any number, a whole number from zero, an ISO 4217 code,
# or one of a few words.
TEXT, AMOUNT, NUMBER, COUNT, CURRENCY = "text", "amount", "number", "count", "currency"


@dataclass(frozen=True)
class Detail:
    """One detail of an event: its name, what it holds, whether it must be there.

    `otherwise` are other names under which it is taken. A currency that is missing is the organisation's.
    """

    name: str
    holds: str = TEXT
    required: bool = False
    longest: int = 500
    words: tuple[str, ...] = ()
    otherwise: tuple[str, ...] = ()


@dataclass(frozen=True)
class EventKind:
    """A kind of event. `presence`: it shows that somebody is `there`, is `gone`, or nothing of that."""

    key: str
    label: Label
    details: tuple[Detail, ...] = ()
    presence: str = ""
    otherwise: tuple[str, ...] = ()
    by_name: Mapping[str, Detail] = field(default_factory=dict)

    @cached_property
    def required(self) -> tuple[Detail, ...]:
        """The details without which it is refused."""
        return tuple(detail for detail in self.details if detail.required)


# Any event may tell where somebody is, with what, and how much stands on the account.
EVERYWHERE = (
    Detail("page", longest=300, otherwise=("url", "path")),
    Detail("device", longest=100),
    Detail("balance", NUMBER),
    Detail("currency", CURRENCY),
)
_MONEY = (Detail("amount", AMOUNT, required=True), Detail("currency", CURRENCY))
_PAYMENT = (
    *_MONEY,
    Detail("method", required=True, longest=60, otherwise=("payment_method",)),
    Detail("account", words=("new", "existing"), otherwise=("account_type",)),
    Detail("by", words=("self", "rep"), otherwise=("made_by",)),
)
_LISTING = (Detail("listing", longest=200, otherwise=("listing_id",)), Detail("title", longest=300))
_PLAN = (Detail("plan", required=True, longest=200), Detail("amount", NUMBER), Detail("currency", CURRENCY))
_INVOICE = (Detail("invoice", required=True, longest=200, otherwise=("invoice_id", "number")), *_MONEY)


def _kind(
    key: str, label: Label, *details: Detail, presence: str = "there", otherwise: tuple[str, ...] = ()
) -> EventKind:
    every = (*details, *(one for one in EVERYWHERE if one.name not in {detail.name for detail in details}))
    names = {name: detail for detail in every for name in (detail.name, *detail.otherwise)}
    return EventKind(key, label, every, presence, otherwise, names)


KINDS: dict[str, EventKind] = {
    kind.key: kind
    for kind in (
        _kind("registered", _("Registered"), otherwise=("registration", "signed_up", "signup")),
        _kind("logged_in", _("Logged in"), otherwise=("login", "log_in")),
        _kind("seen", _("Seen"), otherwise=("heartbeat",)),
        _kind("logged_out", _("Logged out"), presence="gone", otherwise=("logout", "log_out")),
        _kind("page", _("Opened a page"), otherwise=("page_view", "page_viewed")),
        _kind("listing_created", _("Created a listing"), *_LISTING),
        _kind("listing_viewed", _("A listing was viewed"), *_LISTING, presence=""),
        _kind(
            "inquiry_received",
            _("Received an inquiry"),
            *_LISTING,
            presence="",
            otherwise=("inquiry", "listing_inquiry"),
        ),
        _kind(
            "feature_used",
            _("Used a feature"),
            Detail("capability", required=True, longest=100, otherwise=("feature",)),
            Detail("amount", NUMBER),
        ),
        _kind(
            "search",
            _("Searched"),
            Detail("query", longest=300, otherwise=("q",)),
            Detail("results", COUNT),
            otherwise=("search_made", "searched"),
        ),
        _kind("deposit", _("Deposit"), *_PAYMENT, presence="", otherwise=("deposited",)),
        _kind(
            "deposit_failed",
            _("Deposit failed"),
            *_PAYMENT,
            Detail("reason", longest=100, otherwise=("decline_reason",)),
            presence="",
            otherwise=("failed_deposit",),
        ),
        _kind(
            "withdrawal",
            _("Withdrawal"),
            *_MONEY,
            Detail("method", longest=60, otherwise=("payment_method",)),
            Detail("by", words=("self", "rep"), otherwise=("made_by",)),
            presence="",
            otherwise=("withdrew",),
        ),
        _kind("subscription_started", _("Subscription started"), *_PLAN, presence=""),
        _kind("subscription_renewed", _("Subscription renewed"), *_PLAN, presence=""),
        _kind("subscription_changed", _("Subscription changed"), *_PLAN, presence=""),
        _kind("subscription_cancelled", _("Subscription cancelled"), *_PLAN, presence=""),
        _kind("invoice_issued", _("Invoice issued"), *_INVOICE, presence=""),
        _kind("invoice_paid", _("Invoice paid"), *_INVOICE, presence=""),
        _kind("invoice_overdue", _("Invoice overdue"), *_INVOICE, presence=""),
        _kind(
            "feedback",
            _("Gave feedback"),
            Detail("text", longest=5000, otherwise=("comment", "message")),
            Detail("rating", NUMBER),
            otherwise=("feedback_given",),
        ),
    )
}
KIND_CHOICES: list[tuple[str, Label]] = [(key, kind.label) for key, kind in KINDS.items()]
PAYMENTS = ("deposit", "deposit_failed", "withdrawal")

_CALLED = {name: kind for kind in KINDS.values() for name in (kind.key, *kind.otherwise)}


def kind_called(name: str) -> EventKind | None:
    """The kind of a name, however its words are joined: `deposit_failed`, `Deposit failed`."""
    found = _CALLED.get(name)
    return found or _CALLED.get(name.strip().lower().replace(" ", "_").replace("-", "_").replace(".", "_"))
