"""Who may tell of somebody's hours, absences and skills, and who reads why somebody is away."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leadline.people.models import User
from leadline.people.policies import may_manage_people
from leadline.people.scope import reach

ASK = _("The person, their manager or an administrator can do this.")


def manages(user: User, person: User) -> bool:
    """Whether somebody leads a person: by name, or by a team the person is in, directly or above."""
    return person.manager_id == user.pk or (
        person.team_id is not None and person.team_id in user.grants.managed_teams and person != user
    )


def may_tell_hours(user: User, person: User) -> bool:
    """Give working hours and absences: one's own, and as a manager or administrator those of others."""
    return user == person or manages(user, person) or may_manage_people(user)


def may_see_why_away(user: User, person: User) -> bool:
    """Read whether somebody is on holiday or sick; others read only until when."""
    return may_tell_hours(user, person) or user.may("user", "view")


def may_give_skills(user: User, person: User) -> bool:
    """Say what somebody knows: as the roles allow, for oneself, one's teams or everybody."""
    return may_manage_people(user) or reach(user, "skill", "give").covers(person.pk, person.team_id)


def load_visible_to(user: User) -> Q:
    """Of whom one reads how many customers they have: of those whose customers one sees."""
    return reach(user, "customer", "view").q(owner="pk", team="team", territory="")
