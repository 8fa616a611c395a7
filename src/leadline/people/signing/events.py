"""What can be told of signing in, in the past tense (PPL-7)."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from leadline.core.events import Event


@dataclass(frozen=True)
class SignedIn(Event):
    """Somebody signed in; `way` and `factor` say how, `address` from where."""

    session_id: int
    way: str
    factor: str
    address: str

    wording = _("signed in (%(way)s, %(address)s)")


@dataclass(frozen=True)
class SignInFailed(Event):
    """Somebody tried to sign in as this person and could not: a wrong password, code or key."""

    way: str
    address: str

    wording = _("could not sign in (%(way)s, %(address)s)")


@dataclass(frozen=True)
class UnknownSignInsFailed(Event):
    """Somebody tried e-mails that nobody here has; told at the 1st, 2nd, 4th, 8th… try within an hour."""

    tries: int
    address: str

    wording = _("unknown e-mails were tried %(tries)s times within the hour, the last from %(address)s")


@dataclass(frozen=True)
class GuessingSlowedDown(Event):
    """So many wrong tries were made that the next one has to wait."""

    what: str
    wait_seconds: int
    address: str

    wording = _("wrong tries have to wait now, %(wait_seconds)s seconds (%(what)s, %(address)s)")


@dataclass(frozen=True)
class SignedOut(Event):
    """Somebody signed out of one browser."""

    session_id: int

    wording = _("signed out")


@dataclass(frozen=True)
class SessionEnded(Event):
    """A session was ended from another browser."""

    session_id: int

    wording = _("ended a session")


@dataclass(frozen=True)
class SignedOutEverywhere(Event):
    """All sessions of a person were ended at once."""

    sessions: int

    wording = _("signed out everywhere (%(sessions)s sessions)")


@dataclass(frozen=True)
class PersonConfirmed(Event):
    """A signed-in person proved again to be there, before something that matters."""

    session_id: int
    way: str

    wording = _("confirmed to be there (%(way)s)")


@dataclass(frozen=True)
class PasswordChanged(Event):
    """A password was changed: by its owner, by an administrator, or by a link sent by e-mail."""

    way: str

    wording = _("changed a password (%(way)s)")


@dataclass(frozen=True)
class SigningRulesChanged(Event):
    """The rules about signing in were changed; the roles that need a second factor are counted."""

    idle_hours: int
    lifetime_days: int
    view_as_may_write: bool
    single_sign_on_only: bool
    roles_with_second_factor: int

    wording = _("changed the rules for signing in")
