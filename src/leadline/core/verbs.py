"""What can be done with a record and what stands against it, for buttons, actions and “Why?” alike (PPL-5).

An app declares the verbs of its records in `verbs.py`. The policy that shows a button, the action that
refuses and the explanation ask the same `Verb`, so none of them can say something else than the others.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True)
class Hindrance:
    """A state of a record in which nobody may do something.

    `lift` names the deed that ends the state, `permission` what it needs. It is `idle` where there is nothing
    to do (what is not archived is not restored). Called with a record it gives the words against it, or None:
    so it is a rule of a set too.
    """

    code: str
    words: Text
    stands: Callable[[Any], bool]
    lift: Text = ""
    permission: str = ""
    idle: bool = False

    def __call__(self, record: Any) -> str | None:
        return str(self.words) if self.stands(record) else None


@dataclass(frozen=True)
class Verb:
    """One thing to do with a record of a kind.

    `permission` names what a role needs (`customer:edit`). `permits` says whether a person may, whatever the
    state of the record. `otherwise` says who may, where more than the role decides. `words` are the last
    words of addresses that mean it.
    """

    key: str
    label: Text
    permission: str
    permits: Callable[[Any, Any], bool]
    hindrances: tuple[Hindrance, ...] = ()
    words: tuple[str, ...] = ()
    otherwise: Text = ""

    @property
    def needs(self) -> tuple[str, str]:
        """Object and verb of the permission."""
        kind, _colon, verb = self.permission.partition(":")
        return kind, verb

    def hindered_by(self, record: Any) -> list[Hindrance]:
        """What of the record's state stands against it, for everybody."""
        return [hindrance for hindrance in self.hindrances if hindrance.stands(record)]

    def allows(self, user: Any, record: Any) -> bool:
        """Whether the person may do it now."""
        return self.permits(user, record) and not any(each.stands(record) for each in self.hindrances)


@dataclass(frozen=True)
class Whose:
    """What scope asks of a record: its owner (a user), team and territory."""

    owner: Any = None
    team_id: int | None = None
    territory_id: int | None = None

    @property
    def columns(self) -> tuple[int | None, int | None, int | None]:
        """As `Reach.covers` takes them."""
        return self.owner.pk if self.owner else None, self.team_id, self.territory_id


@dataclass(frozen=True)
class Kind:
    """A kind of record that “Why?” explains.

    `seen(user, key)` gives the record if the person sees it: what it does not give is not there. `view` is
    the permission to see it. `words` are the first words of addresses that lead to such records.
    """

    key: str
    view: str
    seen: Callable[[Any, int], Any]
    verbs: dict[str, Verb]
    words: tuple[str, ...] = ()
    named: Callable[[Any], str] = str
    whose: Callable[[Any], Whose | None] = field(default=lambda _record: None)


Fact = tuple[str, str]  # code, sentence
Tells = Callable[[str, Any, Any], list[Fact]]
_kinds: dict[str, Kind] = {}
_addressed: dict[str, str] = {}
_tells: list[Tells] = []
Told = TypeVar("Told", bound=Tells)


def verbs_of(*verbs: Verb) -> dict[str, Verb]:
    """Verbs by their keys."""
    return {verb.key: verb for verb in verbs}


def archived(words: Text, permission: str) -> Hindrance:
    """That a record is out of use; `permission` restores it."""
    return Hindrance("archived", words, lambda record: record.is_archived, _("Restore"), permission)


NOT_ARCHIVED = Hindrance(
    "not_archived", _("It is not archived."), lambda record: not record.is_archived, idle=True
)


def by_role(permission: str) -> Callable[[Any, Any], bool]:
    """Whether a role gives a permission, whichever record it is about: what is the house's is everybody's."""
    kind, _colon, verb = permission.partition(":")
    return lambda user, record: bool(user.is_system or user.may(kind, verb))


def managed(permission: str, words: Text, *, edits: tuple[str, ...] = ()) -> tuple[Verb, ...]:
    """Edit, archive and restore of what one permission manages; archived, it says so in these words."""
    may, gone = by_role(permission), (archived(words, permission),)
    return (
        Verb("edit", _("Edit"), permission, may, gone, edits),
        Verb("archive", _("Archive"), permission, may, gone),
        Verb("restore", _("Restore"), permission, may, (NOT_ARCHIVED,)),
    )


def explains(kind: Kind) -> Kind:
    """Let “Why?” explain records of a kind."""
    _kinds[kind.key] = kind
    for word in kind.words:
        _addressed[word] = kind.key
    return kind


def addressed(words: str, permission: str) -> None:
    """Say which permission the pages ask for whose addresses begin with one of these words."""
    _addressed.update(dict.fromkeys(words.split(), permission))


def tells(about: Told) -> Told:
    """Add what somebody may know beside the reasons: `about(kind, user, record)` gives facts."""
    _tells.append(about)
    return about


def kind_named(key: str) -> Kind | None:
    """A kind of record; none where nobody explains one."""
    return _kinds.get(key)


def kinds_explained() -> list[Kind]:
    """All of them."""
    return list(_kinds.values())


def meant_by(word: str) -> str:
    """What an address that begins with a word is about: a kind, or a permission `kind:verb`; or nothing."""
    return _addressed.get(word, "")


def facts_about(kind: str, user: Any, record: Any) -> list[Fact]:
    """What is told beside the reasons."""
    return [fact for about in _tells for fact in about(kind, user, record)]
