"""The rows of the list of tasks: each with what is done by one key, under the time in which it falls."""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from markupsafe import Markup

from leadline.core.clock import now
from leadline.core.jinja import Icons
from leadline.core.lists.cells import escape
from leadline.core.lists.door import address_of
from leadline.core.lists.showing import Shown
from leadline.tasks.showing import GROUPS, Due, due_of

Cell = Callable[[Any], str]
icon = Icons()


def task_rows(shown: Shown, may_edit: bool) -> Markup:
    """All rows of the page; by due time, and as long as nothing in it is done, under their groups."""
    columns = shown.asking.columns
    makers: list[tuple[int, str, Cell]] = [
        (place, columns[place].name, maker) for place, maker in enumerate(shown.cells()) if place
    ]
    dues = {key: _due(values, len(columns), shown) for key, values, _cells in shown.page.rows}
    grouped = shown.asking.sort == "due_at" and not any(
        values[len(columns) + 4] or values[len(columns) + 5] for _key, values, _cells in shown.page.rows
    )
    counts = Counter(due.group for due in dues.values())
    rows, last = [], ""
    for key, values, _cells in shown.page.rows:
        due = dues[key]
        if grouped and due.group != last:
            rows.append(_heading(due.group, counts[due.group], len(columns) + 2))
            last = due.group
        rows.append(_row(key, values, due, makers, len(columns), may_edit))
    return Markup("\n".join(rows))  # noqa: S704 - each cell escapes its values


def _due(values: tuple[Any, ...], beside: int, shown: Shown) -> Due:
    due_at: datetime | None = values[beside + 1]
    due_on: date | None = values[beside + 2]
    return due_of(due_at, due_on, values[beside + 3], now=now(), zone=shown.viewer.zone)


def _heading(group: str, count: int, width: int) -> str:
    css = " late" if group == "overdue" else ""
    return (
        f'<tr class="group{css}"><th scope="rowgroup" colspan="{width}">{escape(str(GROUPS[group]))}'
        f' <span class="quiet">{count}</span></th></tr>'
    )


def _row(
    key: int,
    values: tuple[Any, ...],
    due: Due,
    makers: list[tuple[int, str, Cell]],
    beside: int,
    may_edit: bool,
) -> str:
    title, _at, _on, _zone, is_done, is_archived, repeats, snoozes = values[beside:]
    label = escape(_("Select %(name)s") % {"name": title})
    cells = "".join(
        _due_cell(due, is_done) if name == "due_at" else make(values[place]) for place, name, make in makers
    )
    marks = _marks(bool(repeats), bool(snoozes) and not is_done, is_archived)
    keys = _keys(key, title, is_done) if may_edit and not is_archived else ""
    return (
        f'<tr id="task-{key}"{" class=done" if is_done else ""}><td class="pick-cell">'
        f'<input type="checkbox" class="pick" name="ids" value="{key}" aria-label="{label}"></td>'
        f'<th scope="row"><span class="task">{keys}<a class="clip" href="{_address("page", key)}">'
        f"{escape(title)}</a>{marks}</span></th>{cells}</tr>"
    )


def _marks(repeats: bool, is_snoozed: bool, is_archived: bool) -> str:
    """What is particular about it, as small signs."""
    found = icon("refresh", label=_("Repeats"), extra="small") if repeats else ""
    found += icon("moon", label=_("Snoozed"), extra="small") if is_snoozed else ""
    return found + (f'<span class="pill neutral">{escape(_("Archived"))}</span>' if is_archived else "")


def _due_cell(due: Due, is_done: bool) -> str:
    label = escape(_("Due"))
    if not due.words:
        return f'<td class="phone-skip" data-label="{label}"></td>'
    late = ' class="late"' if due.is_overdue and not is_done else ""
    there = f'<span class="under">{escape(due.there)}</span>' if due.there else ""
    return f'<td data-label="{label}"><span{late}>{escape(due.words)}</span>{there}</td>'


def _keys(key: int, title: str, is_done: bool) -> str:
    """The circle that finishes, and what keys do beside it; they show on the row that one is at."""
    if is_done:
        return _button(key, "reopen", "", "circle-check", _("Open again: %(title)s") % {"title": title})
    finish = _button(key, "finish", "d", "circle-check", _("Done: %(title)s") % {"title": title})
    snooze = _opener(key, "snooze", "s", "clock", _("Snooze: %(title)s") % {"title": title})
    assign = _opener(key, "assign", "a", "user-check", _("Give to somebody: %(title)s") % {"title": title})
    edit = _opener(key, "edit", "e", "edit", _("Edit: %(title)s") % {"title": title})
    return f'{finish}<span class="beside">{snooze}{assign}{edit}</span>'


def _button(key: int, verb: str, letter: str, picture: str, label: str) -> str:
    address = _address(verb, key)
    by_key = f' data-row-key="{letter}"' if letter else ""
    return (
        f'<button class="tick" formaction="{address}" hx-post="{address}" hx-target="#dialog"'
        f' hx-swap="innerHTML"{by_key} aria-label="{escape(label)}" title="{escape(label)}">'
        f"{icon(picture)}</button>"
    )


def _opener(key: int, verb: str, letter: str, picture: str, label: str) -> str:
    address = _address(verb, key)
    return (
        f'<a class="button ghost bare small" href="{address}" hx-get="{address}" hx-target="#dialog"'
        f' hx-swap="innerHTML" data-row-key="{letter}" aria-label="{escape(label)}" title="{escape(label)}">'
        f"{icon(picture)}</a>"
    )


def _address(verb: str, key: int) -> str:
    return address_of(f"tasks:{verb}", 0).replace("/0/", f"/{key}/")
