"""Who may do what with one customer; sets ask the same reach in `actions/picking.py`."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leadline.core.formats import number
from leadline.customers.models import Customer
from leadline.customers.verbs import (
    ARCHIVED,
    CUSTOMER_ARCHIVED,
    CUSTOMER_VERBS,
    ERASED,
    Entry,
    wrote_or_edits,
)
from leadline.people.models import User
from leadline.people.permissions import permissions_for
from leadline.people.working.loads import counts_as_load

permissions_for(
    "customer",
    gettext_lazy("Customers, contacts and their timelines"),
    "view create edit log assign block archive merge import export",
    objects=gettext_lazy("customers"),
    counted=lambda n: ngettext("%(n)s customer", "%(n)s customers", n) % {"n": number(n)},
)
counts_as_load("customer", Customer.objects.current)


def may_create_customers(user: User) -> bool:
    """Add customers, by hand or from a file."""
    return user.is_system or user.may("customer", "create")


def may_import_customers(user: User) -> bool:
    """Bring in files of customers, contacts and activities."""
    return user.is_system or user.may("customer", "import")


def may_export_customers(user: User) -> bool:
    """Take customers out as a file."""
    return user.is_system or user.may("customer", "export")


def may_know_owners(user: User) -> bool:
    """Whether a role may know whose customers beyond the own reach are: who manages a team or all."""
    return user.grants.scope("customer", "view") in ("team", "all")


def may_edit_customer(user: User, customer: Customer) -> bool:
    """Change fields and contacts of a customer that is not archived."""
    return CUSTOMER_VERBS["edit"].allows(user, customer)


def why_not_edit(user: User, customer: Customer) -> str:
    """Why somebody who sees a customer can't change it, and who can help (PPL-5)."""
    if customer.is_archived:
        return ERASED(customer) or str(CUSTOMER_ARCHIVED.words)
    if not user.may("customer", "edit"):
        return _("Your role only reads customers.")
    return _("This customer is %(owner)s's. Its owner or a sales manager can change it.") % {
        "owner": customer.owner or _("nobody")
    }


def may_assign_customer(user: User, customer: Customer) -> bool:
    """Hand a customer to another owner."""
    return CUSTOMER_VERBS["assign"].allows(user, customer)


def may_block_customer(user: User, customer: Customer) -> bool:
    """Block, or unblock what is blocked."""
    return CUSTOMER_VERBS["unblock" if customer.is_blocked else "block"].allows(user, customer)


def may_archive_customer(user: User, customer: Customer) -> bool:
    """Archive, and restore what is archived."""
    return CUSTOMER_VERBS["restore" if customer.is_archived else "archive"].allows(user, customer)


def may_merge_customer(user: User, customer: Customer) -> bool:
    """Merge it with another one; of that one the same is asked."""
    return CUSTOMER_VERBS["merge"].allows(user, customer)


def may_log_on(user: User, customer: Customer) -> bool:
    """Log activities and write notes."""
    return CUSTOMER_VERBS["log"].allows(user, customer)


def may_set_sensitive(user: User, customer: Customer) -> bool:
    """Set tax id, bank details and identity documents, without seeing them: whoever edits the customer."""
    return may_edit_customer(user, customer)


def may_edit_entry(user: User, entry: Entry, customer: Customer) -> bool:
    """Change or archive what is on the timeline: its author, or whoever may edit the customer."""
    return not ARCHIVED.stands(customer) and wrote_or_edits(user, entry, customer)
