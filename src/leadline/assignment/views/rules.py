"""Rules in their order, one rule, and what it asks (LEA-7)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadline.assignment import actions, policies
from leadline.assignment.forms import OverflowForm, PlaceForm, RuleForm, SwitchForm, WhichForm
from leadline.assignment.models import Rule, Ruleset
from leadline.assignment.reading import specs_of
from leadline.assignment.registry import Assignable, assignable, assignables
from leadline.assignment.views.fetching import kind_in, page_of, require_manager, rule_of
from leadline.assignment.which_door import which_door
from leadline.assignment.wording import Names, how, whom
from leadline.assignment.wording import which as asked_in_words
from leadline.core.answers import go_to, refuse
from leadline.core.forms import ActionForm
from leadline.core.lists import doors
from leadline.core.lists.door import door_of
from leadline.core.lists.making import being_made
from leadline.core.requests import Request


@require_safe
def rules(request: Request) -> HttpResponse:
    """All rules of a kind in their order, as sentences."""
    return render(request, "assignment/rules.html", _list(request, kind_in(request)))


@require_http_methods(["GET", "HEAD", "POST"])
def add_rule(request: Request) -> HttpResponse:
    """Make a rule; which records it is for comes next."""
    about = kind_in(request)
    require_manager(request)
    form = RuleForm(
        request.POST if request.method == "POST" else None,
        initial={"way": Rule.Way.FAIR},
        kind=about.kind,
        owns=about.owns,
    )
    if request.method == "POST" and form.run(_add(about.kind), by=request.actor):
        return go_to(request, reverse("assignment:which", args=[form.result.pk]))
    context = {"about": about, "form": form, "rule": None}
    return (refuse if request.method == "POST" else render)(request, "assignment/rule.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: Request, pk: int) -> HttpResponse:
    """One rule: its sentence, and what can be changed of it."""
    about_rule = rule_of(request, pk)
    about = assignable(about_rule.kind)
    if request.method == "POST":
        require_manager(request)
        form = RuleForm(request.POST, kind=about.kind, owns=about.owns)
        if form.run(actions.change_rule, about_rule, by=request.actor):
            return go_to(request, page_of("rules", about))
        return refuse(request, "assignment/rule.html", _page(request, about_rule, form))
    form = RuleForm.of(about_rule, owns=about.owns)
    return render(request, "assignment/rule.html", _page(request, about_rule, form))


@require_http_methods(["GET", "HEAD", "POST"])
def which(request: Request, pk: int) -> HttpResponse:
    """What a rule asks while it is made, with the records that fit; sent, it is the rule's."""
    about_rule = rule_of(request, pk)
    require_manager(request)
    form = WhichForm(request.POST) if request.method == "POST" else WhichForm()
    if request.method == "POST" and form.run(actions.change_rule, about_rule, by=request.actor):
        return go_to(request, reverse("assignment:rule", args=[pk]))
    context = {
        "rule": about_rule,
        "about": assignable(about_rule.kind),
        "form": form,
        **being_made(request, which_door(about_rule), form["where"].value() if form.is_bound else None),
    }
    return (refuse if request.method == "POST" else render)(request, "assignment/which.html", context)


@require_safe
def which_filter(request: Request, pk: int) -> HttpResponse:
    """Choose what a rule asks, then what it compares with."""
    about_rule = rule_of(request, pk)
    require_manager(request)
    return doors.choose_filter(request, which_door(about_rule))


@require_safe
def which_count(request: Request, pk: int) -> HttpResponse:
    """How many records fit, exactly."""
    about_rule = rule_of(request, pk)
    require_manager(request)
    return doors.count_all(request, which_door(about_rule))


@require_POST
def move(request: Request, pk: int) -> HttpResponse:
    """To another place in the order."""
    return _changed(request, PlaceForm(request.POST), actions.move_rule, rule_of(request, pk))


@require_POST
def switch(request: Request, pk: int) -> HttpResponse:
    """On or off."""
    return _changed(request, SwitchForm(request.POST), actions.switch_rule, rule_of(request, pk))


@require_POST
def retire(request: Request, pk: int) -> HttpResponse:
    """Out of use."""
    return _changed(request, ActionForm(request.POST), actions.retire_rule, rule_of(request, pk))


@require_POST
def bring_back(request: Request, pk: int) -> HttpResponse:
    """Into use again, as a draft."""
    return _changed(request, ActionForm(request.POST), actions.bring_back_rule, rule_of(request, pk))


@require_POST
def overflow(request: Request) -> HttpResponse:
    """Say who takes what no rule places."""
    about = kind_in(request)
    return _changed(request, OverflowForm(request.POST), actions.set_overflow, about.kind, about=about)


@require_POST
def switch_all(request: Request) -> HttpResponse:
    """Let the rules run by themselves, or not."""
    about = kind_in(request)
    return _changed(request, SwitchForm(request.POST), actions.switch_rules, about.kind, about=about)


def _add(kind: str) -> Any:
    def add(*, version: int | None = None, by: Any, **answers: Any) -> Rule:
        return actions.add_rule(kind, **answers, by=by)

    return add


def _changed(
    request: Request, form: ActionForm, action: Any, thing: Any, *, about: Assignable | None = None
) -> HttpResponse:
    require_manager(request)
    kind = about or assignable(thing.kind)
    if form.run(action, thing, by=request.actor):
        return go_to(request, page_of("rules", kind))
    return refuse(request, "assignment/rules.html", _list(request, kind, refused=form))


def _list(request: Request, about: Assignable, refused: ActionForm | None = None) -> dict[str, Any]:
    ruleset = Ruleset.objects.filter(kind=about.kind).select_related("overflow").first()
    found = list(Rule.objects.in_use().filter(kind=about.kind).select_related("overflow"))
    names, naming = Names(), door_of(about.kind).naming
    words = [
        (rule, asked_in_words(spec, about, naming), whom(spec, about, names), how(spec))
        for rule, spec in zip(found, specs_of(found), strict=True)
    ]
    form = refused if isinstance(refused, OverflowForm) else None
    overflow_id = ruleset.overflow_id if ruleset else None
    return {
        "about": about,
        "kinds": assignables(),
        "ruleset": ruleset,
        "rules": words,
        "retired": Rule.objects.filter(kind=about.kind).exclude(retired_at=None).order_by("name"),
        "may_manage": policies.may_manage_rules(request.user),
        "overflow": form or OverflowForm(initial={"owner": overflow_id}),
        "errors": [error for errors in refused.errors.values() for error in errors] if refused else [],
    }


def _page(request: Request, about_rule: Rule, form: RuleForm) -> dict[str, Any]:
    about, names = assignable(about_rule.kind), Names()
    [spec] = specs_of([about_rule])
    return {
        "rule": about_rule,
        "about": about,
        "form": form,
        "which": asked_in_words(spec, about, door_of(about.kind).naming),
        "whom": whom(spec, about, names),
        "how": how(spec),
        "may_manage": policies.may_manage_rules(request.user),
    }
