"""A new e-mail of one's own: asked for while signed in, confirmed by the link (PPL-6)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from leadline.core.actions import Actor
from leadline.core.answers import answer, asked_by_htmx, refuse
from leadline.core.requests import Request
from leadline.people.forms import NoQuestions
from leadline.people.signing import actions
from leadline.people.signing.actions.new_email import who_changes
from leadline.people.signing.entering import keep_key
from leadline.people.signing.forms import NewEmailForm
from leadline.people.signing.views.security import everything


@require_POST
def ask_for_new_email(request: Request) -> HttpResponse:
    """Have a link sent to the new e-mail."""
    form = NewEmailForm(request.POST)
    if not form.run(actions.ask_for_new_email, request.user, by=request.actor):
        part = "people/signing/_email.html" if asked_by_htmx(request) else "people/signing/security.html"
        return refuse(request, part, everything(request, new_email=form))
    shown = everything(request, sent_to=form.result)
    toast, here = _("A link is on its way to %(email)s.") % {"email": form.result}, reverse("people:security")
    return answer(request, "people/signing/_email.html", shown, toast=toast, otherwise=here)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_new_email(request: Request, secret: str) -> HttpResponse:
    """Whoever holds the link reads the mail of the new address; a browser of that person stays signed in."""
    form = NoQuestions(request.POST if request.method == "POST" else None)
    found = who_changes(secret)
    person = found[0] if found else None
    if request.method == "POST" and form.run(actions.change_own_email, secret, by=Actor(person)):
        _stay(request, form)
        return render(request, "people/signing/new_email.html", {"changed": form.result})
    shown = {"form": form, "person": person, "email": found[1] if found else "", "secret": secret}
    return render(request, "people/signing/new_email.html", shown, status=422 if form.errors else 200)


def _stay(request: Request, form: NoQuestions) -> None:
    session = request.open_session
    if session is not None and session.holder_id == form.result.pk and session.viewing_as is None:
        by = Actor(form.result)
        keep_key(request, form.result, actions.renew_session(session.id, user=form.result, by=by))
