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


@dataclass(frozen=True)
class SecondFactorRequired(Event):
    """Whoever has a role needs a second factor from now on, or no longer does."""

    required: bool

    wording = _("changed whether the role needs a second factor")


@dataclass(frozen=True)
class SecondFactorAdded(Event):
    """A person set up a second factor: `code_app` or `passkey`."""

    kind: str

    wording = _("set up a second factor (%(kind)s)")


@dataclass(frozen=True)
class SecondFactorRemoved(Event):
    """A person removed a second factor."""

    kind: str

    wording = _("removed a second factor (%(kind)s)")


@dataclass(frozen=True)
class SecondFactorReset(Event):
    """An administrator took away the second factors of somebody who lost them; all sessions ended."""

    wording = _("reset the second factor; all sessions ended")


@dataclass(frozen=True)
class RecoveryCodesMade(Event):
    """New recovery codes were made; those before are void."""

    codes: int

    wording = _("made %(codes)s recovery codes")


@dataclass(frozen=True)
class RecoveryCodeUsed(Event):
    """A recovery code was used up."""

    left: int

    wording = _("used a recovery code; %(left)s are left")


@dataclass(frozen=True)
class PersonInvited(Event):
    """Somebody was invited to work here, or invited again."""

    invitation_id: int
    by_mail: bool

    wording = _("invited somebody (invitation %(invitation_id)s)")


@dataclass(frozen=True)
class InvitationWithdrawn(Event):
    """An invitation was withdrawn."""

    invitation_id: int

    wording = _("withdrew invitation %(invitation_id)s")


@dataclass(frozen=True)
class InvitationAccepted(Event):
    """Somebody who was invited came in."""

    invitation_id: int
    user_id: int

    wording = _("accepted invitation %(invitation_id)s")


@dataclass(frozen=True)
class RecoveryAsked(Event):
    """A link to choose a new password was sent to a person."""

    wording = _("was sent a link to choose a new password")


@dataclass(frozen=True)
class NewEmailAsked(Event):
    """A person asked to sign in by another e-mail; a link was sent there, and the present one told."""

    wording = _("asked for another e-mail to sign in with")


@dataclass(frozen=True)
class EmailChanged(Event):
    """A person signs in by another e-mail now, having opened the link sent there; all sessions ended."""

    wording = _("changed the e-mail to sign in with")


@dataclass(frozen=True)
class ViewingBegan(Event):
    """An administrator began to see the pages as this person does."""

    session_id: int
    administrator_id: int

    wording = _("began to view as this person")


@dataclass(frozen=True)
class ViewingEnded(Event):
    """An administrator stopped viewing as this person."""

    session_id: int
    administrator_id: int

    wording = _("stopped viewing as this person")


@dataclass(frozen=True)
class IdentityLinked(Event):
    """An account of a single sign-on provider was tied to a person, by an e-mail that it verified."""

    provider_id: int
    created: bool

    wording = _("linked an account of single sign-on")


@dataclass(frozen=True)
class RolesMapped(Event):
    """A provider said which roles a person has now."""

    provider_id: int
    roles: tuple[str, ...]

    wording = _("got roles by single sign-on (%(roles)s)")


@dataclass(frozen=True)
class ProviderSaved(Event):
    """A provider of single sign-on was added or changed."""

    provider_id: int
    created: bool

    wording = _("saved a provider of single sign-on")


@dataclass(frozen=True)
class ProviderRemoved(Event):
    """A provider of single sign-on was removed, with all links to it."""

    provider_id: int

    wording = _("removed a provider of single sign-on")
