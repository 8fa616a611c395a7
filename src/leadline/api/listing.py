"""Lists: `where`, `q`, `sort`, `fields`, `archived`, `limit`, `cursor`, `count`, and what they answer."""

import base64
from collections.abc import Callable, Iterable
from typing import Any

from django.db import models
from django.http import HttpResponse
from django.utils.translation import gettext as _

from leadline.api.answering import answer
from leadline.api.records import records_of
from leadline.core.fields import Catalogue, Field
from leadline.core.lists import Count, Scope, asking_of, count_of, page_of
from leadline.core.lists.page import finding_of
from leadline.core.lists.searching import Search
from leadline.core.refusals import RuleBroken, RulesBroken
from leadline.core.requests import Request
from leadline.customers.queries import context_for

PARAMETERS = ("where", "q", "sort", "fields", "archived", "limit", "cursor", "count")
COUNTS = ("quick", "exact", "none")
MOST_ROWS, ROWS = 200, 50
MOST_COUNTED = 10_000


def list_of(
    request: Request,
    about: Catalogue,
    scope: Scope,
    *,
    search: Search | None = None,
    sorts: tuple[str, ...] = (),
) -> HttpResponse:
    """A page of records with a catalogue, within a scope; refuses what it does not understand.

    `sorts` are the orders that this list offers, the first one by itself; without, those of the catalogue.
    """
    given = parameters_of(request, PARAMETERS)
    _require_sort(given, sorts)
    counting = _counting(given)
    if given.get("q") and search is None:
        raise RuleBroken(_("This list can't be searched; filter it by “where”."), field="q", value=given["q"])
    user = request.user
    columns = given.get("fields") or ",".join(field.name for field in about.visible_to(user))
    asking = asking_of({**given, "columns": columns, "after": given.get("cursor")}, about, user=user)
    if asking.refusals:
        raise RulesBroken(
            RuleBroken(rule.message, _named(rule.field), rule.value) for rule in asking.refusals
        )
    context = context_for(user)
    page = page_of(asking, scope=scope, context=context, search=search, counted=counting == "quick")
    count = page.count
    if counting == "exact":
        count = count_of(finding_of(asking, scope=scope, context=context, search=search), exactly=True)
    rows = records_of(page.columns, ((row.id, row.values) for row in page.rows), user)
    return answer(listed(rows, page.next, count))


def plain_list_of(
    request: Request, rows: models.QuerySet[Any], shown: Callable[[Any], dict[str, Any]]
) -> HttpResponse:
    """A page of records without a catalogue (jobs, imports, …), newest first."""
    found, following, count = plain_page_of(request, rows)
    return answer(listed([shown(row) for row in found], following, count))


def plain_page_of(request: Request, rows: models.QuerySet[Any]) -> tuple[list[Any], str | None, Count | None]:
    """The records of a page without a catalogue, newest first, the cursor that leads on, and their number."""
    given = parameters_of(request, ("limit", "cursor", "count"))
    counting = _counting(given)
    limit = limit_in(given)
    before = _place(given["cursor"]) if given.get("cursor") else None
    page = rows.filter(pk__lt=before) if before is not None else rows
    found = list(page.order_by("-pk")[: limit + 1])
    following = _word(found[limit - 1].pk) if len(found) > limit else None
    count = None if counting == "none" else _counted(rows, exactly=counting == "exact")
    return found[:limit], following, count


def listed(rows: list[dict[str, Any]], following: str | None, count: Count | None) -> dict[str, Any]:
    """What every list answers."""
    told = {"value": count.value, "exact": count.exact} if count else None
    return {"data": rows, "next": following, "count": told}


def parameters_of(request: Request, accepted: Iterable[str]) -> dict[str, str]:
    """The parameters of the address; an unknown one is refused: a mistyped filter would show all."""
    known = list(accepted)
    message = _("There is no parameter “%(name)s” here. Accepted: %(known)s.")
    unknown = [
        RuleBroken(message % {"name": name[:60], "known": ", ".join(known) or "–"}, name[:60], value)
        for name, value in request.GET.items()
        if name not in known
    ]
    if unknown:
        raise RulesBroken(unknown)
    return {name: str(value) for name, value in request.GET.items()}


def limit_in(given: dict[str, str]) -> int:
    """How many rows are wanted."""
    text = given.get("limit", "") or str(ROWS)
    if not (text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= MOST_ROWS):
        message = _("A whole number from 1 to %(most)s is accepted, not “%(value)s”.")
        raise RuleBroken(message % {"most": MOST_ROWS, "value": text[:60]}, "limit", text)
    return int(text)


def fields_of(request: Request, about: Catalogue) -> list[Field]:
    """The fields of a single record that `?fields=` asks for; all that the person may see without."""
    given = parameters_of(request, ("fields",))
    names = [name.strip() for name in given.get("fields", "").split(",") if name.strip()]
    try:
        return [about.field(name, request.user) for name in dict.fromkeys(names)] or about.visible_to(
            request.user
        )
    except RuleBroken as refusal:
        raise RuleBroken(refusal.message, "fields", refusal.value) from None


def _require_sort(given: dict[str, str], sorts: tuple[str, ...]) -> None:
    """Take the list's own order when none was given; refuse one without an index for this list."""
    if not sorts:
        return
    wanted = given.get("sort") or sorts[0]
    if wanted.removeprefix("-") not in {sort.removeprefix("-") for sort in sorts}:
        message = _("The list can't be sorted by “%(name)s”. It can by: %(known)s.")
        words = {"name": wanted[:60], "known": ", ".join(sorts)}
        raise RuleBroken(message % words, "sort", wanted)
    given["sort"] = wanted


def _counting(given: dict[str, str]) -> str:
    wanted = given.get("count", "") or "quick"
    if wanted not in COUNTS:
        message = _("“%(value)s” is not known. Accepted: %(accepted)s.")
        words = {"value": wanted[:60], "accepted": ", ".join(COUNTS)}
        raise RuleBroken(message % words, "count", wanted)
    return wanted


def _counted(rows: models.QuerySet[Any], *, exactly: bool) -> Count:
    if exactly:
        return Count(rows.count(), True)
    found = rows.order_by()[: MOST_COUNTED + 1].count()
    return Count(min(found, MOST_COUNTED), found <= MOST_COUNTED)


def _named(parameter: str | None) -> str | None:
    """The name by which this door knows a parameter of the list."""
    return {"after": "cursor", "columns": "fields"}.get(parameter or "", parameter)


def _word(key: int) -> str:
    return base64.urlsafe_b64encode(str(key).encode()).decode().rstrip("=")


def _place(word: str) -> int:
    try:
        text = base64.b64decode(
            word[:60] + "=" * (-len(word[:60]) % 4), altchars=b"-_", validate=True
        ).decode("ascii")
        if not text.isdigit() or len(text) > 19:
            raise ValueError
        return int(text)
    except ValueError:
        raise RuleBroken(_("This place in the list is not known any more."), "cursor", word) from None
