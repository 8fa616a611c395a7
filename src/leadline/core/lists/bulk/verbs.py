"""What can be done with many records of a kind, and for whom."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, require
from leadline.core.forms import ActionForm
from leadline.core.refusals import RuleBroken


class Done(Protocol):
    """What came of acting on a set."""

    changed: list[int]
    unchanged: int
    refused: dict[int, str]


@dataclass(frozen=True)
class BulkVerb:
    """One thing to do with a set: what it is called, whose permission it takes, and the action behind it.

    `run` gets ids, answers and the actor; `told` says what is done, as the title of the job. `form` asks for
    the answers, `template` shows it otherwise than field by field. `of_archived` works on archived records.
    """

    key: str
    label: Any
    permission: str
    icon: str
    run: Callable[[list[int], Mapping[str, Any], Actor], Done]
    told: Callable[[Mapping[str, Any]], str]
    form: Callable[..., ActionForm] | None = None
    template: str = "core/lists/_bulk_fields.html"
    of_archived: bool = False

    def asked(self, given: Any, user: Any) -> ActionForm | None:
        """Its form with the answers given; one that `wants_user` offers what this person may set."""
        if self.form is None:
            return None
        personal = getattr(self.form, "wants_user", False)
        return self.form(given, user=user) if personal else self.form(given)


_registered: dict[str, dict[str, BulkVerb]] = {}


def register_verbs(kind: str, verbs: Mapping[str, BulkVerb]) -> None:
    """Let the records of a list be changed in bulk; called once, when the app's module of verbs is read."""
    _registered[kind] = dict(verbs)


def verbs_for(user: Any, kind: str) -> list[BulkVerb]:
    """What this person's roles allow on at least some records."""
    return [verb for verb in _registered.get(kind, {}).values() if user.may(kind, verb.permission)]


def verb_of(kind: str, key: str, by: Actor) -> BulkVerb:
    """The verb of that name, if the actor's roles allow it at all."""
    verbs = _registered.get(kind, {})
    if key not in verbs:
        known = ", ".join(verbs)
        raise RuleBroken(_("Choose one of: %(known)s.") % {"known": known}, field="verb", value=key[:60])
    allowed = by.user.is_system or by.user.may(kind, verbs[key].permission)
    require(allowed, _("Your role does not allow this."))
    return verbs[key]
