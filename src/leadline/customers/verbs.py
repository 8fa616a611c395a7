"""What can be done with customers, contacts and what is logged, and what stands against it (CUS-14, PPL-5).

Policies, actions and “Why?” ask these: a button is shown, a deed done and a refusal explained by one rule.
"""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from leadline.core.verbs import (
    NOT_ARCHIVED,
    Hindrance,
    Kind,
    Verb,
    Whose,
    addressed,
    archived,
    explains,
    verbs_of,
)
from leadline.customers.models import Contact, Customer
from leadline.customers.queries.seeing import customer_seen_by
from leadline.people.models import User
from leadline.people.scope import reach
from leadline.timeline.models import Activity, Note, Promise

Entry = Activity | Note | Promise

# Of customers, and of the candidates of a set (`actions/picking.py`).
ARCHIVED = archived(_("It is archived; restore it first."), "customer:archive")
BLOCKED = Hindrance("blocked", _("It is blocked already."), lambda customer: customer.is_blocked, idle=True)
NOT_BLOCKED = Hindrance(
    "not_blocked", _("It is not blocked."), lambda customer: not customer.is_blocked, idle=True
)
MERGED = Hindrance(
    "merged",
    _("It was merged into another one, and comes back when that is undone."),
    lambda record: record.is_merged,
)
ERASED = Hindrance(
    "erased", _("This person was erased and can't be brought back."), lambda record: record.is_erased
)
# Of contacts and entries.
CUSTOMER_ERASED = Hindrance("customer_erased", ERASED.words, lambda record: record.customer.is_erased)
CUSTOMER_ARCHIVED = Hindrance(
    "customer_archived",
    _("This customer is archived; restore it first."),
    lambda record: record.customer.is_archived,
    _("Restore"),
    "customer:archive",
)
CONTACT_ARCHIVED = Hindrance(
    "archived",
    _("This contact is archived; restore it first."),
    lambda contact: contact.archived_at is not None,
    _("Restore"),
    "customer:edit",
)


def may(user: User, verb: str, customer: Any) -> bool:
    """Whether a role's scope for the verb covers this customer; the house may everything."""
    whose = customer.owner_id, customer.team_id, customer.territory_id
    return user.is_system or reach(user, "customer", verb).covers(*whose)


def may_merge(user: User, customer: Any) -> bool:
    """Who merges changes the one that stays and archives the others, so all three are asked for."""
    return all(may(user, verb, customer) for verb in ("merge", "edit", "archive"))


def _role(verb: str) -> Callable[[User, Any], bool]:
    return lambda user, customer: may(user, verb, customer)


def _role_at_its(verb: str) -> Callable[[User, Any], bool]:
    return lambda user, record: may(user, verb, record.customer)


def wrote_or_edits(user: User, entry: Entry, customer: Customer) -> bool:
    """Whether somebody is the author of what is on the timeline, or may edit its customer."""
    author = entry.author_id if isinstance(entry, Note) else entry.user_id
    wrote_it = author == user.pk and may(user, "log", customer)
    return wrote_it or may(user, "edit", customer)


CUSTOMER_VERBS = verbs_of(
    Verb("view", _("See"), "customer:view", _role("view")),
    Verb(
        "edit",
        _("Edit"),
        "customer:edit",
        _role("edit"),
        (ERASED, ARCHIVED),
        ("tag", "status", "activate", "deactivate", "contacts", "territory"),
    ),
    Verb(
        "log",
        _("Log and note"),
        "customer:log",
        _role("log"),
        (ERASED, ARCHIVED),
        ("write", "make", "notes", "activities", "promises"),
    ),
    Verb("assign", _("Assign"), "customer:assign", _role("assign"), (ERASED, ARCHIVED)),
    Verb("block", _("Block"), "customer:block", _role("block"), (ERASED, ARCHIVED, BLOCKED)),
    Verb("unblock", _("Unblock"), "customer:block", _role("block"), (ERASED, ARCHIVED, NOT_BLOCKED)),
    Verb("archive", _("Archive"), "customer:archive", _role("archive"), (ERASED, ARCHIVED)),
    Verb("restore", _("Restore"), "customer:archive", _role("archive"), (ERASED, MERGED, NOT_ARCHIVED)),
    Verb("merge", _("Merge"), "customer:merge", may_merge, (ERASED, MERGED, ARCHIVED)),
    Verb("export", _("Export"), "customer:export", _role("export")),
)
_edits = _role_at_its("edit")
CONTACT_VERBS = verbs_of(
    Verb("view", _("See"), "customer:view", _role_at_its("view")),
    Verb(
        "edit",
        _("Edit"),
        "customer:edit",
        _edits,
        (CUSTOMER_ERASED, ERASED, CUSTOMER_ARCHIVED, CONTACT_ARCHIVED),
        ("primary", "consent", "consents", "move"),
    ),
    Verb("archive", _("Archive"), "customer:edit", _edits, (CUSTOMER_ERASED, CUSTOMER_ARCHIVED)),
    Verb(
        "restore",
        _("Restore"),
        "customer:edit",
        _edits,
        (CUSTOMER_ERASED, ERASED, MERGED, CUSTOMER_ARCHIVED),
    ),
    Verb(
        "merge",
        _("Merge"),
        "customer:merge",
        lambda user, contact: may_merge(user, contact.customer),
        (CUSTOMER_ERASED, ERASED, MERGED, CUSTOMER_ARCHIVED, CONTACT_ARCHIVED),
    ),
)
ENTRY_VERBS = verbs_of(
    Verb("view", _("See"), "customer:view", _role_at_its("view")),
    Verb(
        "edit",
        _("Edit"),
        "customer:edit",
        lambda user, entry: wrote_or_edits(user, entry, entry.customer),
        (CUSTOMER_ERASED, CUSTOMER_ARCHIVED),
        ("archive", "restore"),
        otherwise=_("Only its author, or whoever may edit the customer, can change this."),
    ),
)


def _whose(customer: Customer) -> Whose:
    return Whose(customer.owner, customer.team_id, customer.territory_id)


def _contact_seen(user: User, key: int) -> Contact | None:
    rows = Contact.objects.visible_to(user).select_related("customer__owner")
    return rows.filter(pk=key).first()


def _entry_seen(model: Any) -> Callable[[User, int], Entry | None]:
    """An entry with its customer, in the queries that it takes for one that is not there too."""

    def seen(user: User, key: int) -> Any:
        entry = model.objects.visible_to(user).filter(pk=key).exclude(customer_id=None).first()
        if entry is not None:
            entry.customer = customer_seen_by(user, entry.customer_id)
        return entry

    return seen


explains(
    Kind(
        "customer",
        "customer:view",
        customer_seen_by,
        CUSTOMER_VERBS,
        ("customers",),
        whose=_whose,
    )
)
explains(
    Kind(
        "contact",
        "customer:view",
        _contact_seen,
        CONTACT_VERBS,
        ("contacts",),
        whose=lambda contact: _whose(contact.customer),
    )
)
for _kind, _model, _words, _label in (
    ("note", Note, "notes", _("Note")),
    ("activity", Activity, "activities", _("Activity")),
    ("promise", Promise, "promises", _("Promise")),
):
    explains(
        Kind(
            _kind,
            "customer:view",
            _entry_seen(_model),
            ENTRY_VERBS,
            (_words,),
            named=lambda entry, label=_label: f"{label} · {entry.customer}",  # type: ignore[misc]
            whose=lambda entry: _whose(entry.customer),
        )
    )
addressed("imports import", "customer:import")
addressed("exports", "customer:export")
