"""The report of all leads: its page, and the parts of it that come by themselves (LEA-8)."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadline.core.formats import initials
from leadline.core.jinja import tone_of
from leadline.core.lists import bulk_doors, doors, view_doors
from leadline.core.lists.cells import escape
from leadline.core.lists.door import address_of
from leadline.core.lists.rows import Head
from leadline.core.lists.showing import Shown, shown_list
from leadline.core.requests import Request
from leadline.core.search import search
from leadline.leads import policies
from leadline.leads.listing import LEADS
from leadline.people.models import User
from leadline.people.scope import reach

OPTIONS_SHOWN = 8


@require_safe
def lead_list(request: Request) -> HttpResponse:
    """A page of leads as the address says; a bad address shows the list and what was wrong."""
    shown = shown_list(request, LEADS)
    user = request.user
    return doors.list_page(
        request,
        "leads/list.html",
        shown,
        _head_cells,
        may_add=policies.may_create_leads(user),
        may_import=policies.may_import_leads(user),
        may_work=policies.may_work_leads(user),
        may_star=user.may("lead", "star"),
        owners_outside=partial(owners_outside, shown),
    )


def owners_outside(shown: Shown) -> list[str]:
    """Whom to ask for what a search finds beyond one's reach; named where the role may know (ALL-3)."""
    if shown.page.rows or shown.help is None or not shown.help.outside:
        return []
    if shown.user.grants.scope("lead", "view") not in ("team", "all"):
        return []
    owners = User.objects.filter(leads__in=shown.help.outside).order_by("name").distinct()
    return list(owners.values_list("name", flat=True)[:5])


@require_safe
def count_all(request: Request) -> HttpResponse:
    """The exact count, when somebody asks for it."""
    return doors.count_all(request, LEADS)


@require_safe
def choose_filter(request: Request) -> HttpResponse:
    """Choose a field, then a question about it; answered by the address of the filtered list."""
    return doors.choose_filter(request, LEADS)


@require_safe
def choose_columns(request: Request) -> HttpResponse:
    """Choose and order the columns."""
    return doors.choose_columns(request, LEADS)


@require_safe
def options(request: Request) -> HttpResponse:
    """Leads to choose from, while typing."""
    typed = request.GET.get("q", "")[:100]
    within = reach(request.user, "lead", "view")
    hits = search("lead", typed, within, limit=OPTIONS_SHOWN) if typed else []
    return doors.options(request, LEADS, [hit.id for hit in hits], subtitle="email")


@require_http_methods(["GET", "POST"])
def bulk(request: Request, verb: str) -> HttpResponse:
    """One verb on a selection: asked, previewed, started as a job."""
    return bulk_doors.bulk(request, LEADS, verb)


@require_http_methods(["GET", "POST"])
def export(request: Request) -> HttpResponse:
    """A selection, or all that the address shows, as a file."""
    return bulk_doors.export(request, LEADS)


@require_http_methods(["GET", "POST"])
def save_view(request: Request) -> HttpResponse:
    """Keep the list as it stands under a name."""
    return view_doors.save_view(request, LEADS)


@require_http_methods(["GET", "POST"])
def change_view(request: Request, pk: int) -> HttpResponse:
    """Rename, share or renew a view, or open the list with it."""
    return view_doors.change_view(request, LEADS, pk)


@require_POST
def remove_view(request: Request, pk: int) -> HttpResponse:
    """Remove a view."""
    return view_doors.remove_view(request, LEADS, pk)


@require_safe
def view_counts(request: Request) -> HttpResponse:
    """How many each view shows."""
    return view_doors.view_counts(request, LEADS)


def _head_cells() -> Head:
    """What makes the first cell: picture, name, star, e-mail or phone, and whether archived."""
    link = address_of("leads:page", 0).replace("/0/", "/%d/")
    star = f'<span class="pill rare">{escape(_("Starred"))}</span>'
    gone = f'<span class="pill neutral">{escape(_("Archived"))}</span>'

    def head(key: int, beside: tuple[Any, ...]) -> str:
        name, email, phone, is_starred, is_archived = beside
        states = f"{star if is_starred else ''}{gone if is_archived else ''}"
        return (
            f'<th scope="row"><span class="who"><span class="avatar tone-{tone_of(name)}"'
            f' aria-hidden="true">{escape(initials(name))}</span><span><span class="named">'
            f'<a class="clip" href="{link % key}">{escape(name)}</a>{states}</span>'
            f'<span class="under clip">{escape(email or phone)}</span></span></span></th>'
        )

    return head
