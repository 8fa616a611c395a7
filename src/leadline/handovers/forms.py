"""The answers of the wizard, over all its steps."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.core.forms import ActionForm
from leadline.core.lists import Selection
from leadline.core.refusals import RuleBroken
from leadline.handovers import policies
from leadline.handovers.models import Handover
from leadline.handovers.planning import Draft
from leadline.handovers.registry import owned_kinds, within_reach
from leadline.people.models import Team, User
from leadline.people.queries import teams_to_choose

FIRST_STEP = ("reason", "person", "starts_on", "ends_on")


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class HandoverForm(ActionForm):
    """Whom and why, then to whom; each rule is the action's own."""

    reason = forms.CharField(max_length=10, initial=Handover.Reason.CHANGE)
    person = forms.IntegerField(required=False)
    starts_on = _day(gettext_lazy("First day"))
    ends_on = _day(gettext_lazy("Last day"))
    way = forms.CharField(max_length=10, required=False, initial=Handover.Way.ONE)
    to = forms.IntegerField(required=False)
    team = forms.IntegerField(required=False)
    overflow = forms.IntegerField(required=False)

    def draft(self, selections: dict[str, Selection]) -> Draft:
        """What is wanted; days count for an absence only, and people for the way that asks for them."""
        given = self.cleaned_data.get
        away, way = given("reason") == Handover.Reason.ABSENCE, given("way") or Handover.Way.ONE
        alone = way == Handover.Way.ONE
        return Draft(
            reason=given("reason") or "",
            way=way,
            person=_known(given("person"), "person"),
            selections=selections,
            to=_known(given("to"), "to") if alone else None,
            team=None if alone else Team.objects.filter(pk=given("team") or 0).first(),
            overflow=None if alone else _known(given("overflow"), "overflow"),
            starts_on=given("starts_on") if away else None,
            ends_on=given("ends_on") if away else None,
        )

    def tell(self, refusal: RuleBroken) -> bool:
        """Put a refusal beside its field; tells whether that stands on the first step."""
        self.add_error(refusal.field if refusal.field in self.fields else None, refusal.message)
        return refusal.field in FIRST_STEP or refusal.field == "selection"


def reasons_for(user: User) -> list[tuple[str, str, str]]:
    """The reasons that this person may give, each explained."""
    reasons = [
        (Handover.Reason.CHANGE, _("Someone else takes over some or all of it, for good.")),
        (Handover.Reason.ABSENCE, _("It goes to a deputy, and comes back after the last day.")),
    ]
    if policies.may_let_go(user):
        words = _("Signed out everywhere and tokens revoked in the same step; all of it goes over.")
        reasons.append((Handover.Reason.LEAVER, words))
    return [(reason.value, str(reason.label), help) for reason, help in reasons]


def ways() -> list[tuple[str, str, str]]:
    """The ways of spreading, each explained."""
    Way = Handover.Way
    explained = [
        (Way.ONE, _("One person takes everything.")),
        (Way.EVEN, _("Everybody in the team gets as many; one more at most.")),
        (
            Way.LOAD,
            _("Each goes to whoever has the fewest at that moment, within what the person can carry."),
        ),
        (Way.TERRITORY, _("To members of the customer's territory, of those to who has least.")),
        (Way.LANGUAGE, _("To who speaks the customer's language, of those to who has least.")),
        (Way.SKILLS, _("To who knows the customer's language and industry best, of those to who has least.")),
    ]
    return [(way.value, str(way.label), help) for way, help in explained]


def teams_for(user: User) -> list[tuple[Any, str]]:
    """The teams among which this person may spread."""
    within = [within_reach(user, owned) for owned in owned_kinds()]
    reached = {team for each in within for team in each.team_ids}
    everything = any(each.everything for each in within)
    return [("", "–"), *(pair for pair in teams_to_choose() if everything or pair[0] in reached)]


def _known(key: int | None, field: str) -> User | None:
    if not key:
        return None
    found = User.objects.filter(pk=key, is_system=False).first() if 0 < key < 2**63 else None
    if found is None:
        raise RuleBroken(_("Choose somebody who works here."), field=field, value=key)
    return found
