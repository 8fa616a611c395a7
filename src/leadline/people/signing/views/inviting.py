"""Invitations: administrators send them, whoever holds a link accepts (PPL-6)."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from leadline.core.actions import Actor, require
from leadline.core.mail import can_send
from leadline.core.requests import Request
from leadline.people import policies
from leadline.people.models import User
from leadline.people.signing import actions
from leadline.people.signing.digests import digest_of
from leadline.people.signing.forms import AcceptForm, InviteForm
from leadline.people.signing.models import Invitation
from leadline.people.signing.views.second_step import let_in


@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: Request) -> HttpResponse:
    """Invite somebody; below, who was invited and has not come yet."""
    require(policies.may_manage_people(request.user), who_can_help=policies.ASK_AN_ADMINISTRATOR)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.run(actions.invite, by=request.actor):
        return _page(request, InviteForm(), sent=form.result)
    return _page(request, form)


@require_POST
def invite_again(request: Request, pk: int) -> HttpResponse:
    """A new link."""
    found = get_object_or_404(Invitation.objects.visible_to(request.user), pk=pk)
    return _page(request, InviteForm(), sent=actions.invite_again(found, by=request.actor))


@require_POST
def withdraw_invitation(request: Request, pk: int) -> HttpResponse:
    """The link opens nothing any more."""
    found = get_object_or_404(Invitation.objects.visible_to(request.user), pk=pk)
    actions.withdraw_invitation(found, by=request.actor)
    return _page(request, InviteForm())


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept_invitation(request: Request, secret: str) -> HttpResponse:
    """Whoever holds the link chooses name and password, and is in."""
    found = Invitation.objects.select_related("invited_by").filter(digest=digest_of(secret)).first()
    if found is None:
        raise Http404
    form = AcceptForm(request.POST if request.method == "POST" else None)
    house = Actor(User.objects.house(), trace=f"invitation:{found.pk}")
    if request.method == "POST" and form.run(actions.accept_invitation, found, by=house):
        return let_in(request, form.result, way="link", factor="none")
    is_open = not (found.accepted_at or found.withdrawn_at or found.is_expired)
    shown = {"form": form, "invitation": found, "is_open": is_open, "secret": secret}
    return render(request, "people/signing/accept.html", shown, status=422 if form.errors else 200)


def _page(request: Request, form: InviteForm, sent: tuple[Invitation, str] | None = None) -> HttpResponse:
    waiting = Invitation.objects.visible_to(request.user).waiting().select_related("invited_by", "team")
    shown = {
        "form": form,
        "sent": sent[0] if sent else None,
        "link": sent[1] if sent and not can_send() else "",
        "invitations": waiting.order_by("-created_at"),
    }
    return render(request, "people/signing/invitations.html", shown, status=422 if form.errors else 200)
