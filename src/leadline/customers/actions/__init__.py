"""What is done with customers and contacts: the only place that writes them."""

from leadline.customers.actions.adding import add_customer, add_customers
from leadline.customers.actions.archiving import (
    archive_customer,
    archive_customers,
    restore_customer,
    restore_customers,
)
from leadline.customers.actions.assigning import (
    assign_customer,
    assign_customers,
    deal_customers,
    hand_over_customers,
)
from leadline.customers.actions.changing import change_customers, edit_customer
from leadline.customers.actions.cleaning import cleaning_for
from leadline.customers.actions.consenting import record_consent, take_consents
from leadline.customers.actions.contacts import (
    add_contact,
    add_contacts,
    archive_contact,
    edit_contact,
    make_primary,
    move_contact,
    restore_contact,
)
from leadline.customers.actions.disclosing import reveal_sensitive_of, set_sensitive_of
from leadline.customers.actions.erasing import erase_contacts, erase_customers
from leadline.customers.actions.external_ids import set_external_ids
from leadline.customers.actions.interacting import note_interactions
from leadline.customers.actions.logging import (
    archive_activity,
    archive_note,
    attach_files,
    edit_activity,
    edit_note,
    log_activities,
    log_activity,
    pin_note,
    remove_attachment,
    restore_attachment,
    restore_note,
    unpin_note,
    write_note,
)
from leadline.customers.actions.merging import Merged, merge_contacts, merge_customers, start_merge
from leadline.customers.actions.picking import Done
from leadline.customers.actions.placing import place_customers
from leadline.customers.actions.promising import (
    edit_promise,
    give_up_promise,
    keep_promise,
    make_promise,
    reopen_promise,
)
from leadline.customers.actions.status import (
    block_customer,
    block_customers,
    change_status,
    change_status_of,
    let_rest_the_inactive,
    unblock_customer,
    unblock_customers,
)
from leadline.customers.actions.tagging import tag_customer, tag_customers
from leadline.customers.actions.territories import (
    add_territory,
    change_territory,
    restore_territory,
    retire_territory,
)

__all__ = [
    "Done",
    "Merged",
    "add_contact",
    "add_contacts",
    "add_customer",
    "add_customers",
    "add_territory",
    "archive_activity",
    "archive_contact",
    "archive_customer",
    "archive_customers",
    "archive_note",
    "assign_customer",
    "assign_customers",
    "attach_files",
    "block_customer",
    "block_customers",
    "change_customers",
    "change_status",
    "change_status_of",
    "change_territory",
    "cleaning_for",
    "deal_customers",
    "edit_activity",
    "edit_contact",
    "edit_customer",
    "edit_note",
    "edit_promise",
    "erase_contacts",
    "erase_customers",
    "give_up_promise",
    "hand_over_customers",
    "keep_promise",
    "let_rest_the_inactive",
    "log_activities",
    "log_activity",
    "make_primary",
    "make_promise",
    "merge_contacts",
    "merge_customers",
    "move_contact",
    "note_interactions",
    "pin_note",
    "place_customers",
    "record_consent",
    "remove_attachment",
    "reopen_promise",
    "restore_attachment",
    "restore_contact",
    "restore_customer",
    "restore_customers",
    "restore_note",
    "restore_territory",
    "retire_territory",
    "reveal_sensitive_of",
    "set_external_ids",
    "set_sensitive_of",
    "start_merge",
    "tag_customer",
    "tag_customers",
    "take_consents",
    "unblock_customer",
    "unblock_customers",
    "unpin_note",
    "write_note",
]
