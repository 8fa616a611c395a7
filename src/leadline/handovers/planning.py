"""What is wanted of a hand-over, checked; and how its records are spread (PPL-1)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.translation import gettext as _

from leadline.core import clock
from leadline.core.actions import Actor, require
from leadline.core.lists import Selection
from leadline.core.organisation import organisation
from leadline.core.refusals import NotAllowed, RuleBroken
from leadline.handovers import policies
from leadline.handovers.models import Handover
from leadline.handovers.registry import Owned, owned_kind, owned_kinds, within_reach
from leadline.handovers.spreading import Candidate, Spreading
from leadline.people.models import Team, TerritoryMember, User
from leadline.people.policies import ASK_AN_ADMINISTRATOR
from leadline.people.working.queries import absent_on, skill_names_of


@dataclass(frozen=True)
class Draft:
    """A hand-over to be. `selections` choose among what `person` owns, or of anybody's when there is none.

    Without `selections` it is all that the person owns. Days are those of the organisation's zone.
    """

    reason: str
    way: str = Handover.Way.ONE
    person: User | None = None
    selections: Mapping[str, Selection] = field(default_factory=dict)
    to: User | None = None
    team: Team | None = None
    overflow: User | None = None
    starts_on: date | None = None
    ends_on: date | None = None

    @property
    def first_day(self) -> date:
        """The day on which it happens: today, unless it was planned."""
        return self.starts_on or today()

    @property
    def rest_to(self) -> User | None:
        """Who gets what no rule places."""
        return self.to if self.way == Handover.Way.ONE else self.overflow


def today() -> date:
    """The day it is for the organisation."""
    return clock.today(organisation().time_zone)


def require_whom(draft: Draft, by: Actor) -> None:
    """Whether the actor may hand over from this person for this reason; raises `RuleBroken` by field."""
    require(policies.may_hand_over(by.user), _("Your role can't hand over; a sales manager can."))
    if draft.reason not in Handover.Reason.values:
        raise RuleBroken(_("Say why: leaver, absence or change."), field="reason", value=draft.reason)
    if draft.reason == Handover.Reason.LEAVER and not policies.may_let_go(by.user):
        raise NotAllowed(_("Only who manages people can let somebody go."), who_can_help=ASK_AN_ADMINISTRATOR)
    if draft.person is None and (draft.reason != Handover.Reason.CHANGE or not draft.selections):
        raise RuleBroken(_("Choose whose records go over."), field="person")
    if draft.person and not policies.people_within_reach(by.user).filter(pk=draft.person.pk).exists():
        raise RuleBroken(
            _("You can hand over from people of your own teams only. An administrator can do more."),
            field="person",
        )
    _require_days(draft)


def _require_days(draft: Draft) -> None:
    if draft.reason != Handover.Reason.ABSENCE:
        if draft.starts_on or draft.ends_on:
            raise RuleBroken(_("Only an absence has days."), field="ends_on")
        return
    if draft.ends_on is None:
        raise RuleBroken(_("Give the last day of the absence."), field="ends_on")
    if draft.ends_on < max(draft.first_day, today()):
        raise RuleBroken(
            _("The last day can't be before the first, nor be over."),
            field="ends_on",
            value=draft.ends_on.isoformat(),
        )


def require_to_whom(draft: Draft, by: Actor) -> None:
    """Whether the new owners may be these; nothing may stay without an owner (SIG-5)."""
    if draft.way not in Handover.Way.values:
        known = ", ".join(Handover.Way.values)
        raise RuleBroken(_("Choose one of: %(known)s.") % {"known": known}, field="way", value=draft.way)
    if draft.way == Handover.Way.ONE:
        _require_may_own(draft, draft.to, "to", by)
        return
    if draft.team is None:
        raise RuleBroken(_("Choose the team among whom it is spread."), field="team")
    _require_may_own(draft, draft.overflow, "overflow", by)
    if not any(candidates_for(draft, owned, by.user) for owned in kinds_of(draft)):
        raise RuleBroken(
            _("Nobody in this team can get them: choose a team of yours with people who own records."),
            field="team",
        )


def _require_may_own(draft: Draft, user: User | None, name: str, by: Actor) -> None:
    if user is None:
        words = {"to": _("Choose who gets them."), "overflow": _("Choose who gets what no rule places.")}
        raise RuleBroken(words[name], field=name)
    if draft.person and user.pk == draft.person.pk:
        raise RuleBroken(_("Choose somebody else than who hands over."), field=name)
    if not user.is_active or user.is_system:
        raise RuleBroken(_("%(name)s has left and can't own records.") % {"name": user}, field=name)
    for owned in kinds_of(draft):
        if not within_reach(by.user, owned).covers(user.pk, user.team_id):
            raise RuleBroken(
                _("You can hand over to people of your own teams only. An administrator can do more."),
                field=name,
            )
        if not owned.may_own(user):
            raise RuleBroken(
                _("The roles of %(name)s don't allow to own %(what)s.")
                % {"name": user, "what": str(owned.label)},
                field=name,
            )


def kinds_of(draft: Draft) -> list[Owned]:
    """The kinds that go over: those selected, or all that can."""
    chosen = [owned_kind(kind) for kind in draft.selections]
    return [owned for owned in chosen if owned] if draft.selections else owned_kinds()


def parts_of(draft: Draft, by: Actor) -> dict[str, Selection]:
    """The selection of each kind, within what the person owns, of those that the actor may assign."""
    parts = {}
    for owned in kinds_of(draft):
        if by.user.is_system or by.user.may(owned.kind, "assign"):
            chosen = draft.selections.get(owned.kind)
            parts[owned.kind] = _owned_by(draft.person, owned, chosen)
    return parts


def _owned_by(person: User | None, owned: Owned, chosen: Selection | None) -> Selection:
    if person is None or (chosen is not None and chosen.ids is not None):
        return chosen if chosen is not None else Selection.of_ids(owned.kind, [])
    own = owned.selection_of(person)
    if chosen is None:
        return own
    where = {"and": [own.where, chosen.where]} if chosen.where else own.where
    return replace(chosen, where=where)


def candidates_for(draft: Draft, owned: Owned, user: User) -> list[Candidate]:
    """Who in the team or below it may own this kind, is within reach and not away, with load and capacity."""
    if draft.team is None:
        return []
    within = within_reach(user, owned).q(owner="pk", team="team", territory="")
    people = User.objects.active().filter(within, team__in=_with_those_below(draft.team))
    if draft.person is not None:
        people = people.exclude(pk=draft.person.pk)
    away = absent_on(people, draft.first_day)
    able = [person for person in people.order_by("pk") if person.pk not in away and owned.may_own(person)]
    load, territories = owned.load([person.pk for person in able]), _territories_of(able)
    skills = skill_names_of(able)
    return [
        Candidate(
            person.pk,
            load=load.get(person.pk, 0),
            capacity=person.capacity,
            territories=frozenset(territories.get(person.pk, ())),
            languages=frozenset({person.language} - {""}),
            skills=skills.get(person.pk, frozenset()),
        )
        for person in able
    ]


def spreading_of(draft: Draft, owned: Owned, user: User, given: Mapping[int, int] | None = None) -> Spreading:
    """The rules with the people and loads of this moment; `given` is what this hand-over gave before."""
    rest = draft.rest_to
    if rest is None:
        raise RuleBroken(_("Choose who gets what no rule places."), field="overflow")
    fresh = candidates_for(draft, owned, user) if draft.way != Handover.Way.ONE else []
    return Spreading.of(
        draft.way, fresh, overflow=rest.pk, given=given if draft.way == Handover.Way.EVEN else None
    )


def _with_those_below(team: Team) -> list[int]:
    found, fresh = {team.pk}, {team.pk}
    while fresh:
        fresh = set(Team.objects.filter(parent__in=fresh).values_list("pk", flat=True)) - found
        found |= fresh
    return sorted(found)


def _territories_of(people: Iterable[User]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    members = TerritoryMember.objects.filter(user__in=list(people), territory__retired_at=None)
    for user_id, territory_id in members.values_list("user_id", "territory_id"):
        found.setdefault(user_id, []).append(territory_id)
    return found
