"""The steps of the first run. The first two end in one action, so that nothing is half set up (ALL-1)."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from leadline.config.demo.staff import PASSWORD
from leadline.config.first_run.beginning import DEMO, may_begin_with_data
from leadline.core.actions import Actor
from leadline.core.jobs import start_job
from leadline.core.localities import proposal_for
from leadline.core.requests import Request
from leadline.people import actions, policies
from leadline.people.forms import AdministratorForm, OrganisationForm
from leadline.people.models import User
from leadline.people.signing.entering import enter

KEPT = "first_run"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: Request) -> HttpResponse:
    """Step 1: the organisation; kept in the browser's session until there is an administrator."""
    if not policies.may_set_up():
        return redirect("home")
    if request.method != "POST":
        return render(request, "config/welcome.html", {"form": OrganisationForm(initial=_known(request))})
    form = OrganisationForm(request.POST)
    if not form.is_valid():
        return render(request, "config/welcome.html", {"form": form}, status=422)
    request.session[KEPT] = form.cleaned_data
    response = redirect("first_run:administrator")
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, form.cleaned_data["language"], samesite="Lax")
    return response


@require_safe
def proposal(request: Request) -> HttpResponse:
    """What is usual in the chosen country, put in the fields."""
    usual = proposal_for(request.GET.get("country", ""))
    proposed = {"currency": usual.currency, "time_zone": usual.time_zone, "language": usual.language}
    return render(request, "config/_proposal.html", {"form": OrganisationForm(initial=proposed)})


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def administrator(request: Request) -> HttpResponse:
    """Step 2: who administers it; whoever comes second is told."""
    if not policies.may_set_up():
        return redirect("home")
    if KEPT not in request.session:
        return redirect("first_run:start")
    form = AdministratorForm(request.POST if request.method == "POST" else None)
    house = Actor(User.objects.house(), via="web")
    if request.method == "POST" and form.run(actions.set_up, organisation=request.session[KEPT], by=house):
        enter(request, form.result, way="password")
        return redirect("first_run:data")
    status = 422 if form.errors else 200
    return render(request, "config/welcome_administrator.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def data(request: Request) -> HttpResponse:
    """Step 3: begin with demo data, with a file, or empty; only while there are no customers."""
    if not request.user.is_authenticated or not may_begin_with_data(request.user):
        return redirect("home")
    if request.method != "POST":
        return render(request, "config/welcome_data.html", {"demo_password": PASSWORD})
    if request.POST.get("begin") != "demo":
        return redirect(reverse("imports:start") if request.POST.get("begin") == "import" else "home")
    job = start_job(DEMO, title=_("Demo data"), params={"size": "small"}, by=request.actor)
    return redirect("work:job", pk=job.pk)


def _known(request: Request) -> dict[str, str]:
    return request.session.get(KEPT) or {
        "country": "US", "currency": "USD", "time_zone": "America/New_York", "language": request.LANGUAGE_CODE
    }  # fmt: skip
