"""Customers and contacts can be merged; what of this app hangs on them (CUS-23)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leadline.core.merging import Attached, mergeable, register_attached
from leadline.customers.actions.interacting import give_back_interaction, take_newest_interaction
from leadline.customers.actions.pointing import point_contacts_at_survivor, point_customers_at_survivor

CHAIN = _("Each link of a chain leads to the next, and so to the survivor.")


CHILDREN = ngettext_lazy("%(n)s customer that belongs to it", "%(n)s customers that belong to it", "n")
CONTACTS = ngettext_lazy("%(n)s contact", "%(n)s contacts", "n")
LINKED_CUSTOMERS = ngettext_lazy(
    "%(n)s customer that is linked to it", "%(n)s customers that are linked to it", "n"
)
LINKED_CONTACTS = ngettext_lazy(
    "%(n)s contact that is linked to it", "%(n)s contacts that are linked to it", "n"
)
EXTERNAL_IDS = ngettext_lazy("%(n)s external id", "%(n)s external ids", "n")


mergeable("customer", "customers.Customer")
mergeable("contact", "customers.Contact")
register_attached(Attached("customer", "customers.Customer", "parent_id", CHILDREN))
register_attached(Attached("customer", "customers.Customer", "merged_into_id", stays=CHAIN))
register_attached(
    Attached(
        "customer", "customers.Pulse", "customer_id", move=take_newest_interaction, back=give_back_interaction
    )
)
register_attached(Attached("customer", "customers.Contact", "customer_id", CONTACTS))
register_attached(
    Attached("customer", "customers.Customer", "custom", LINKED_CUSTOMERS, move=point_customers_at_survivor)
)
register_attached(
    Attached("customer", "customers.Contact", "custom", LINKED_CONTACTS, move=point_contacts_at_survivor)
)
register_attached(Attached("customer", "customers.CustomerExternalId", "customer_id", EXTERNAL_IDS))
register_attached(Attached("contact", "customers.ContactExternalId", "contact_id", EXTERNAL_IDS))
register_attached(Attached("contact", "customers.Contact", "merged_into_id", stays=CHAIN))
