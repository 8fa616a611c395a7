"""Sensitive fields of customers and contacts: who may set them, who may see them (PPL-8)."""

from collections.abc import Mapping

from leadline.core.actions import Actor, action, require
from leadline.customers import policies
from leadline.customers.models import Contact, Customer
from leadline.governance.actions import reveal_sensitive, set_sensitive


@action
def set_sensitive_of(record: Customer | Contact, values: Mapping[str, str | None], *, by: Actor) -> list[str]:
    """Set sensitive fields; whoever may edit the customer can, without seeing what was there."""
    customer = record.customer if isinstance(record, Contact) else record
    require(policies.may_set_sensitive(by.user, customer), policies.why_not_edit(by.user, customer))
    return set_sensitive(kind_of(record), record.pk, values, by=by)


@action
def reveal_sensitive_of(record: Customer | Contact, *, by: Actor) -> dict[str, str]:
    """The sensitive fields in the clear; each time it stands in the audit."""
    return reveal_sensitive(kind_of(record), record.pk, by=by)


def kind_of(record: Customer | Contact) -> str:
    """What a record is called in tables that hold of several kinds."""
    return str(record._meta.model_name)
