"""/me and /invitations: one's own sessions and tokens, and who may come in (PPL-6)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import answer
from leadline.api.bodies import object_of, only, text_in, texts_in
from leadline.api.describing.operations import PAGING, fields, ref, says
from leadline.api.describing.operations import list_of as described_list
from leadline.api.listing import parameters_of, plain_list_of
from leadline.api.resources.people import team_of, user_shown
from leadline.api.resources.seeing import seen
from leadline.core.actions import require
from leadline.core.mail import can_send
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.people import actions as people
from leadline.people import policies
from leadline.people.models import Token, User
from leadline.people.queries import tokens_of
from leadline.people.signing import actions, limits
from leadline.people.signing.actions.new_email import who_changes
from leadline.people.signing.models import Invitation, Session
from leadline.people.signing.origin import device_in_words
from leadline.people.signing.passwords import fits

NOTHING: dict[str, Any] = {"takes": fields({}), "optional": True}
me, invitations, of_user = Router(tags=["signing in"]), Router(tags=["signing in"]), Router(tags=["users"])
ROLES = {"type": "array", "items": {"type": "string"}, "description": "Keys of roles, such as inside-sales."}
NEW: dict[str, Any] = {
    "email": {"type": "string", "format": "email"},
    "roles": ROLES,
    "team": {"type": ["integer", "null"]},
}


@me.get("", summary="Read yourself", **says(gives=ref("User")))
def read_me(request: Request) -> HttpResponse:
    """The user behind the token."""
    parameters_of(request, ())
    return answer(user_shown(request.user, request))


@me.get("/sessions", summary="List your sessions", **says(gives=described_list(ref("Session")), query=PAGING))
def list_sessions(request: Request) -> HttpResponse:
    """The browsers in which you are signed in, newest first."""
    return plain_list_of(request, Session.objects.visible_to(request.user).open(), _session_shown)


@me.post("/sessions/{int:session_id}/end", summary="End a session", **says(gives=ref("Session"), **NOTHING))
def end_session(request: Request, session_id: int) -> HttpResponse:
    """Sign out one browser."""
    session = seen(Session.objects.all(), request, session_id)
    actions.end_session(session, by=request.actor)
    return answer(_session_shown(session))


@me.get("/tokens", summary="List your tokens", **says(gives=described_list(ref("Token")), query=PAGING))
def list_tokens(request: Request) -> HttpResponse:
    """Those that still work; their secrets are shown to nobody again. Make one in the pages."""
    return plain_list_of(request, tokens_of(request.user), _token_shown)


@me.post("/tokens/{int:token_id}/revoke", summary="Revoke a token", **says(gives=ref("Token"), **NOTHING))
def revoke_token(request: Request, token_id: int) -> HttpResponse:
    """It stops working at once, also when it is the one that asks."""
    token = Token.objects.filter(pk=token_id, user=request.user).first() if token_id < 2**63 else None
    if token is None:
        raise Http404
    return answer(_token_shown(people.revoke_token(token, by=request.actor)))


@me.post(
    "/email",
    summary="Ask for another e-mail",
    **says(
        gives=fields({"sent_to": {"type": "string", "format": "email"}}, "sent_to"),
        takes=fields(
            {
                "email": {"type": "string", "format": "email"},
                "password": {"type": "string", "format": "password"},
            },
            "email",
            "password",
        ),
        example={"email": "rosa.ibarra@company.example", "password": "your present password"},
    ),
)
def ask_for_new_email(request: Request) -> HttpResponse:
    """Sends a link there and tells your present address; nothing changes before the link is used.

    Your password is asked for with a token too: whoever finds a token shall not make your account theirs.
    """
    given = only(object_of(request), ("email", "password"))
    email, password = text_in(given, "email"), text_in(given, "password")
    _require_password(request, password)
    return answer({"sent_to": actions.ask_for_new_email(request.user, email=email, by=request.actor)})


@me.post(
    "/email/confirm",
    summary="Confirm another e-mail",
    **says(
        gives=ref("User"),
        takes=fields({"secret": {"type": "string"}}, "secret"),
        example={"secret": "what stands in the link after /new-email/"},
    ),
)
def confirm_new_email(request: Request) -> HttpResponse:
    """What the link does: you sign in by the new e-mail, and all your sessions end."""
    secret = text_in(only(object_of(request), ("secret",)), "secret")
    found = who_changes(secret)
    if found is None or found[0] != request.user:
        message = _("This link was used already or has run out. Ask for a new one.")
        raise RuleBroken(message, field="secret", value=secret[:60])
    return answer(user_shown(actions.change_own_email(secret, by=request.actor), request))


@of_user.post(
    "/{int:user_id}/reset-second-factor",
    summary="Reset a second factor",
    **says(gives=ref("User"), **NOTHING),
)
def reset_second_factor(request: Request, user_id: int) -> HttpResponse:
    """For administrators: takes lost factors away and ends all sessions."""
    user = seen(User.objects.all(), request, user_id)
    actions.reset_second_factor(user, by=request.actor)
    return answer(user_shown(user, request))


@of_user.post(
    "/{int:user_id}/sign-out-everywhere", summary="End all sessions", **says(gives=ref("User"), **NOTHING)
)
def sign_out_everywhere(request: Request, user_id: int) -> HttpResponse:
    """Your own, or as an administrator those of a colleague."""
    user = seen(User.objects.all(), request, user_id)
    actions.sign_out_everywhere(user, by=request.actor)
    return answer(user_shown(user, request))


@invitations.get(
    "", summary="List invitations", **says(gives=described_list(ref("Invitation")), query=PAGING)
)
def list_invitations(request: Request) -> HttpResponse:
    """For administrators: who was invited and has not come yet."""
    require(policies.may_manage_people(request.user), who_can_help=policies.ASK_AN_ADMINISTRATOR)
    rows = Invitation.objects.visible_to(request.user).waiting()
    return plain_list_of(request, rows, _invitation_shown)


@invitations.post(
    "",
    summary="Invite somebody",
    **says(
        gives=ref("Invitation"),
        status=201,
        takes=fields(NEW, "email", "roles"),
        example={"email": "nina@company.example", "roles": ["inside-sales"]},
    ),
)
def invite(request: Request) -> HttpResponse:
    """For administrators. The link goes out by mail; where none is set up, `link` holds it, this once."""
    given = only(object_of(request), list(NEW))
    sent = actions.invite(
        email=text_in(given, "email"),
        roles=texts_in(given, "roles"),
        team=team_of(_number(given.get("team"))),
        by=request.actor,
    )
    return answer(_sent(*sent), status=201)


@invitations.post(
    "/{int:invitation_id}/again", summary="Invite again", **says(gives=ref("Invitation"), **NOTHING)
)
def invite_again(request: Request, invitation_id: int) -> HttpResponse:
    """A new link for seven days; the one before opens nothing any more."""
    return answer(_sent(*actions.invite_again(_invitation(request, invitation_id), by=request.actor)))


@invitations.post(
    "/{int:invitation_id}/withdraw",
    summary="Withdraw an invitation",
    **says(gives=ref("Invitation"), **NOTHING),
)
def withdraw(request: Request, invitation_id: int) -> HttpResponse:
    """The link opens nothing any more."""
    invitation = _invitation(request, invitation_id)
    actions.withdraw_invitation(invitation, by=request.actor)
    return answer(_invitation_shown(invitation))


def _require_password(request: Request, password: str) -> None:
    counted = limits.for_confirming(request.user.pk)
    actions.charge(counted, by=request.actor)
    if not fits(request.user, password):
        raise RuleBroken(_("This is not your present password."), field="password")
    actions.forgive(counted, by=request.actor)


def _number(value: Any) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 2**63:
        raise RuleBroken(_("“%(name)s” is a number.") % {"name": "team"}, field="team", value=value)
    return value


def _invitation(request: Request, key: int) -> Invitation:
    return seen(Invitation.objects.all(), request, key)


def _sent(invitation: Invitation, link: str) -> dict[str, Any]:
    return {**_invitation_shown(invitation), "link": None if can_send() else link}


def _invitation_shown(invitation: Invitation) -> dict[str, Any]:
    return {
        "id": invitation.pk,
        "email": invitation.email,
        "roles": invitation.role_keys,
        "team": invitation.team_id,
        "created_at": invitation.created_at,
        "expires_at": invitation.expires_at,
    }


def _session_shown(session: Session) -> dict[str, Any]:
    return {
        "id": session.pk,
        "device": device_in_words(session.device),
        "address": session.address,
        "way": session.way,
        "began_at": session.began_at,
        "seen_at": session.seen_at,
    }


def _token_shown(token: Token) -> dict[str, Any]:
    return {
        "id": token.pk,
        "name": token.name,
        "scopes": token.scopes,
        "created_at": token.created_at,
        "last_used_on": token.last_used_on,
        "expires_at": token.expires_at,
        "revoked_at": token.revoked_at,
    }
