"""The settings of the organisation."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leadline.core.actions import require
from leadline.core.answers import answer, asked_by_htmx, refuse
from leadline.core.organisation import organisation
from leadline.core.requests import Request
from leadline.people import actions, policies
from leadline.people.forms import SettingsForm


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: Request) -> HttpResponse:
    """What holds for everybody: name, defaults, rules."""
    require(policies.may_manage_settings(request.user), who_can_help=policies.ASK_AN_ADMINISTRATOR)
    if request.method != "POST":
        return render(request, "people/settings.html", {"form": SettingsForm.of(organisation())})
    form = SettingsForm(request.POST)
    if form.run(actions.change_organisation, by=request.actor):
        shown = {"form": SettingsForm.of(form.result)}
        return answer(
            request, "people/_settings.html", shown, toast=_("Saved."), otherwise=reverse("people:settings")
        )
    part = "people/_settings.html" if asked_by_htmx(request) else "people/settings.html"
    return refuse(request, part, {"form": form})
