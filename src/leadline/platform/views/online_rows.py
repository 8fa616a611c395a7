"""The rows of who is online, made in Python: they are drawn anew each second on many screens."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markupsafe import Markup

from leadline.core.clock import now
from leadline.core.formats import clock_time, initials, time_there
from leadline.core.jinja import tone_of
from leadline.core.lists.cells import escape, relative
from leadline.core.lists.door import address_of
from leadline.platform.queries.online import Here


def rows_of(people: Iterable[Here], *, whose: str) -> Markup:
    """A row for each: who, what they look at, since when, owner, local time, country, device."""
    words = {key: escape(label) for key, label in _labels().items()}
    link = address_of("customers:page", 0).replace("/0/", "/%d/")
    by_country = f"{address_of('platform:online')}?{urlencode({'whose': whose})}&amp;country="
    moment, language = now(), get_language() or "en"
    rows = [
        f'<tr id="here-{here.id}">{_who(here, link, words)}'
        + _cell(words["page"], f'<span class="clip">{escape(here.page)}</span>' if here.page else "")
        + _cell(words["since"], _since(here.since, moment, language), quiet=True)
        + _cell(words["owner"], escape(here.owner) if here.owner else words["nobody"], quiet=not here.owner)
        + _cell(words["time"], time_there(here.local_time) if here.local_time else "")
        + _cell(words["country"], _country(here, by_country))
        + _cell(words["device"], escape(here.device), quiet=True)
        + "</tr>"
        for here in people
    ]
    return Markup("\n".join(rows))  # noqa: S704 - each cell escapes its values


def _labels() -> dict[str, str]:
    return {
        "page": _("Looks at"),
        "since": _("Since"),
        "owner": _("Owner"),
        "time": _("Local time"),
        "country": _("Country"),
        "device": _("Device"),
        "nobody": _("Nobody"),
        "unknown": _("Unknown"),
    }


def _cell(label: str, inside: str, *, quiet: bool = False) -> str:
    if not inside:
        return f'<td class="phone-skip" data-label="{label}"></td>'
    tone = ' class="quiet"' if quiet else ""
    return f'<td{tone} data-label="{label}">{inside}</td>'


def _who(here: Here, link: str, words: dict[str, str]) -> str:
    called = here.called
    name, under = escape(called), here.customer if here.customer not in ("", called) else here.email
    if here.customer_id:
        named = f'<a class="clip" href="{link % here.customer_id}">{name}</a>'
    else:
        named = f'<span class="clip">{name}</span> <span class="pill neutral">{words["unknown"]}</span>'
    return (
        f'<th scope="row"><span class="who"><span class="avatar tone-{tone_of(called)}" aria-hidden="true">'
        f'{escape(initials(called))}</span><span><span class="named">{named}</span>'
        f'<span class="under clip">{escape(under)}</span></span></span></th>'
    )


def _since(since: datetime, moment: datetime, language: str) -> str:
    told = relative((moment - since).total_seconds(), language)
    return f'{clock_time(since)} <span class="tiny">{escape(told)}</span>'


def _country(here: Here, address: str) -> str:
    if not here.country_code:
        return ""
    code = escape(here.country_code)
    return f'<a class="quiet" href="{address}{code}">{escape(here.country)}</a>'
