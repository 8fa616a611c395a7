"""Who may do what with compliance (LEA-10)."""

from django.utils.translation import gettext_lazy as _

from leadline.compliance.models import Procedure
from leadline.compliance.verbs import PROCEDURE_VERBS
from leadline.people.models import User
from leadline.people.permissions import permissions_for

permissions_for(
    "procedure",
    _("Compliance"),
    "view edit review",
    objects=_("compliance procedures"),
    words={
        "edit": (_("Add documents"), _("And send them to review."), _("add documents to %(objects)s")),
        "review": (
            _("Review"),
            _("Approve and decline items and whole procedures."),
            _("review %(objects)s"),
        ),
    },
)


def may_see_compliance(user: User) -> bool:
    """Whether any role shows procedures."""
    return user.is_system or user.may("procedure", "view")


def may_on(user: User, procedure: Procedure) -> dict[str, bool]:
    """Each verb, and whether the person may do it now: what a page shows as buttons."""
    return {key: verb.allows(user, procedure) for key, verb in PROCEDURE_VERBS.items()}
