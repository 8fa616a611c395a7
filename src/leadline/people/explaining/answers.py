"""What “Why?” answers."""

from dataclasses import dataclass, field
from typing import Any

from leadline.core.verbs import Fact
from leadline.people.models import User


@dataclass(frozen=True)
class Reason:
    """One thing that stands against it. `lift` names the verb by which the person can end it.

    It is `idle` where there is nothing to do anyhow.
    """

    code: str
    words: str
    lift: str = ""
    idle: bool = False


@dataclass(frozen=True)
class Helper:
    """Somebody who can help, and as what: the owner, the manager of a team, an administrator."""

    user: User
    words: str
    away_until: Any = None


@dataclass(frozen=True)
class Verdict:
    """Whether one verb is allowed, in words and by reasons; `short` is for a line among others."""

    verb: str
    label: str
    allowed: bool
    words: str
    reasons: list[Reason] = field(default_factory=list)
    short: str = ""

    @property
    def is_idle(self) -> bool:
        """Whether there is nothing to do."""
        return any(reason.idle for reason in self.reasons)


@dataclass(frozen=True)
class Explanation:
    """The whole answer. `found` is None where no record was asked about; `key` is told only of one found."""

    kind: str
    title: str
    scope: str
    found: bool | None
    verdicts: list[Verdict]
    key: int | None = None
    facts: list[Fact] = field(default_factory=list)
    helpers: list[Helper] = field(default_factory=list)

    @property
    def open(self) -> list[Verdict]:
        """What the person can do."""
        return [verdict for verdict in self.verdicts if verdict.allowed]

    @property
    def shut(self) -> list[Verdict]:
        """What the person can't do, as far as there is something to do."""
        return [verdict for verdict in self.verdicts if not verdict.allowed and not verdict.is_idle]
