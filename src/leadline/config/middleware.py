"""Pages are for people who signed in; a new installation leads through its first run."""

from collections.abc import Callable
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from leadline.core.addresses import page_of
from leadline.core.answers import go_to
from leadline.people.policies import may_set_up

# Probes ask by address rather than by name.
ASKED_BY_MACHINES = frozenset({"/healthz", "/readyz", "/metrics"})
FILES = "/static/"
OPEN_TO_ALL = (
    "/sign-in",
    "/recover/",
    "/invitation/",
    "/new-email/",
    FILES,
    "/welcome",
    "/api/",
    "/f/",
    "/scim/",
    "/theme",
    "/language",
)


class SignedInOrSentToSignIn:
    """Send strangers to the sign-in page, or to the first run while nobody can sign in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        by_machine = request.path in ASKED_BY_MACHINES
        if not by_machine and not request.path.startswith(FILES):
            request.get_host()  # raises for a name that is not ours, which somebody turned to our address
        if by_machine or request.user.is_authenticated or request.path.startswith(OPEN_TO_ALL):
            return self.get_response(request)
        if may_set_up():
            return redirect("first_run:start")
        return go_to(request, f"{reverse('people:sign_in')}?next={quote(page_of(request))}")
