"""The list of colleagues, and for administrators the ways to let them in, change them and let them go."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadline.core.actions import require
from leadline.core.answers import answer, asked_by_htmx, go_to, refuse
from leadline.core.ids import numeric_id
from leadline.core.requests import Request
from leadline.people import actions, policies
from leadline.people.forms import AddUserForm, ChangeUserForm, NewPasswordForm
from leadline.people.models import User
from leadline.people.queries import PAGE, colleagues
from leadline.people.scope import reach
from leadline.people.working.models import Skill
from leadline.people.working.policies import load_visible_to
from leadline.people.working.queries import away_now, loads_of
from leadline.people.working.showing import work_of

OPTIONS_SHOWN = 20


@require_safe
def users(request: Request) -> HttpResponse:
    """Everybody who works here; those who left only on demand."""
    search, left = request.GET.get("q", "").strip()[:100], "left" in request.GET
    start = numeric_id(request.GET.get("from")) or 0
    skill = numeric_id(request.GET.get("skill")) or 0
    people = colleagues(request.user, search=search, left=left, skill=skill)
    found = list(people[start : start + PAGE + 1])
    shown = User.objects.filter(pk__in=[user.pk for user in found[:PAGE]])
    context = {
        "users": found[:PAGE],
        "away": away_now(shown),
        "loads": loads_of(shown.filter(load_visible_to(request.user))),
        "skills": Skill.objects.filter(retired_at=None).order_by("kind", "name"),
        "skill": skill,
        "search": search,
        "left": left,
        "next": _page(request, start + PAGE) if len(found) > PAGE else "",
        "previous": _page(request, start - PAGE) if start else "",
        "may_manage": policies.may_manage_people(request.user),
    }
    return render(request, "people/users.html", context)


@require_safe
def user_options(request: Request) -> HttpResponse:
    """Colleagues to choose from, while typing; `for=assign` gives those to whom one may hand records of a
    `kind`, customers by default.
    """
    found = colleagues(request.user, search=request.GET.get("q", "")[:100])
    if request.GET.get("for") == "assign":
        kind = "lead" if request.GET.get("kind") == "lead" else "customer"
        found = found.filter(reach(request.user, kind, "assign").q(owner="pk", team="team", territory=""))
    found = found[:OPTIONS_SHOWN]
    options = [{"value": user.pk, "label": user.name, "subtitle": user.email} for user in found]
    return render(request, "ui/_options.html", {"options": options})


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def add_user(request: Request) -> HttpResponse:
    """Let somebody in."""
    require(policies.may_manage_people(request.user), who_can_help=policies.ASK_AN_ADMINISTRATOR)
    form = AddUserForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return render(request, "people/add_user.html", {"form": form})
    if form.run(actions.add_user, by=request.actor):
        return go_to(request, reverse("people:users"))
    return refuse(request, _part(request, "people/_add_user.html", "people/add_user.html"), {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def change_user(request: Request, pk: int) -> HttpResponse:
    """Change somebody's profile, roles, team; let somebody go."""
    require(policies.may_manage_people(request.user), who_can_help=policies.ASK_AN_ADMINISTRATOR)
    user = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    if request.method != "POST":
        return render(request, "people/change_user.html", _about(request, user))
    form = ChangeUserForm(request.POST)
    if form.run(actions.change_user, user, by=request.actor):
        user = form.result
        here = reverse("people:change_user", args=[user.pk])
        return answer(
            request, "people/_change_user.html", _about(request, user), toast=_("Saved."), otherwise=here
        )
    part = _part(request, "people/_change_user.html", "people/change_user.html")
    return refuse(request, part, _about(request, user, form=form))


@sensitive_post_parameters("password")
@require_POST
def set_user_password(request: Request, pk: int) -> HttpResponse:
    """Give somebody a new password."""
    user = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    form = NewPasswordForm(request.POST)
    if form.run(actions.set_user_password, user, by=request.actor):
        here = reverse("people:change_user", args=[user.pk])
        toast = _("%(name)s has a new password and is signed out everywhere.") % {"name": user.name}
        return answer(
            request, "people/_set_password.html", _about(request, user), toast=toast, otherwise=here
        )
    part = _part(request, "people/_set_password.html", "people/change_user.html")
    return refuse(request, part, _about(request, user, password=form))


def _about(request: Request, user: User, **replaced: Any) -> dict[str, Any]:
    forms = {"form": ChangeUserForm.of(user), "password": NewPasswordForm()}
    return {**work_of(request.user, user), **forms, **replaced}


def _part(request: Request, part: str, whole: str) -> str:
    return part if asked_by_htmx(request) else whole


def _page(request: Request, start: int) -> str:
    query = request.GET.copy()
    query["from"] = str(max(start, 0))
    return f"?{query.urlencode()}"
