"""Invitations: sent, sent again, withdrawn, accepted (PPL-6)."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock, require
from leadline.core.clock import now
from leadline.core.events import publish
from leadline.core.mail import can_send, send_letter
from leadline.core.normalise.email import clean_email
from leadline.core.refusals import RuleBroken
from leadline.people import policies
from leadline.people.actions.rules import roles_of
from leadline.people.actions.users import add_user
from leadline.people.models import Team, User
from leadline.people.signing import letters
from leadline.people.signing.digests import digest_of, new_secret
from leadline.people.signing.events import InvitationAccepted, InvitationWithdrawn, PersonInvited
from leadline.people.signing.models import Invitation

OPENS_FOR = timedelta(days=7)


@action
def invite(
    *, email: str, roles: Sequence[str], team: Team | None = None, by: Actor
) -> tuple[Invitation, str]:
    """Invite somebody with roles and a team; returns the invitation and its link.

    The link goes out by mail where that is set up. Raises `RuleBroken` for somebody who is here already.
    """
    require(policies.may_manage_people(by.user), who_can_help=policies.ASK_AN_ADMINISTRATOR)
    email = clean_email(email)
    if User.objects.filter(email__iexact=email).exists():
        raise RuleBroken(_("Somebody already signs in with this e-mail."), field="email", value=email)
    if Invitation.objects.waiting().filter(email__iexact=email).exists():
        message = _("This e-mail is invited already. Send that invitation again instead.")
        raise RuleBroken(message, field="email", value=email)
    keys = [role.key for role in roles_of(roles)]
    fresh = Invitation(email=email, role_keys=keys, team=team, invited_by=by.user, created_at=now())
    return fresh, _send(fresh, by)


@action
def invite_again(invitation: Invitation, *, by: Actor) -> tuple[Invitation, str]:
    """Send a new link, good for seven days; the one before opens nothing any more."""
    require(policies.may_manage_people(by.user), who_can_help=policies.ASK_AN_ADMINISTRATOR)
    invitation = _still_open(lock(invitation))
    return invitation, _send(invitation, by)


@action
def withdraw_invitation(invitation: Invitation, *, by: Actor) -> None:
    """The link opens nothing any more."""
    require(policies.may_manage_people(by.user), who_can_help=policies.ASK_AN_ADMINISTRATOR)
    invitation = _still_open(lock(invitation))
    invitation.withdrawn_at = now()
    invitation.save(update_fields=["withdrawn_at"])
    publish(InvitationWithdrawn(invitation_id=invitation.pk), by=by, about=[])


@action
def accept_invitation(invitation: Invitation, *, name: str, password: str, by: Actor) -> User:
    """Come in: the account with the roles that were promised, under one's own name and password, once.

    `by` is the house: whoever holds the link is nobody yet.
    """
    invitation = _still_open(lock(invitation))
    if invitation.is_expired:
        raise RuleBroken(_("This invitation has run out. Ask for a new one."))
    user = add_user(
        email=invitation.email,
        name=name,
        roles=invitation.role_keys,
        password=password,
        team=invitation.team,
        by=by,
    )
    invitation.accepted_at, invitation.user = now(), user
    invitation.save(update_fields=["accepted_at", "user"])
    publish(InvitationAccepted(invitation_id=invitation.pk, user_id=user.pk), by=by, about=[user])
    return user


def _still_open(invitation: Invitation) -> Invitation:
    if invitation.accepted_at or invitation.withdrawn_at:
        raise RuleBroken(_("This invitation was accepted or withdrawn in the meantime."))
    return invitation


def _send(invitation: Invitation, by: Actor) -> str:
    secret = new_secret()
    invitation.digest, invitation.expires_at = digest_of(secret), now() + OPENS_FOR
    invitation.save()
    address = letters.address_with("people:accept_invitation", secret)
    if can_send():
        send_letter(letters.invitation(address, by.user), to=invitation.email, by=by)
    publish(PersonInvited(invitation_id=invitation.pk, by_mail=can_send()), by=by, about=[])
    return address
