"""The rules about signing in, for administrators."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leadline.core.actions import require
from leadline.core.answers import answer, asked_by_htmx, refuse
from leadline.core.requests import Request
from leadline.people import policies
from leadline.people.signing import actions
from leadline.people.signing.forms import SigningRulesForm
from leadline.people.signing.models import Provider


@require_http_methods(["GET", "HEAD", "POST"])
def signing_rules(request: Request) -> HttpResponse:
    """How long sessions last, whose roles need a second factor, what "view as" allows."""
    require(policies.may_manage_settings(request.user), who_can_help=policies.ASK_AN_ADMINISTRATOR)
    if request.method != "POST":
        return render(request, "people/signing/rules.html", _shown(SigningRulesForm.of_now()))
    form = SigningRulesForm(request.POST)
    if form.run(actions.change_signing_rules, by=request.actor):
        shown = _shown(SigningRulesForm.of_now())
        here = reverse("people:signing_rules")
        return answer(request, "people/signing/_rules.html", shown, toast=_("Saved."), otherwise=here)
    part = "people/signing/_rules.html" if asked_by_htmx(request) else "people/signing/rules.html"
    return refuse(request, part, _shown(form))


def _shown(form: SigningRulesForm) -> dict[str, Any]:
    return {"form": form, "providers": Provider.objects.order_by("label")}
