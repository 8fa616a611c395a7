"""What somebody's roles allow, in sentences (PPL-5)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leadline.core.formats import listed
from leadline.core.verbs import Whose
from leadline.people.models import Role, Team, Territory, User
from leadline.people.permissions import Permission, permission

WITHOUT_RECORDS = ("create", "import")  # there are none yet


@dataclass(frozen=True)
class Standing:
    """Somebody's roles, teams and territories by name, read once for all sentences."""

    user: User
    roles: list[str]
    teams: list[str]
    territories: list[str]

    @classmethod
    def of(cls, user: User) -> "Standing":
        """As it is now."""
        grants = user.grants
        roles = Role.objects.in_use().filter(key__in=grants.roles).values_list("name", flat=True)
        names = [
            list(rows.filter(pk__in=keys).order_by("name").values_list("name", flat=True)) if keys else []
            for rows, keys in ((Team.objects, grants.managed_teams), (Territory.objects, grants.territories))
        ]
        return cls(user, [_(name) for name in roles], *names)

    def sentence(self, asked: Permission) -> str:
        """Which records the roles allow it on, or that they don't."""
        words = {"roles": listed(self.roles), "deed": asked.in_words(), "which": self.which(asked)}
        count = len(self.roles)
        if not self.roles:
            return _("You hold no role, so nothing is open to you yet.")
        if self.user.grants.scope(asked.kind, asked.verb) is None:
            return (
                ngettext(
                    "Your role (%(roles)s) does not let you %(deed)s.",
                    "Your roles (%(roles)s) do not let you %(deed)s.",
                    count,
                )
                % words
            )
        if not words["which"]:
            return (
                ngettext(
                    "Your role (%(roles)s) lets you %(deed)s.",
                    "Your roles (%(roles)s) let you %(deed)s.",
                    count,
                )
                % words
            )
        return (
            ngettext(
                "Your role (%(roles)s) lets you %(deed)s: %(which)s.",
                "Your roles (%(roles)s) let you %(deed)s: %(which)s.",
                count,
            )
            % words
        )

    def which(self, asked: Permission) -> str:
        """The records on which the roles allow it; empty where it knows no records, or is not allowed."""
        grants = self.user.grants
        scope = grants.scope(asked.kind, asked.verb)
        if asked.is_plain or scope is None or asked.verb in WITHOUT_RECORDS:
            return ""
        if scope == "all":
            return _("all of them")
        which = [_("those you own")]
        if scope == "team":
            which.append(
                _("those of the teams you manage (%(teams)s)") % {"teams": listed(self.teams)}
                if self.teams
                else _("those of teams you manage (none now)")
            )
        if (asked.kind, asked.verb) in grants.by_territory:
            which.append(
                _("those in your territories (%(territories)s)") % {"territories": listed(self.territories)}
                if self.territories
                else _("those in territories you belong to (none now)")
            )
        return listed(which)


def belongs_to(whose: Whose) -> str:
    """Whose a record is that the person sees."""
    if whose.owner is None:
        return _("This one belongs to nobody.")
    return _("This one belongs to %(owner)s.") % {"owner": whose.owner}


def known(key: str) -> Permission | None:
    """A permission by its key, `customer:edit`."""
    kind, _colon, verb = key.partition(":")
    return permission(kind, verb)
