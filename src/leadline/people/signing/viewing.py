"""While an administrator views as somebody: who is told to have done it, and what is refused (PPL-9)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from leadline.core import tracing
from leadline.core.actions import Actor, Via
from leadline.core.answers import asked_by_htmx
from leadline.core.refusals import NotAllowed
from leadline.people.signing.confirming import READING
from leadline.people.signing.models import signing_rules

TRACE = "view-as"
LOOK_ONLY = _lazy("You view as somebody: you may look, not change. Stop viewing to work as yourself.")
ALWAYS = ("/view-as/end", "/sign-out", "/theme")
# How somebody signs in is nobody else's to see or change.
NEVER = ("/me/", "/confirm", "/second-factor")


def actor_of(request: HttpRequest, via: Via = "web") -> Actor:
    """Who does what this request does: the person; while somebody views as them, the trace names that one."""
    session = getattr(request, "open_session", None)
    cause = tracing.cause()
    if session is not None and session.viewing_as is not None:
        cause = f"{TRACE}:{session.holder_id} {cause}"
    return Actor(request.user, via=via, trace=cause)


def only_looks(request: HttpRequest) -> bool:
    """Whether nothing can be changed by this request, because somebody views as somebody else."""
    session = getattr(request, "open_session", None)
    viewing = session is not None and session.viewing_as is not None
    return viewing and not signing_rules().view_as_may_write


def refused_while_viewing(request: HttpRequest) -> HttpResponse | None:
    """The refusal of what one may not do while viewing as somebody; None for what one may."""
    session = getattr(request, "open_session", None)
    if session is None or session.viewing_as is None or request.path in ALWAYS:
        return None
    looks = request.method in READING
    if request.path.startswith(NEVER):
        words = _("While you view as somebody, how they sign in is not yours to see or change.")
    elif looks or not only_looks(request):
        return None
    else:
        words = str(LOOK_ONLY)
    template = "core/_refusal.html" if asked_by_htmx(request) else "core/403.html"
    return render(request, template, {"refusal": NotAllowed(words), "explained": True}, status=403)
