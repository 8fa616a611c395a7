"""What can be done with leads, and what stands against it (LEA-4 to LEA-7, PPL-5).

Policies, actions and “Why?” ask these: a button is shown, a deed done and a refusal explained by one rule.
"""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from leadline.core.verbs import NOT_ARCHIVED, Hindrance, Kind, Verb, Whose, archived, explains, verbs_of
from leadline.customers.verbs import ERASED
from leadline.leads.queries.seeing import lead_seen_by
from leadline.people.models import User
from leadline.people.scope import reach

ARCHIVED = archived(_("It is archived; restore it first."), "lead:archive")
CLOSED = Hindrance(
    "closed",
    _("This lead is closed; reopen it first."),
    lambda lead: not lead.is_open,
    _("Reopen"),
    "lead:edit",
)
CONVERTED = Hindrance(
    "converted", _("This lead became a customer already."), lambda lead: lead.is_converted, idle=True
)
BECAME_A_CUSTOMER = Hindrance(
    "became_a_customer",
    _("This lead became a customer; undo its conversion instead."),
    lambda lead: lead.is_converted,
    _("Undo the conversion"),
    "lead:edit",
)
NOT_CLOSED = Hindrance("not_closed", _("It is not closed."), lambda lead: lead.is_open, idle=True)


def may(user: User, verb: str, lead: Any) -> bool:
    """Whether a role's scope for the verb covers this lead; the house may everything."""
    return user.is_system or reach(user, "lead", verb).covers(lead.owner_id, lead.team_id, lead.territory_id)


def _role(verb: str) -> Callable[[User, Any], bool]:
    return lambda user, lead: may(user, verb, lead)


LEAD_VERBS = verbs_of(
    Verb("view", _("See"), "lead:view", _role("view")),
    Verb("edit", _("Edit"), "lead:edit", _role("edit"), (ERASED, ARCHIVED), ("tag", "consent", "consents")),
    Verb("log", _("Log and note"), "lead:log", _role("log"), (ERASED, ARCHIVED), ("activities", "mail")),
    Verb("work", _("Log an outcome"), "lead:log", _role("log"), (ERASED, ARCHIVED, CLOSED), ("outcome",)),
    Verb("stage", _("Change stage"), "lead:edit", _role("edit"), (ERASED, ARCHIVED, CLOSED)),
    Verb("disqualify", _("Disqualify"), "lead:edit", _role("edit"), (ERASED, ARCHIVED, CLOSED)),
    Verb(
        "reopen", _("Reopen"), "lead:edit", _role("edit"), (ERASED, ARCHIVED, BECAME_A_CUSTOMER, NOT_CLOSED)
    ),
    Verb(
        "convert",
        _("Convert"),
        "lead:convert",
        _role("convert"),
        (ERASED, ARCHIVED, CONVERTED, CLOSED),
    ),
    Verb("assign", _("Assign"), "lead:assign", _role("assign"), (ERASED, ARCHIVED), ("spread",)),
    Verb("star", _("Star"), "lead:star", _role("star"), (ERASED, ARCHIVED, CLOSED), ("unstar",)),
    Verb("archive", _("Archive"), "lead:archive", _role("archive"), (ERASED, ARCHIVED)),
    Verb("restore", _("Restore"), "lead:archive", _role("archive"), (ERASED, NOT_ARCHIVED)),
    Verb("export", _("Export"), "lead:export", _role("export")),
)

explains(
    Kind(
        "lead",
        "lead:view",
        lead_seen_by,
        LEAD_VERBS,
        ("leads",),
        whose=lambda lead: Whose(lead.owner, lead.team_id, lead.territory_id),
    )
)
