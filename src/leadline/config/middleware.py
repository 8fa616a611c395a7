"""Pages are for people who signed in; a new installation leads through its first run."""

from collections.abc import Callable
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from leadline.core.answers import go_to
from leadline.people.policies import may_set_up

OPEN_TO_ALL = (
    "/healthz",
    "/readyz",
    "/metrics",
    "/sign-in",
    "/recover/",
    "/invitation/",
    "/new-email/",
    "/static/",
    "/welcome",
    "/api/",
    "/f/",
    "/scim/",
    "/theme",
    "/language",
)
# Probes ask by address rather than by name.
ASKED_BY_MACHINES = ("/healthz", "/readyz", "/metrics", "/static/")


class SignedInOrSentToSignIn:
    """Send strangers to the sign-in page, or to the first run while nobody can sign in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(ASKED_BY_MACHINES):
            request.get_host()  # raises for a name that is not ours, which somebody turned to our address
        if request.user.is_authenticated or request.path.startswith(OPEN_TO_ALL):
            return self.get_response(request)
        if may_set_up():
            return redirect("first_run:start")
        return go_to(request, f"{reverse('people:sign_in')}?next={quote(request.get_full_path())}")
