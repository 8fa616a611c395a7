"""Roles: what each may, altered with its effect told before it is saved (PPL-2)."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadline.core.actions import require
from leadline.core.answers import answer, asked_by_htmx, go_to, refuse
from leadline.core.forms import ActionForm
from leadline.core.history import history_of
from leadline.core.refusals import EditConflict, RuleBroken
from leadline.core.requests import Request
from leadline.people import actions, policies
from leadline.people.effects import Effect, effects_on
from leadline.people.forms import CloneRoleForm, NoQuestions, RoleForm
from leadline.people.models import Role
from leadline.people.queries import holders_of, table_of_roles
from leadline.people.signing import actions as signing
from leadline.people.signing.factors import without_factor
from leadline.people.wording import SCOPES

SHOWN = 30  # entries of history
IDS_OF_COPY = "copy_%s"  # the role on the same page has a name too


@require_safe
def roles(request: Request) -> HttpResponse:
    """What each role may, as a table; retired ones below."""
    context = {
        "tables": table_of_roles(),
        "scopes": SCOPES,
        "retired": Role.objects.exclude(retired_at=None).order_by("name"),
        "may_manage": policies.may_manage_people(request.user),
    }
    return render(request, "people/roles.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def role(request: Request, key: str) -> HttpResponse:
    """One role: what it may, who has it, what happened to it; administrators alter it here."""
    shown = _role(request, key)
    if request.method != "POST":
        return render(request, "people/role.html", _about(request, shown))
    form = RoleForm(request.POST)
    if form.run(actions.edit_role, shown, by=request.actor):
        context = _about(request, form.result)
        here = reverse("people:role", args=[key])
        return answer(request, "people/_role.html", context, toast=_("Saved."), otherwise=here)
    part = "people/_role.html" if asked_by_htmx(request) else "people/role.html"
    context = _about(request, Role.objects.get(pk=shown.pk), form=form)
    if isinstance(form.refusal, EditConflict):
        context["conflict"] = form.refusal
    return refuse(request, part, context)


@require_POST
def role_second_factor(request: Request, key: str) -> HttpResponse:
    """Whoever has the role needs a second factor from now on (`required`), or no longer."""
    shown, required = _role(request, key), request.POST.get("required") == "on"
    signing.require_second_factor([shown.key], required=required, by=request.actor)
    context = _about(request, Role.objects.get(pk=shown.pk))
    here = reverse("people:role", args=[key])
    return answer(request, "people/_role.html", context, toast=_("Saved."), otherwise=here)


@require_POST
def role_effect(request: Request, key: str) -> HttpResponse:
    """What saving the form as it stands would do, and to whom."""
    shown, form = _role(request, key), RoleForm(request.POST)
    context: dict[str, Any] = {"role": shown}
    if form.is_valid():
        answers = {**form.cleaned_data, "version": None}
        context |= _foreseen(shown, actions.edit_role, by=request.actor, **answers)
    return render(request, "people/_effect.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def clone_role(request: Request, key: str) -> HttpResponse:
    """A new role that starts as a copy."""
    shown = _role(request, key)
    form = CloneRoleForm(request.POST if request.method == "POST" else None, auto_id=IDS_OF_COPY)
    words = {"title": _("Copy “%(name)s”") % {"name": _(shown.name)}, "label": _("Make the copy")}
    if request.method == "POST" and form.run(actions.clone_role, shown, by=request.actor):
        return go_to(request, reverse("people:role", args=[form.result.key]))
    return _dialog(request, shown, form, {**words, "verb": "people:clone_role"})


@require_http_methods(["GET", "HEAD", "POST"])
def retire_role(request: Request, key: str) -> HttpResponse:
    """Out of use, after seeing whom it touches."""
    words = {
        "title": _("Retire this role?"),
        "label": _("Retire"),
        "verb": "people:retire_role",
        "explained": _(
            "Nobody is given it any more, and those who hold it lose what it allows on their next click. "
            "They go on holding it: brought back, it allows them everything again."
        ),
    }
    return _asked(request, key, actions.retire_role, words)


@require_http_methods(["GET", "HEAD", "POST"])
def bring_back_role(request: Request, key: str) -> HttpResponse:
    """Back in use."""
    words = {
        "title": _("Bring this role back?"),
        "label": _("Bring back"),
        "verb": "people:bring_back_role",
        "explained": _("It can be given again, and those who still hold it have it again."),
    }
    return _asked(request, key, actions.bring_back_role, words)


@require_http_methods(["GET", "HEAD", "POST"])
def reset_role(request: Request, key: str) -> HttpResponse:
    """As it came along."""
    words = {
        "title": _("Reset this role?"),
        "label": _("Reset"),
        "verb": "people:reset_role",
        "explained": _("Name, purpose and permissions become those that this version of Leadline provides."),
    }
    return _asked(request, key, actions.reset_role, words)


def _asked(request: Request, key: str, verb: Callable[..., Role], words: dict[str, Any]) -> HttpResponse:
    """A verb that shows its effect and wants a yes."""
    shown, form = _role(request, key), NoQuestions(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.run(verb, shown, by=request.actor):
        return go_to(request, reverse("people:role", args=[key]))
    return _dialog(request, shown, form, {**words, **_foreseen(shown, verb, by=request.actor)})


def _dialog(request: Request, shown: Role, form: ActionForm, words: dict[str, Any]) -> HttpResponse:
    template = "people/_role_dialog.html" if asked_by_htmx(request) else "people/role_dialog.html"
    require(policies.may_manage_people(request.user), who_can_help=policies.ASK_AN_ADMINISTRATOR)
    show = refuse if form.errors else render
    return show(request, template, {"role": shown, "form": form, **words})


def _foreseen(shown: Role, verb: Callable[..., Any], **answers: Any) -> dict[str, Any]:
    """The effects of a verb, or why it will be refused."""
    try:
        effects: list[Effect] = effects_on(shown, verb, shown, **answers)
    except RuleBroken as refusal:
        return {"refused": refusal}
    return {"effects": effects}


def _role(request: Request, key: str) -> Role:
    return get_object_or_404(Role.objects.visible_to(request.user), key=key)


def _about(request: Request, shown: Role, **replaced: Any) -> dict[str, Any]:
    return {
        "role": shown,
        "form": RoleForm.of(shown),
        "people": holders_of(shown),
        "without_factor": without_factor(holders_of(shown)),
        "may_set_factor": policies.may_manage_settings(request.user),
        "portion": history_of("role", shown.pk, limit=SHOWN, viewer=request.user),
        "scopes": SCOPES,
        "may_manage": policies.may_manage_people(request.user),
        **replaced,
    }
