"""“View as” begins and ends (PPL-9)."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from leadline.core.answers import go_to
from leadline.core.requests import Request
from leadline.people.models import User
from leadline.people.signing import actions
from leadline.people.signing.entering import keep_key


@require_POST
def begin_viewing(request: Request, pk: int) -> HttpResponse:
    """See the pages as somebody else does."""
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    secret = actions.begin_viewing(request.open_session.id, person=person, by=request.actor)
    keep_key(request, person, secret)
    return go_to(request, reverse("home"))


@require_POST
def end_viewing(request: Request) -> HttpResponse:
    """Be oneself again."""
    if request.open_session.viewing_as is None:
        return go_to(request, reverse("home"))
    viewed = request.open_session.viewing_as
    holder, secret = actions.end_viewing(request.open_session.id, by=request.actor)
    keep_key(request, holder, secret)
    return go_to(request, reverse("people:change_user", args=[viewed]))
