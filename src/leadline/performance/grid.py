"""The grid in which targets are set: people and teams down, figures across (PRF-1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from leadline.core.metrics import Metric, metrics_for
from leadline.core.organisation import organisation
from leadline.people.models import Team, User
from leadline.people.scope import reach
from leadline.performance.actions import key_of, may_have_target
from leadline.performance.models import Target

MOST_PEOPLE = 300


@dataclass(frozen=True)
class Column:
    """A figure and how often it is to be reached; `word` names it in forms and addresses."""

    metric: Metric
    every: str
    currency: str

    @property
    def word(self) -> str:
        """`calls.day`, `credited_amount.month.EUR`."""
        return word_of(self.metric.name, self.every, self.currency)

    @property
    def label(self) -> str:
        """What its head says."""
        money = f" ({self.currency})" if self.currency else ""
        return f"{self.metric.label}{money}"

    @property
    def how_often(self) -> str:
        """In words."""
        return str(Target.Every(self.every).label)


@dataclass(frozen=True)
class Line:
    """A person or a team, with the value of each column."""

    whose: User | Team
    values: Sequence[Decimal | None]

    @property
    def word(self) -> str:
        """`user.7`, `team.3`."""
        return "{}.{}".format(*key_of(self.whose))

    @property
    def is_team(self) -> bool:
        """Whether it is a team."""
        return isinstance(self.whose, Team)


def word_of(metric: str, every: str, currency: str) -> str:
    """How a column is named in forms and addresses."""
    return ".".join(filter(None, (metric, every, currency)))


def columns_of(user: User, targets: Sequence[Target], asked: Sequence[str]) -> list[Column]:
    """The columns that a month has, and those asked for beside; what can't be meant is left out."""
    words = [word_of(each.metric, each.every, each.currency) for each in targets]
    found = [column_of(word, user) for word in dict.fromkeys([*sorted(words), *asked])]
    return [column for column in found if column]


def column_of(word: str, user: User) -> Column | None:
    """The column that a word names, for a person who sees its figures."""
    name, every, currency = (*word.split("."), "", "", "")[:3]
    metric = next((each for each in metrics_to_set(user) if each.name == name), None)
    if metric is None or every not in Target.Every.values:
        return None
    if not metric.measure.currency:
        return Column(metric, every, "")
    return Column(metric, every, currency.upper() or organisation().currency)


def metrics_to_set(user: User) -> list[Metric]:
    """The figures that can have targets."""
    return [metric for metric in metrics_for(user) if may_have_target(metric)]


def lines_of(
    user: User, targets: Sequence[Target], columns: Sequence[Column], team: int | None
) -> list[Line]:
    """Everybody for whom this person sets targets, teams first; of one team alone where it is named."""
    values = {(*each.key, each.metric, each.every, each.currency): each.value for each in targets}
    return [
        Line(
            whose,
            [values.get((*key_of(whose), each.metric.name, each.every, each.currency)) for each in columns],
        )
        for whose in whom_to_set(user, team)
    ]


def whom_to_set(user: User, team: int | None = None) -> list[User | Team]:
    """The teams and the people for whom this person sets targets."""
    return [*teams_to_set(user, team), *people_to_set(user, team)]


def people_to_set(user: User, team: int | None = None) -> list[User]:
    """The people for whom this person sets targets, by name."""
    people = User.objects.active().filter(reach(user, "target", "manage").q("pk", "team", ""))
    people = people.filter(team_id=team) if team else people
    return list(people.order_by("name", "pk")[:MOST_PEOPLE])


def teams_to_set(user: User, team: int | None = None) -> list[Team]:
    """The teams for which this person sets targets."""
    within = reach(user, "target", "manage")
    teams = (
        Team.objects.in_use() if within.everything else Team.objects.in_use().filter(pk__in=within.team_ids)
    )
    return list((teams.filter(pk=team) if team else teams).order_by("name"))


def month_targets(user: User, month: date) -> list[Target]:
    """The targets of a month that this person sees."""
    rows = Target.objects.visible_to(user).in_force().filter(month=month)
    return list(rows.in_order())
