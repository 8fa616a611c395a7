"""The list of templates, and one with its texts by language and how they look."""

from typing import Any

from csp.decorators import csp, csp_update
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadline.core.actions import require
from leadline.core.answers import refuse
from leadline.core.localities import languages
from leadline.core.requests import Request
from leadline.marketing import actions, policies
from leadline.marketing.forms import TemplateForm
from leadline.marketing.models import MailTemplate
from leadline.marketing.queries import sample_of, text_for
from leadline.marketing.wording import PLACES

# A letter has its styles within, loads nothing and runs nothing; only our own pages show it.
_LETTER_POLICY = {
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "img-src": ["data:"],
    "frame-ancestors": ["'self'"],
    "form-action": ["'none'"],
    "sandbox": ["allow-popups"],
}


@require_safe
def templates(request: Request) -> HttpResponse:
    """All templates in use, or the archived ones."""
    _require_seeing(request)
    archived = request.GET.get("archived") == "only"
    rows = MailTemplate.objects.visible_to(request.user).filter(archived_at__isnull=not archived)
    found = sorted(rows.prefetch_related("texts"), key=lambda template: template.name.casefold())
    context = {
        "templates": found,
        "archived": archived,
        "tabs": _tabs(archived),
        "may_add": policies.may_manage_templates(request.user),
        "names": dict(languages()),
    }
    return render(request, "marketing/templates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request) -> HttpResponse:
    """Make one, in the language of the page first."""
    require(policies.may_manage_templates(request.user), _("Your role does not make e-mail templates."))
    language = _language(request, get_language() or "en")
    form = TemplateForm(request.POST if request.method == "POST" else None, language=language)
    if request.method == "POST" and _run_add(form, request):
        return redirect(f"{reverse('marketing:template', args=[form.result.pk])}?language={language}")
    context = {"form": form, "language": language, "languages": _offered([language]), "places": PLACES}
    return (refuse if request.method == "POST" else render)(request, "marketing/add.html", context)


@csp_update({"frame-src": ["'self'"]})  # type: ignore[arg-type]
@require_http_methods(["GET", "HEAD", "POST"])
def template(request: Request, pk: int) -> HttpResponse:
    """What it says in one language, how that looks, and the other languages."""
    found = _template(request, pk)
    texts = {text.language: text for text in found.texts.all()}
    written = list(texts)
    language = _language(request, text_for(found, get_language() or "en").language)
    form = TemplateForm(
        request.POST if request.method == "POST" else None,
        language=language,
        initial=_initial(found, language),
    )
    if request.method == "POST" and form.run(actions.change_template, found, by=request.actor):
        return redirect(f"{reverse('marketing:template', args=[pk])}?language={language}")
    context = {
        "template": found,
        "form": form,
        "language": language,
        "written": written,
        "sample": sample_of(texts[language]) if language in texts else None,
        "languages": _offered(written),
        "names": dict(languages()),
        "places": PLACES,
        "may_edit": policies.may_edit_template(request.user, found),
        "may_manage": policies.may_manage_templates(request.user),
        "sent": found.sendings.count(),
    }
    return (refuse if request.method == "POST" else render)(request, "marketing/template.html", context)


@csp(_LETTER_POLICY)  # type: ignore[arg-type]
@xframe_options_sameorigin
@require_safe
def look(request: Request, pk: int) -> HttpResponse:
    """The letter itself, to somebody made up, as a mail reader shows it."""
    found = _template(request, pk)
    language = request.GET.get("language", "")
    text = next((each for each in found.texts.all() if each.language == language), None)
    if text is None:
        raise Http404
    return HttpResponse(sample_of(text).as_html())


@require_POST
def archive(request: Request, pk: int) -> HttpResponse:
    """Out of use."""
    actions.archive_template(_template(request, pk), by=request.actor)
    return redirect("marketing:templates")


@require_POST
def restore(request: Request, pk: int) -> HttpResponse:
    """Into use again."""
    actions.restore_template(_template(request, pk), by=request.actor)
    return redirect("marketing:template", pk)


def _run_add(form: TemplateForm, request: Request) -> bool:
    def run(*, version: int | None, **answers: Any) -> MailTemplate:
        return actions.add_template(**answers)

    return form.run(run, by=request.actor)


def _require_seeing(request: Request) -> None:
    require(policies.may_see_templates(request.user))


def _template(request: Request, pk: int) -> MailTemplate:
    rows = MailTemplate.objects.visible_to(request.user).prefetch_related("texts")
    return get_object_or_404(rows, pk=pk)


def _language(request: Request, otherwise: str) -> str:
    asked = request.GET.get("language", "")
    return asked if asked in dict(languages()) else otherwise


def _offered(written: list[str]) -> list[tuple[str, str]]:
    """Languages to choose from: those written, those of the pages, then all."""
    named = dict(languages())
    first = list(dict.fromkeys([*written, *dict(settings.LANGUAGES)]))
    return [
        (code, named.get(code, code)) for code in [*first, *(each for each in named if each not in first)]
    ]


def _initial(found: MailTemplate, language: str) -> dict[str, Any]:
    text = next((each for each in found.texts.all() if each.language == language), None)
    return {
        "name": found.name,
        "purpose": found.purpose,
        "version": found.version,
        f"subject_{language}": text.subject if text else "",
        f"body_{language}": text.body if text else "",
    }


def _tabs(archived: bool) -> list[dict[str, Any]]:
    here = reverse("marketing:templates")
    return [
        {"key": "current", "label": _("In use"), "url": here, "active": not archived},
        {"key": "archived", "label": _("Archived"), "url": f"{here}?archived=only", "active": archived},
    ]
