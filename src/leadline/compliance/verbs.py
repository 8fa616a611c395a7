"""What can be done with procedures, and what stands against it, for buttons, actions and “Why?” (PPL-5)."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from leadline.compliance.models import Procedure
from leadline.core.verbs import Hindrance, Kind, Verb, Whose, explains, verbs_of
from leadline.people.models import User
from leadline.people.scope import reach

State = Procedure.State
DECIDED = Hindrance(
    "decided",
    _("This procedure is decided; open it again first."),
    lambda procedure: procedure.is_decided,
    _("Open again"),
    "procedure:review",
)
NOT_DECIDED = Hindrance(
    "not_decided", _("It is not decided yet."), lambda procedure: not procedure.is_decided, idle=True
)
UNAPPROVED = Hindrance(
    "unapproved",
    _("Each item has to be approved first."),
    lambda procedure: procedure.checks.filter(item__retired_at=None).exclude(state="approved").exists(),
    _("Decide on items"),
    "procedure:review",
)
IN_REVIEW = Hindrance(
    "in_review",
    _("It waits for its review already."),
    lambda procedure: procedure.state == State.REVIEW,
    idle=True,
)
COLLECTING = Hindrance(
    "collecting",
    _("Its documents are collected already."),
    lambda procedure: procedure.state == State.COLLECTING,
    idle=True,
)


def may(user: User, verb: str, procedure: Procedure) -> bool:
    """Whether a role's scope for the verb covers the lead or customer that it is about; the house may all."""
    about = procedure.subject
    whose = about.owner_id, about.team_id, about.territory_id
    return user.is_system or reach(user, "procedure", verb).covers(*whose)


def _role(verb: str) -> Callable[[User, Any], bool]:
    return lambda user, procedure: may(user, verb, procedure)


def procedure_seen_by(user: User, key: int) -> Procedure | None:
    """The procedure with all that it names, if this person sees it."""
    if not 0 < key < 2**63:
        return None
    return Procedure.objects.visible_to(user).whole().filter(pk=key).first()


PROCEDURE_VERBS = verbs_of(
    Verb("view", _("See"), "procedure:view", _role("view")),
    Verb("edit", _("Add documents"), "procedure:edit", _role("edit"), (DECIDED,), ("documents",)),
    Verb("submit", _("Send to review"), "procedure:edit", _role("edit"), (DECIDED, IN_REVIEW)),
    Verb("ask_again", _("Ask for documents"), "procedure:review", _role("review"), (DECIDED, COLLECTING)),
    Verb("review", _("Decide on items"), "procedure:review", _role("review"), (DECIDED,), ("checks",)),
    Verb("approve", _("Approve"), "procedure:review", _role("review"), (DECIDED, UNAPPROVED)),
    Verb("decline", _("Decline"), "procedure:review", _role("review"), (DECIDED,)),
    Verb("reopen", _("Open again"), "procedure:review", _role("review"), (NOT_DECIDED,)),
)
explains(
    Kind(
        "procedure",
        "procedure:view",
        procedure_seen_by,
        PROCEDURE_VERBS,
        ("compliance",),
        whose=lambda procedure: Whose(
            procedure.subject.owner, procedure.subject.team_id, procedure.subject.territory_id
        ),
    )
)
