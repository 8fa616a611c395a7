"""Why a payment failed, in plain words: what the codes of a platform mean (PLT-5).

Unknown codes are shown as they came.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, str | Promise] = {
    "insufficient_funds": _("Not enough money on the card or account"),
    "card_declined": _("The bank declined the card without giving a reason"),
    "do_not_honor": _("The bank refused; the card holder has to ask the bank"),
    "expired_card": _("The card has expired"),
    "incorrect_cvc": _("The security code of the card was wrong"),
    "incorrect_number": _("The number of the card was wrong"),
    "lost_card": _("The card was reported as lost"),
    "stolen_card": _("The card was reported as stolen"),
    "limit_exceeded": _("The card's or the account's limit was reached"),
    "fraud_suspected": _("The bank suspects fraud"),
    "authentication_failed": _("The customer did not confirm the payment with the bank (3-D Secure)"),
    "not_supported": _("The card is not meant for payments like this"),
    "currency_not_supported": _("The card or account does not take this currency"),
    "country_blocked": _("Payments from this country are not taken"),
    "processing_error": _("The payment service had a fault; trying again often helps"),
    "timeout": _("The bank did not answer in time; trying again often helps"),
    "cancelled_by_user": _("The customer stopped the payment"),
    "account_closed": _("The account that was to pay is closed"),
    "duplicate": _("The same payment was made a moment before"),
}
# What somebody who calls about it can say (SIG-8).
ADVICE: dict[str, str | Promise] = {
    "insufficient_funds": _("Ask whether another card, a bank transfer or a smaller amount suits better."),
    "card_declined": _("Ask the customer to call the bank, or to try another card or a bank transfer."),
    "do_not_honor": _(
        "The customer should ask the bank to let it through, then try again; or take another way."
    ),
    "expired_card": _("Ask for a new card; the old one can't be used any more."),
    "incorrect_cvc": _("Ask the customer to type the three digits on the back of the card again."),
    "incorrect_number": _("Ask the customer to type the number of the card again."),
    "lost_card": _("Don't ask about the card; offer another way to pay."),
    "stolen_card": _("Don't ask about the card; offer another way to pay, and tell finance."),
    "limit_exceeded": _("Offer a smaller amount now, the rest tomorrow, or a bank transfer."),
    "fraud_suspected": _(
        "Ask the customer to confirm with the bank that the payment is theirs, then try again."
    ),
    "authentication_failed": _("Stay on the line while the customer confirms it in the bank's app."),
    "not_supported": _("Offer another card or a bank transfer."),
    "currency_not_supported": _("Offer to pay in the currency of the card, or another way."),
    "country_blocked": _("Explain that payments from there are not taken; offer a bank transfer."),
    "processing_error": _("Apologise, it was not the customer's fault; ask to try again now."),
    "timeout": _("Apologise, it was not the customer's fault; ask to try again now."),
    "cancelled_by_user": _("Ask what held the customer back, and whether anything was unclear."),
    "account_closed": _("Ask for another card or account."),
    "duplicate": _("Check whether the first payment arrived before asking for another."),
}
# Other names of the same.
_CALLED = {
    "declined": "card_declined",
    "generic_decline": "card_declined",
    "card_expired": "expired_card",
    "invalid_cvc": "incorrect_cvc",
    "cvc_check_failed": "incorrect_cvc",
    "invalid_card_number": "incorrect_number",
    "do_not_honour": "do_not_honor",
    "withdrawal_count_limit_exceeded": "limit_exceeded",
    "card_velocity_exceeded": "limit_exceeded",
    "fraudulent": "fraud_suspected",
    "suspected_fraud": "fraud_suspected",
    "authentication_required": "authentication_failed",
    "3ds_failed": "authentication_failed",
    "card_not_supported": "not_supported",
    "issuer_not_available": "timeout",
    "cancelled": "cancelled_by_user",
    "user_cancelled": "cancelled_by_user",
    "duplicate_transaction": "duplicate",
}
# Methods that are not written as their code says.
_METHODS = {"e_wallet": "E-wallet", "qris": "QRIS", "sepa": "SEPA", "ach": "ACH", "paypal": "PayPal"}


def folded_reason(told: str) -> str:
    """The code of a reason, by whichever of its names it was told; an unknown one as it came."""
    code = told.strip().lower().replace(" ", "_").replace("-", "_").replace(".", "_")
    code = _CALLED.get(code, code)
    return code if code in REASONS else told.strip()


def reason_in_words(reason: str) -> str:
    """A reason for people; an unknown one as it came."""
    return str(REASONS.get(reason, reason))


def advice_for(reason: str) -> str:
    """What to say about a payment that failed for a reason; something useful for an unknown one too."""
    return str(ADVICE.get(reason, _("Ask what happened and offer another way to pay.")))


def method_in_words(method: str) -> str:
    """How somebody paid, for people: `bank_transfer` is read as “Bank transfer”."""
    if method in _METHODS:
        return _METHODS[method]
    words = method.replace("_", " ").strip()
    return words[:1].upper() + words[1:]
