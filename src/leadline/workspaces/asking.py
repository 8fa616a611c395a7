"""What the address of a page asks of figures: a period, a person, a team; bad words are told, not obeyed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from leadline.core.conditions import Context
from leadline.core.metrics import PERIODS, Period, period_of
from leadline.core.metrics.asking import address_with
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.people.models import Team, User
from leadline.people.queries import teams_to_choose

WORDS = ("period", "user", "team", "by")


@dataclass(frozen=True)
class Asked:
    """What was asked, cleaned: `given` goes to the metrics, `refusals` onto the page."""

    period: Period
    given: Mapping[str, str]
    person: User | None
    team: Team | None
    refusals: Sequence[RuleBroken] = field(default=())

    @property
    def periods(self) -> list[tuple[str, str]]:
        """The periods to choose from, with the one that is asked."""
        known = [(word, str(label)) for word, label in PERIODS.items()]
        if self.period.word not in PERIODS:
            known.append((self.period.word, self.period.word))
        return known

    @property
    def teams(self) -> list[tuple[Any, str]]:
        """The teams to choose from."""
        return list(teams_to_choose())

    def to(self, path: str, **changes: str) -> str:
        """An address with the same question, something changed."""
        words = {**self.given, **changes}
        return address_with(path, {name: word for name, word in words.items() if word})


def asked_by(request: Request, *, period: str = "this_month", by: str = "") -> Asked:
    """What an address asks; what can't be meant is in `refusals`, and the rest is shown."""
    given = {name: request.GET.get(name, "") for name in WORDS}
    context, refusals = Context.of_organisation(request.user.pk), list[RuleBroken]()
    try:
        found = period_of(given["period"] or period, context)
    except RuleBroken as refusal:
        refusals.append(refusal)
        found = period_of(period, context)
    person = _one(User, given["user"] if given["user"] != "me" else str(request.user.pk), request.user)
    team = _one(Team, given["team"], request.user)
    kept = {
        "period": found.word,
        "user": str(person.pk) if person else "",
        "team": str(team.pk) if team else "",
        "by": given["by"] or by,
    }
    return Asked(found, kept, person, team, refusals)


def _one(model: Any, text: str, user: User) -> Any:
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        return None
    rows = model.objects.visible_to(user) if hasattr(model.objects, "visible_to") else model.objects
    return rows.filter(pk=int(text)).first()
