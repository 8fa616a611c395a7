"""The list of forms, and one with what it asks and says in one language."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadline.core.actions import require
from leadline.core.answers import refuse
from leadline.core.localities import languages
from leadline.core.requests import Request
from leadline.webforms import actions, policies
from leadline.webforms.forms import AddForm, EditForm
from leadline.webforms.models import WebForm
from leadline.webforms.queries import Counts, counts_of, waiting_count


@require_safe
def forms(request: Request) -> HttpResponse:
    """All forms in use, or the archived ones, with their counts."""
    require(policies.may_see_forms(request.user))
    archived = request.GET.get("archived") == "only"
    rows = WebForm.objects.visible_to(request.user).filter(archived_at__isnull=not archived)
    found = sorted(rows, key=lambda each: each.name.casefold())
    counted = counts_of(found)
    context = {
        "rows": [(each, counted.get(each.pk, Counts())) for each in found],
        "archived": archived,
        "tabs": tabs_of_list("archived" if archived else "current"),
        "may_manage": policies.may_manage_forms(request.user),
        "waiting": waiting_count(),
        "names": dict(languages()),
    }
    return render(request, "webforms/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request) -> HttpResponse:
    """Name a form; what it asks is chosen on its page."""
    require(policies.may_manage_forms(request.user), str(policies.NOT_YOURS))
    form = AddForm(request.POST if request.method == "POST" else None, initial={"language": get_language()})
    if request.method == "POST" and form.run(actions.add_form, by=request.actor):
        return redirect("webforms:form", form.result.pk)
    return (refuse if request.method == "POST" else render)(request, "webforms/add.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def form(request: Request, pk: int) -> HttpResponse:
    """What it asks and says in one language, what its leads get, and how it is put on a site."""
    found = form_of(request, pk)
    language = _language(request, found)
    data = request.POST if request.method == "POST" else None
    editing = EditForm(data, found=found, language=language)
    if request.method == "POST" and editing.run(actions.change_form, found, by=request.actor):
        return redirect(f"{reverse('webforms:form', args=[pk])}?language={language}")
    context = {
        "found": found,
        "form": editing,
        "language": language,
        "languages": _offered(found),
        "names": dict(languages()),
        "may_edit": policies.may(request.user, "edit", found),
        "may_manage": policies.may_manage_forms(request.user),
        "counts": counts_of([found]).get(found.pk, Counts()),
        "address": request.build_absolute_uri(reverse("webforms:visit", args=[found.key])),
        "snippets": _snippets(request, found),
    }
    return (refuse if request.method == "POST" else render)(request, "webforms/form.html", context)


@require_POST
def switch(request: Request, pk: int) -> HttpResponse:
    """Open it to visitors, or close it."""
    found = form_of(request, pk)
    actions.switch_form(found, on=request.POST.get("on") == "yes", by=request.actor)
    return redirect("webforms:form", pk)


@require_POST
def archive(request: Request, pk: int) -> HttpResponse:
    """Out of use."""
    actions.archive_form(form_of(request, pk), by=request.actor)
    return redirect("webforms:list")


@require_POST
def restore(request: Request, pk: int) -> HttpResponse:
    """Into use again."""
    actions.restore_form(form_of(request, pk), by=request.actor)
    return redirect("webforms:form", pk)


def form_of(request: Request, pk: int) -> WebForm:
    """A form that the person sees."""
    require(policies.may_see_forms(request.user))
    return get_object_or_404(WebForm.objects.visible_to(request.user).select_related("owner"), pk=pk)


def tabs_of_list(active: str) -> list[dict[str, Any]]:
    """Forms in use, what was held back, the archived."""
    here = reverse("webforms:list")
    return [
        {"key": "current", "label": _("In use"), "url": here, "active": active == "current"},
        {
            "key": "held",
            "label": _("Held back"),
            "url": reverse("webforms:held"),
            "active": active == "held",
        },
        {
            "key": "archived",
            "label": _("Archived"),
            "url": f"{here}?archived=only",
            "active": active == "archived",
        },
    ]


def _snippets(request: Request, found: WebForm) -> dict[str, str]:
    """What is put into a page of another site, as plain text; names in it are escaped for that page."""
    script = request.build_absolute_uri(static("webforms/embed.js"))
    address = request.build_absolute_uri(reverse("webforms:visit", args=[found.key]))
    title = escape(found.name)
    return {
        "script": f'<script src="{script}" data-form="{found.key}" data-title="{title}" async></script>',
        "frame": f'<iframe src="{address}?embedded=1" title="{title}" width="100%" height="640"></iframe>',
    }


def _language(request: Request, found: WebForm) -> str:
    asked = request.GET.get("language", "")
    here = get_language() or "en"
    return asked if asked in dict(languages()) else here if here in found.texts else next(iter(found.texts))


def _offered(found: WebForm) -> list[tuple[str, str]]:
    """Languages in which it is not written yet: those of the pages first."""
    named = dict(languages())
    codes = dict.fromkeys([*dict(settings.LANGUAGES), *named])
    return [(code, named.get(code, code)) for code in codes if code not in found.texts]
