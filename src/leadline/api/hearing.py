"""Of which events a person, or a program in the person's name, may hear (ALL-3)."""

from leadline.core.events.following import Within
from leadline.people.models import User
from leadline.people.scope import reach


def within_of(user: User) -> Within:
    """Everything for who manages webhooks or reads the audit; what is about visible customers otherwise."""
    if not user.is_active:
        return Within("FALSE")
    if user.may("webhook", "manage") or user.may("audit", "view"):
        return Within()
    seen, params = reach(user, "customer", "view").sql("c")
    customers = f"SELECT FROM customers_customer c WHERE c.id = s.subject_id AND {seen}"
    return Within(f"s.kind = 'customer' AND EXISTS ({customers})", params)
