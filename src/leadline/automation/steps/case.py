"""One record in one run, as steps see it: whose it is, and what texts may say of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from leadline.core.events import Subject
from leadline.people.models import User


@dataclass
class Case:
    """What a rule acts on. `fill(text, language)` puts what is known (`values`) into its places.

    `subject` is the record that is acted on: a lead or a customer. `payment_id` is the payment that it was
    about, if any. `run_key` names the run for what must happen once.
    """

    subject: Subject
    name: str
    owner: User | None
    fill: Callable[[str, str], str]
    run_key: str
    rule_id: int
    payment_id: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)

    def belongs_to(self, owner: User | None) -> None:
        """Another owns it by now, in texts too."""
        self.owner = owner
        self.values["owner"] = owner.name if owner else ""

    @property
    def lead_id(self) -> int | None:
        """The lead, if it is one."""
        return self.subject.id if self.subject.kind == "lead" else None


@dataclass(frozen=True)
class Outcome:
    """What a step came to, in words; `ok` says whether it did what it shall. `address` leads to it."""

    words: str
    ok: bool = True
    address: str = ""
