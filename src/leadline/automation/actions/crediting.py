"""Which payments count for whose targets (PLT-6, PRF-2)."""

from collections.abc import Mapping

from leadline.automation.models import Credit
from leadline.core.actions import Actor, action
from leadline.people.models import User
from leadline.platform.models import Payment


@action
def credit_payments(owners: Mapping[int, User], *, rule_id: int | None = None, by: Actor) -> set[int]:
    """Let payments count for people; one that counts already stays whose it is. Returns those that count."""
    payments = Payment.objects.filter(pk__in=owners)
    Credit.objects.bulk_create(
        [
            Credit(
                payment=payment,
                user=owners[payment.pk],
                amount=payment.amount,
                currency=payment.currency,
                at=payment.at,
                rule_id=rule_id,
            )
            for payment in payments
        ],
        ignore_conflicts=True,
    )
    return {payment.pk for payment in payments}
