"""The list of customers: its page, and the parts of it that come by themselves (CUS-4 to CUS-6)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from markupsafe import Markup, escape

from leadline.core.formats import initials
from leadline.core.jinja import tone_of
from leadline.core.lists import doors
from leadline.core.lists.door import address_of
from leadline.core.lists.showing import Shown, shown_list
from leadline.core.search import search
from leadline.customers import policies
from leadline.customers.listing import CUSTOMERS
from leadline.people.scope import reach

OPTIONS_SHOWN = 8


@require_safe
def customer_list(request: HttpRequest) -> HttpResponse:
    """A page of customers as the address says; a bad address shows the list and what was wrong."""
    shown = shown_list(request, CUSTOMERS)
    user = request.user
    context = {
        "rows": rows_of(shown),
        "may_add": policies.may_create_customers(user),
        "may_import": policies.may_import_customers(user),
        **doors.context_of(shown),
    }
    return render(request, "customers/list.html", context)


@require_safe
def count_all(request: HttpRequest) -> HttpResponse:
    """The exact count, when somebody asks for it."""
    return doors.count_all(request, CUSTOMERS)


@require_safe
def choose_filter(request: HttpRequest) -> HttpResponse:
    """Choose a field, then a question about it; answered by the address of the filtered list."""
    return doors.choose_filter(request, CUSTOMERS)


@require_safe
def choose_columns(request: HttpRequest) -> HttpResponse:
    """Choose and order the columns."""
    return doors.choose_columns(request, CUSTOMERS)


@require_safe
def options(request: HttpRequest) -> HttpResponse:
    """Customers to choose from, while typing."""
    typed = request.GET.get("q", "")[:100]
    hits = (
        search("customer", typed, reach(request.user, "customer", "view"), limit=OPTIONS_SHOWN)
        if typed
        else []
    )
    return doors.options(request, CUSTOMERS, [hit.id for hit in hits], subtitle="email")


def rows_of(shown: Shown) -> list[tuple[int, str, Markup]]:
    """Id, name and cells of each row. The first cell is the customer; what is beside the columns stands last."""
    cells = list(zip(shown.asking.columns, shown.cells(), strict=True))
    link = address_of("customers:page", 0).replace("/0/", "/%d/")
    blocked, archived = escape(_("Blocked")), escape(_("Archived"))
    return [
        (
            row.id,
            row.values[-4],
            Markup(  # noqa: S704 - each cell escapes its values
                _who(link % row.id, row.values[-4:], blocked, archived)
                + "".join(
                    [
                        make(value)
                        for (column, make), value in zip(cells, row.values, strict=False)
                        if column.name != "name"
                    ]
                )
            ),
        )
        for row in shown.page.rows
    ]


def _who(link: str, beside: tuple[Any, ...], blocked: str, archived: str) -> str:
    name, email, is_blocked, is_archived = beside
    pills = f'<span class="pill bad">{blocked}</span>' if is_blocked else ""
    if is_archived:
        pills += f'<span class="pill neutral">{archived}</span>'
    return (
        f'<th scope="row"><span class="who"><span class="avatar square tone-{tone_of(name)}" aria-hidden="true">'
        f'{escape(initials(name))}</span><span><span class="named"><a class="clip" href="{link}">{escape(name)}</a>{pills}</span>'
        f'<span class="under clip">{escape(email)}</span></span></span></th>'
    )
