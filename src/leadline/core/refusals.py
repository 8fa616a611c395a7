"""How the house says no: one family of errors, in words a person can act on (ALL-2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import DataError, IntegrityError, models
from django.utils.functional import Promise
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class FieldChange:
    """What another person changed in between: field, their value, who, when, and the value before."""

    field: str
    label: str
    theirs: str
    who: str
    at: Any
    before: Any = None


class Refusal(Exception):
    """Something was asked that can't be done; the message says why."""

    message: str

    def __init__(self, message: str):
        super().__init__(message)
        self.message = str(message)


class RuleBroken(Refusal):
    """A rule says no. `field` and `value` name what was wrong, where one field is to blame."""

    def __init__(self, message: str, field: str | None = None, value: Any = None):
        super().__init__(message)
        self.field = field
        self.value = value


class RulesBroken(Refusal):
    """Several rules say no at once, each naming its field."""

    def __init__(self, broken: Iterable[RuleBroken]):
        self.broken = list(broken)
        super().__init__(" ".join(rule.message for rule in self.broken))


class NotAllowed(Refusal):
    """The person may not do this; `who_can_help` names a role or person who may."""

    def __init__(self, message: str = "", *, who_can_help: str | Promise = ""):
        super().__init__(message or _("You may not do this."))
        self.who_can_help = str(who_can_help)


class EditConflict(Refusal):
    """Somebody else saved in between; nothing is overwritten until the person chooses (ALL-1)."""

    def __init__(self, changes: list[FieldChange], version: int):
        super().__init__(_("Somebody else changed this in the meantime. Look at both and choose."))
        self.changes = changes
        self.version = version


TOO_LONG = "22001"  # SQLSTATE: a text longer than its column


def refusal_of(error: IntegrityError | DataError) -> RuleBroken:
    """The words of the constraint that the database refused by; a text that is too long is told too."""
    diagnosis = getattr(error.__cause__, "diag", None)
    if getattr(error.__cause__, "sqlstate", "") == TOO_LONG:
        return RuleBroken(_("A text is longer than what can be kept here."))
    name = getattr(diagnosis, "constraint_name", None) or ""
    for constraint in _constraints_with_words():
        if constraint.name == name:
            return RuleBroken(str(constraint.violation_error_message), field=_field_of(constraint))
    raise error


def _constraints_with_words() -> Iterable[models.BaseConstraint]:
    for model in apps.get_models():
        yield from model._meta.constraints


def _field_of(constraint: models.BaseConstraint) -> str | None:
    fields = getattr(constraint, "fields", ())
    return fields[-1] if fields else None
