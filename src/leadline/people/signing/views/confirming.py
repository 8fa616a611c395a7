"""“Confirm it is you”: the question and its answers (PPL-6)."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from leadline.core.addresses import safe_next
from leadline.core.answers import asked_by_htmx, refuse
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.people.signing import actions, limits, proving
from leadline.people.signing.forms import ConfirmForm
from leadline.people.signing.knocking import note_failure
from leadline.people.signing.passwords import fits


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: Request) -> HttpResponse:
    """Ask for the password once more; what was meant is sent again afterwards."""
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.run(_by_password, request=request):
        return confirmed(request)
    part = "people/signing/_confirm.html" if asked_by_htmx(request) else "people/signing/confirm.html"
    show = refuse if request.method == "POST" else render
    shown = {
        "form": form,
        "next": safe_next(request),
        "passkey_options": proving.to_show(request, request.user) if request.user.passkeys.exists() else "",
        "passkey_action": reverse("people:confirm_by_passkey"),
        "told": request.session.pop("told", ""),
    }
    return show(request, part, shown)


def confirmed(request: Request) -> HttpResponse:
    """The person is there: the dialog closes, or the page that asked is shown again."""
    if asked_by_htmx(request):
        response = HttpResponse()
        response["HX-Trigger"] = "person-confirmed"
        return response
    return redirect(safe_next(request))


def _by_password(*, password: str, request: Request) -> None:
    counted = limits.for_confirming(request.open_session.holder_id)
    wait = actions.charge(counted, by=request.actor)
    fitting = fits(request.user, password) or actions.use_code(request.user, code=password, by=request.actor)
    if not fitting:
        note_failure(request, request.user, way="confirming", wait=wait)
        raise RuleBroken(_("This is neither your password nor the code of your app."), field="password")
    actions.forgive(counted, by=request.actor)
    session_id = request.open_session.id
    actions.confirm_person(session_id, user=request.user, way="password", with_factor=False, by=request.actor)
