"""Customers and contacts can be merged; what of this app hangs on them (CUS-23)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leadline.core.formats import number
from leadline.core.merging import Attached, mergeable, register_attached
from leadline.customers.actions.interacting import give_back_interaction, take_newest_interaction
from leadline.customers.actions.pointing import point_contacts_at_survivor, point_customers_at_survivor

CHAIN = _("Each link of a chain leads to the next, and so to the survivor.")


def _children(n: int) -> str:
    return ngettext("%(n)s customer that belongs to it", "%(n)s customers that belong to it", n) % {
        "n": number(n)
    }


def _contacts(n: int) -> str:
    return ngettext("%(n)s contact", "%(n)s contacts", n) % {"n": number(n)}


def _linked_customers(n: int) -> str:
    return ngettext("%(n)s customer that is linked to it", "%(n)s customers that are linked to it", n) % {
        "n": number(n)
    }


def _linked_contacts(n: int) -> str:
    return ngettext("%(n)s contact that is linked to it", "%(n)s contacts that are linked to it", n) % {
        "n": number(n)
    }


def _external_ids(n: int) -> str:
    return ngettext("%(n)s external id", "%(n)s external ids", n) % {"n": number(n)}


mergeable("customer", "customers.Customer")
mergeable("contact", "customers.Contact")
register_attached(Attached("customer", "customers.Customer", "parent_id", _children))
register_attached(Attached("customer", "customers.Customer", "merged_into_id", stays=CHAIN))
register_attached(
    Attached(
        "customer", "customers.Pulse", "customer_id", move=take_newest_interaction, back=give_back_interaction
    )
)
register_attached(Attached("customer", "customers.Contact", "customer_id", _contacts))
register_attached(
    Attached("customer", "customers.Customer", "custom", _linked_customers, move=point_customers_at_survivor)
)
register_attached(
    Attached("customer", "customers.Contact", "custom", _linked_contacts, move=point_contacts_at_survivor)
)
register_attached(Attached("customer", "customers.CustomerExternalId", "customer_id", _external_ids))
register_attached(Attached("contact", "customers.ContactExternalId", "contact_id", _external_ids))
register_attached(Attached("contact", "customers.Contact", "merged_into_id", stays=CHAIN))
