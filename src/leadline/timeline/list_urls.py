"""Addresses of the lists over all timelines: activities, notes."""

from textwrap import shorten
from typing import Any

from django.urls import include, path, reverse
from django.utils.translation import gettext as _

from leadline.core.actions import require
from leadline.core.lists.cells import escape
from leadline.core.lists.pages import list_addresses
from leadline.core.lists.rows import Head
from leadline.core.lists.showing import Shown
from leadline.core.requests import Request
from leadline.core.subjects import seen_subjects
from leadline.people.policies import ASK_AN_ADMINISTRATOR
from leadline.timeline.listing import ACTIVITIES, NOTES
from leadline.timeline.scope import may_see_timelines

# The records that rows are about, and their pages.
ABOUT = {"customer": "customers:page", "lead": "leads:page"}
LONGEST = 100


def _require_timelines(request: Request) -> None:
    require(
        may_see_timelines(request.user),
        _("Your role sees no customers and no leads."),
        who_can_help=ASK_AN_ADMINISTRATOR,
    )


def _heads(shown: Shown, request: Request) -> Head:
    """The first cell: what it was, and with whom, by the names that this person sees."""
    beside = len(shown.asking.columns)
    places = {
        (kind, key)
        for _id, values, _cells in shown.page.rows
        for kind, key in zip(ABOUT, values[beside + 1 :], strict=False)
        if key
    }
    seen = seen_subjects(places, request.user)

    def head(key: int, about: tuple[Any, ...]) -> str:
        title = escape(shorten(about[0] or "–", LONGEST, placeholder=" …"))
        places = [place for place in zip(ABOUT, about[1:], strict=False) if place in seen]
        links = " ".join(
            f'<a href="{reverse(ABOUT[kind], args=[record])}">{escape(seen[kind, record].name)}</a>'
            for kind, record in places
        )
        return f'<th scope="row"><span class="clip">{title}</span>{f" · {links}" if links else ""}</th>'

    return head


_SHOWN: dict[str, Any] = {
    "template": "timeline/list.html",
    "heads": _heads,
    "guard": _require_timelines,
}
urlpatterns = [
    path("", include((list_addresses("activities/", ACTIVITIES, **_SHOWN), "activities"))),
    path("", include((list_addresses("notes/", NOTES, **_SHOWN), "notes"))),
]
