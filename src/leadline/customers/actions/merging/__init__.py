"""Records that are one become one (CUS-23)."""

from leadline.customers.actions.merging.contacts import merge_contacts
from leadline.customers.actions.merging.customers import merge_customers
from leadline.customers.actions.merging.outcome import MOST, Merged
from leadline.customers.actions.merging.starting import start_merge

__all__ = ["MOST", "Merged", "merge_contacts", "merge_customers", "start_merge"]
