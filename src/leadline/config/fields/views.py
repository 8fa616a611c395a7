"""Custom fields of each kind of object: their list, one of them, its choices (CUS-21)."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadline.config.fields.forms import ChangeFieldForm, FieldForm
from leadline.core.actions import require
from leadline.core.answers import refuse
from leadline.core.catalogue_forms import fit_custom, form_of
from leadline.core.custom import actions
from leadline.core.custom.building import built
from leadline.core.custom.models import CustomField
from leadline.core.custom.policies import WHO_CAN_HELP, may_manage_fields
from leadline.core.custom.rules import taker, takers
from leadline.core.custom.uses import uses_of
from leadline.core.fields import Catalogue, catalogue
from leadline.core.ids import numeric_id
from leadline.core.refusals import EditConflict, Refusal, RuleBroken
from leadline.core.requests import Request

SECTION = "section"  # before the title of a section among the places of the list
KINDS = {
    "text": "edit",
    "long_text": "notes",
    "number": "adjustments-horizontal",
    "money": "credit-card",
    "date": "calendar",
    "choice": "selector",
    "several": "checkbox",
    "yes_no": "check",
    "user": "user",
    "link": "link",
    "email": "at",
    "phone": "phone",
    "website": "world",
}


@require_safe
def field_list(request: Request) -> HttpResponse:
    """The fields of an object in their sections, to be put into another order."""
    about = _about(request)
    return render(request, "fields/list.html", _list(request, about))


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request) -> HttpResponse:
    """Choose a kind, then say the rest."""
    about = _about(request)
    kind = request.GET.get("kind", "")
    context = {"about": about, "kinds": _kinds(about), "kind": kind}
    if kind not in CustomField.Kind.values:
        return render(request, "fields/add.html", context)
    context |= {"kind_label": CustomField.Kind(kind).label, "sections": _sections(about)}
    form = FieldForm(request.POST if request.method == "POST" else None, kind=kind)
    context["form"] = form
    if request.method != "POST":
        return render(request, "fields/add.html", context)
    if form.run(actions.make_field, about.kind, kind=kind, by=request.actor):
        return redirect("fields:page", form.result.pk)
    return refuse(request, "fields/add.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def field(request: Request, pk: int) -> HttpResponse:
    """One field: how it looks, what it is called and takes, its choices, what asks for it."""
    definition = _definition(request, pk)
    if request.method != "POST":
        return render(request, "fields/page.html", _page(request, definition))
    form = ChangeFieldForm(request.POST, definition=definition)
    if form.run(actions.change_field, definition, by=request.actor):
        return redirect("fields:page", pk)
    return refuse(request, "fields/page.html", _page(request, definition, form))


@require_POST
def preview(request: Request) -> HttpResponse:
    """How a field looks in a form, while it is made."""
    about, kind = _about(request), request.GET.get("kind", "")
    draft = CustomField(object=about.kind, slug="preview", kind=kind if kind in CustomField.Kind else "text")
    draft.label = request.POST.get("label", "")[:80] or str(_("Label"))
    draft.help = request.POST.get("help", "")[:300]
    draft.required = "required" in request.POST
    lines = [line.strip() for line in request.POST.get("choices", "").splitlines() if line.strip()]
    draft.choices = [{"key": f"c{place}", "label": line[:100]} for place, line in enumerate(lines[:50])]
    return render(request, "fields/_preview.html", {"form": _looks(draft, about, request)})


@require_POST
def arrange(request: Request) -> HttpResponse:
    """Put the fields into an order and into sections, as they stood when it was sent."""
    about = _about(request)
    order, sections = _arranged(request.POST)
    actions.arrange_fields(about.kind, order=order, sections=sections, by=request.actor)
    return redirect(f"{reverse('fields:list')}?object={about.kind}")


@require_POST
def choices(request: Request, pk: int) -> HttpResponse:
    """Labels, order and state of the choices, and new ones."""
    definition = _definition(request, pk)
    given, retired = request.POST, set(request.POST.getlist("retired"))
    keys, labels = _moved(given.getlist("key"), given.getlist("label"), given.get("move", ""))
    known = [
        {"key": key, "label": label, "retired": key in retired}
        for key, label in zip(keys, labels, strict=False)
    ]
    new = [line for line in given.get("new", "").splitlines() if line.strip()]
    return _done(
        request,
        definition,
        lambda: actions.change_choices(
            definition,
            choices=[*known, *new],
            version=numeric_id(given.get("version")),
            by=request.actor,
        ),
    )


@require_POST
def merge(request: Request, pk: int) -> HttpResponse:
    """Let one choice become another on all records; the job's change set can be undone."""
    definition = _definition(request, pk)
    given = request.POST
    return _done(
        request,
        definition,
        lambda: actions.merge_choices(
            definition,
            key=given.get("key", ""),
            into=given.get("into", ""),
            version=numeric_id(given.get("version")),
            by=request.actor,
        ),
        then=lambda job: redirect("work:change", job.change_set_id),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def archive(request: Request, pk: int) -> HttpResponse:
    """What asks for the field, told before it is taken out of use."""
    definition = _definition(request, pk)
    if request.method == "POST":
        actions.archive_field(definition, by=request.actor)
        return redirect(f"{reverse('fields:list')}?object={definition.object}")
    context = {
        "field": definition,
        "about": catalogue(definition.object),
        "uses": uses_of(definition, request.user),
    }
    return render(request, "fields/archive.html", context)


@require_POST
def bring_back(request: Request, pk: int) -> HttpResponse:
    """Use an archived field again."""
    definition = _definition(request, pk)
    return _done(request, definition, lambda: actions.bring_back_field(definition, by=request.actor))


def _about(request: Request) -> Catalogue:
    """The object whose fields are meant; that of the first when none is named."""
    require(may_manage_fields(request.user), who_can_help=WHO_CAN_HELP)
    try:
        return taker(request.GET.get("object") or takers()[0].kind)
    except RuleBroken:
        return takers()[0]


def _definition(request: Request, pk: int) -> CustomField:
    require(may_manage_fields(request.user), who_can_help=WHO_CAN_HELP)
    return get_object_or_404(CustomField.objects.visible_to(request.user), pk=pk)


def _done(
    request: Request,
    definition: CustomField,
    deed: Callable[[], Any],
    then: Callable[[Any], HttpResponse] | None = None,
) -> HttpResponse:
    """The page of the field after a deed, or what comes `then`; a refusal stands on the page."""
    try:
        done = deed()
    except Refusal as refusal:
        if not isinstance(refusal, RuleBroken | EditConflict):
            raise
        return refuse(request, "fields/page.html", _page(request, definition, refusal=refusal))
    return then(done) if then else redirect("fields:page", definition.pk)


def _list(request: Request, about: Catalogue) -> dict[str, Any]:
    rows = CustomField.objects.visible_to(request.user).filter(object=about.kind).order_by("position", "pk")
    sections: dict[str, list[CustomField]] = {}
    for row in rows:
        if not row.is_archived:
            sections.setdefault(row.section, []).append(row)
    return {
        "about": about,
        "objects": [
            {
                "label": other.plural,
                "url": f"{reverse('fields:list')}?object={other.kind}",
                "active": other is about,
            }
            for other in takers()
        ],
        "sections": sections,
        "icons": KINDS,
        "archived": [row for row in rows if row.is_archived],
    }


def _kinds(about: Catalogue) -> list[tuple[str, str, str, str]]:
    here = f"{reverse('fields:add')}?object={about.kind}&kind="
    return [(kind, str(label), KINDS[kind], f"{here}{kind}") for kind, label in CustomField.Kind.choices]


def _sections(about: Catalogue) -> list[str]:
    found = CustomField.objects.in_use().filter(object=about.kind).exclude(section="")
    return list(found.order_by("section").values_list("section", flat=True).distinct())


def _page(
    request: Request,
    definition: CustomField,
    form: ChangeFieldForm | None = None,
    refusal: Refusal | None = None,
) -> dict[str, Any]:
    about = catalogue(definition.object)
    offered = [each for each in definition.choices if not each.get("merged_into")]
    merged = {each["key"]: each for each in definition.choices}
    return {
        "field": definition,
        "about": about,
        "kind_label": CustomField.Kind(definition.kind).label,
        "form": form or ChangeFieldForm(definition=definition),
        "sections": _sections(about),
        "offered": offered,
        "pairs": [(each["key"], each["label"]) for each in offered],
        "merged": [
            (each["label"], merged[each["merged_into"]]["label"])
            for each in definition.choices
            if each.get("merged_into")
        ],
        "looks": _looks(definition, about, request),
        "refusal": refusal,
    }


def _looks(definition: CustomField, about: Catalogue, request: Request) -> Any:
    """A form with just this field, as it stands in the forms of records."""
    from_definition, _joins = built(definition, about)
    return fit_custom(form_of(from_definition), about, request.user)


def _arranged(given: QueryDict) -> tuple[list[int], list[str]]:
    """Ids in their order, each with the title of the section above it."""
    order: list[int] = []
    sections: list[str] = []
    places, section = iter(_pushed(given.getlist("place"), given.get("move", ""))), ""
    for place in places:
        if place == SECTION:
            section = next(places, "")
        elif key := numeric_id(place):
            order.append(key)
            sections.append(section)
    return order, sections


def _pushed(places: list[str], move: str) -> list[str]:
    """The places after a button without script: `up:12` moves one before what stands above it."""
    way, _colon, key = move.partition(":")
    if key not in places:
        return places
    at = len(places) - 1 - places[::-1].index(key)
    rest = places[:at] + places[at + 1 :]
    # A section takes two places: its mark and its title.
    above = at - (2 if at >= 2 and places[at - 2] == SECTION else 1)
    below = at + (2 if places[at + 1 : at + 2] == [SECTION] else 1)
    to = max(0, above) if way == "up" else min(len(rest), below)
    return [*rest[:to], key, *rest[to:]]


def _moved(keys: list[str], labels: list[str], move: str) -> tuple[list[str], list[str]]:
    """The choices after a button without script."""
    way, _colon, key = move.partition(":")
    if key not in keys or len(keys) != len(labels):
        return keys, labels
    pairs = list(zip(keys, labels, strict=True))
    at = keys.index(key)
    to = max(0, min(len(pairs) - 1, at + (-1 if way == "up" else 1)))
    pairs.insert(to, pairs.pop(at))
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]
