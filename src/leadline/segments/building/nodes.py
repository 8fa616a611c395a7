"""The parts of a rule while it is made; what is not finished is told where it stands."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from leadline.core.conditions import parse
from leadline.core.conditions.parsing import DEEPEST, MOST_PARTS
from leadline.core.fields import catalogue
from leadline.core.lists.questions import Asker, Choice, Question, named_part, offered_fields
from leadline.core.refusals import RuleBroken

WORDS = ("and", "or")


@dataclass
class Node(ABC):
    """A part of the rule. `path` is the name it has in the form that is drawn; `error` stands beside it."""

    asker: Asker
    path: str = ""
    error: str = ""
    is_new: bool = False

    @abstractmethod
    def part(self) -> Any:
        """As a condition; None while it is not finished, with the reason in `error`."""

    def named(self, path: str) -> None:
        """Give it, and all within it, their names."""
        self.path = path

    def all(self) -> "Iterator[Node]":
        """Itself and all within it."""
        yield self


@dataclass
class GroupNode(Node):
    """All of (`and`) or any of (`or`) its parts, or, `negated`, not that."""

    word: str = "and"
    negated: bool = False
    children: list[Node] = field(default_factory=list)

    def part(self) -> Any:
        """The finished ones of its parts."""
        parts = [part for part in (child.part() for child in self.children) if part is not None]
        if not parts:
            return None
        group = {self.word: parts}
        return {"not": group} if self.negated else group

    def named(self, path: str) -> None:
        """Its parts are numbered."""
        self.path = path
        for place, child in enumerate(self.children):
            child.named(f"{path}-{place}")

    def all(self) -> Iterator[Node]:
        """Itself and all within it."""
        yield self
        for child in self.children:
            yield from child.all()

    def unfinished(self) -> list[Node]:
        """Those within that can't be meant, or ask nothing yet; `part` says beforehand which."""
        return [node for node in self.all() if node.error or getattr(node, "question", self) is None]

    @property
    def is_full(self) -> bool:
        """Whether another group within would be deeper than a rule may be."""
        return self.path.count("-") >= DEEPEST - 3


@dataclass
class QuestionNode(Node):
    """A question about a field or about linked objects; without one as long as none was chosen."""

    question: Question | None = None
    inner: GroupNode | None = None

    def part(self) -> Any:
        """The question with its answer, when it can be meant."""
        if self.question is None:
            return None
        try:
            where = self.inner.part() if self.inner else None
            part = named_part(self.question.name, self.question.answer(self.question.values), where or {})
            parse(part, self.asker.about, user=self.asker.user)
        except RuleBroken as refusal:
            self.error = refusal.message
            return None
        return part

    @property
    def is_blank(self) -> bool:
        """Whether nothing was answered yet, so that nothing is wrong."""
        return self.question is not None and not any(value.strip() for value in self.question.values)

    def named(self, path: str) -> None:
        """What is asked of linked objects stands in a group of its own."""
        self.path = path
        if self.inner:
            self.inner.named(f"{path}-w")

    def all(self) -> Iterator[Node]:
        """Itself, and what is asked of linked objects."""
        yield self
        if self.inner:
            yield from self.inner.all()

    @property
    def groups(self) -> list[tuple[str, list[Choice]]]:
        """What can be asked about here."""
        return offered_fields(self.asker)


@dataclass
class KeptNode(Node):
    """A part that the builder does not take apart (what a change set touched); it is kept or removed."""

    given: Any = None
    sentence: str = ""

    def part(self) -> Any:
        """As it came."""
        return self.given


def within(asker: Asker, link_kind: str) -> Asker:
    """Who asks about linked objects."""
    return Asker(catalogue(link_kind), asker.user, asker.naming, asker.options, asker.sources)


def too_many(root: GroupNode) -> bool:
    """Whether a rule has as many parts as one may have."""
    return sum(1 for _node in root.all()) >= MOST_PARTS
