"""Who reads and changes the rules, and what is told of colleagues."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leadline.people.models import User
from leadline.people.permissions import FOR_ALL, permissions_for
from leadline.people.scope import reach

permissions_for(
    "assignment",
    _("Rules of assignment"),
    "view manage",
    scopes=FOR_ALL,
    words={
        "view": (
            _("See the rules of assignment"),
            _("The rules, whom they chose among, and how fair it was, for people within reach."),
            _("see the rules of assignment"),
        ),
        "manage": (
            _("Manage the rules of assignment"),
            _("Change, rehearse and switch the rules by which owners are found."),
            _("manage the rules of assignment"),
        ),
    },
)
ASK = _("A lead manager or an administrator can do this.")


def may_see_rules(user: User) -> bool:
    """Read rules, candidates and fairness."""
    return user.is_system or user.may("assignment", "view")


def may_manage_rules(user: User) -> bool:
    """Change rules, shares and the overflow owner, and rehearse."""
    return user.is_system or user.may("assignment", "manage")


def may_run_rules(user: User, kind: str) -> bool:
    """Let the rules find owners for records that one may assign."""
    return user.is_system or user.may(kind, "assign")


def colleagues_shown(user: User, kind: str) -> Q:
    """Of whom one reads load, turns and reasons: of those whose records of the kind one sees."""
    return Q() if user.is_system else reach(user, kind, "view").q(owner="pk", team="team", territory="")
