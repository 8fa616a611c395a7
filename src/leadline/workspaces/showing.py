"""What a widget shows to a person: figures, rows of a list, the queue, a text."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from leadline.core.boards.laying import Pile
from leadline.core.fields import Viewer
from leadline.core.formats import clock_time
from leadline.core.lists.asking import asking_of
from leadline.core.lists.door import door_of
from leadline.core.lists.page import page_of
from leadline.core.metrics import PERIODS, Metric, Question, metrics_for
from leadline.core.refusals import RuleBroken
from leadline.leads.policies import may_work_leads
from leadline.leads.queries.queue import Queue, queue_of
from leadline.people.models import User
from leadline.performance.gauges import Gauge, gauges_of_most_behind, targets_running
from leadline.performance.policies import sees_targets
from leadline.workspaces.boards import SmallBoard, boards_for, small_board
from leadline.workspaces.calendars import Calendar, calendar_of, may_see_calendars
from leadline.workspaces.files import Sheet, sheet_of
from leadline.workspaces.sources import SOURCES, Source, sources_for
from leadline.workspaces.told import Matrix, asked_of, matrix_of
from leadline.workspaces.widgets import KINDS, SCOPES, Widget

ROWS, MOST_GAUGES = 8, 12
LINES = 20  # groups of a chart or a table: what can be read at a glance; all stand in its file
# Which part of the state of the house (`stamps`) a widget follows, by the kind of what it shows.
FOLLOWS = {"activity": "a", "payment": "p"}
OTHERS = "h"


@dataclass(frozen=True)
class Rows:
    """The first records of a list: the heads, and for each its page and its cells."""

    source: Source
    heads: Sequence[str]
    rows: Sequence[tuple[str, Sequence[str]]]
    url: str


@dataclass(frozen=True)
class Content:
    """A widget as it is shown: where it stands, its title, and what is in it."""

    place: int
    widget: Widget
    title: str
    about: str
    matrix: Matrix | None = None
    rows: Rows | None = None
    queue: Queue | None = None
    gauges: Sequence[Gauge] | None = None
    calendar: Calendar | None = None
    board: SmallBoard | None = None

    @property
    def metric(self) -> Metric | None:
        """The metric that it is of, the first of several."""
        return self.matrix.metrics[0] if self.matrix else None

    @property
    def has_file(self) -> bool:
        """Whether there is something to be taken out as a file."""
        return bool(self.matrix or self.rows or self.gauges or self.calendar or self.board)

    @property
    def sheet(self) -> Sheet | None:
        """What it shows as a table of a file; none where it is a text or the queue."""
        if self.matrix:
            return sheet_of(self.matrix)
        if self.rows:
            return Sheet(self.rows.heads, [cells for _page, cells in self.rows.rows])
        if self.gauges:
            return Sheet(gauge_heads(), [gauge_row(each) for each in self.gauges])
        if self.calendar:
            return calendar_sheet(self.calendar)
        return board_sheet(self.board) if self.board else None

    @property
    def chart(self) -> str:
        """How it is drawn."""
        timed = self.widget.by in ("day", "week", "month")
        return ("line" if timed else "bar") if self.widget.kind == "chart" else ""


def content_of(
    place: int, widget: Widget, viewer: Viewer, at: date | None = None, *, lines: int | None = None
) -> Content | None:
    """What a widget shows, a calendar around the day `at`; None where it says nothing to this person.

    Of figures by people and the like there are so many `lines` at most, `LINES` where nothing else is said.
    """
    user: User = viewer.user
    if widget.kind == "text":
        return Content(place, widget, widget.title, "")
    if widget.kind == "queue":
        shown = queue_of(user) if may_work_leads(user) else None
        return Content(place, widget, widget.title, "", queue=shown) if shown else None
    if widget.kind == "gauge":
        return _gauged(place, widget, user) if sees_targets(user) else None
    if widget.kind == "calendar":
        return _on_days(place, widget, at, viewer) if may_see_calendars(user) else None
    if widget.kind == "board":
        return _on_board(place, widget, viewer) if widget.board in boards_for(user) else None
    if widget.kind == "list":
        source = sources_for(user).get(widget.source)
        return _listed(place, widget, source, viewer) if source else None
    return _counted(place, widget, viewer, lines or LINES)


def follows(widget: Widget, user: User) -> str:
    """The stamps that a widget follows: it is drawn anew when one of them changed."""
    if widget.kind == "list":
        source = SOURCES[widget.source]
        if source.follows:
            return source.follows
        kinds = [source.kind]
    elif widget.kind == "text":
        return ""
    elif widget.kind in ("calendar", "board"):
        return OTHERS
    elif widget.kind == "gauge" and not widget.metrics:
        return "".join(sorted({*FOLLOWS.values(), OTHERS}))
    else:
        kinds = [metric.kind for metric in metrics_for(user) if metric.name in widget.metrics] or ["lead"]
    also = {OTHERS} if widget.kind == "gauge" else set()  # targets are set and taken back
    return "".join(sorted({FOLLOWS.get(kind, OTHERS) for kind in kinds} | also))


def digest(html: str) -> str:
    """A short mark of what a widget shows."""
    return hashlib.sha256(html.encode()).hexdigest()[:8]


def questions_of(widget: Widget, user: User) -> list[Question]:
    """What a widget asks of its metrics, over the period and for those that it is about."""
    teams = [team for team in user.grants.managed_teams or (user.team_id,) if team]
    alone = widget.scope == "team" and not teams  # who is in no team is all of it
    person = user.pk if alone else {"me": user.pk, "person": widget.person}.get(widget.scope)
    given: Mapping[str, Any] = {
        "period": widget.period,
        "by": widget.by if widget.kind != "figure" else "",
        "user": str(person or ""),
    }
    return asked_of(widget.metrics, given, user, teams=teams if widget.scope == "team" else ())


def _counted(place: int, widget: Widget, viewer: Viewer, lines: int) -> Content | None:
    try:
        questions = questions_of(widget, viewer.user)
    except RuleBroken:  # grouped by what this person does not see
        return None
    if not questions:
        return None
    matrix = matrix_of(questions, viewer, most=lines)
    names = ", ".join(str(metric.label) for metric in matrix.metrics[:3])
    scope = "" if widget.scope == "all" else f" · {SCOPES[widget.scope]}"
    grouped = f" · {matrix.grouped_by}" if matrix.by else ""
    about = f"{PERIODS[widget.period]}{grouped}{scope}"
    return Content(place, widget, widget.title or names, about, matrix=matrix)


def _on_days(place: int, widget: Widget, at: date | None, viewer: Viewer) -> Content:
    found = calendar_of(widget.span, at, widget.scope, widget.person, viewer)
    return Content(place, widget, widget.title or str(KINDS["calendar"]), _whose(widget), calendar=found)


def _on_board(place: int, widget: Widget, viewer: Viewer) -> Content:
    found = small_board(widget.board, widget.view, widget.scope, widget.person, viewer)
    view = found.laid.shown.address.view
    named = [str(found.laid.board.title), *([view.name] if view else [])]
    return Content(place, widget, widget.title or ": ".join(named), _whose(widget), board=found)


def _whose(widget: Widget) -> str:
    """Whom it is about, where that is not all that one sees."""
    if widget.scope == "person":
        return str(User.objects.filter(pk=widget.person).first() or "")
    return "" if widget.scope == "all" else str(SCOPES[widget.scope])


def calendar_sheet(calendar: Calendar) -> Sheet:
    """What is planned as a table, moments by the viewer's clock."""
    heads = [_("Day"), _("Time"), _("Kind"), _("What"), _("Whose")]
    return Sheet(
        heads,
        [
            [each.day.isoformat(), clock_time(each.at) if each.at else "", each.kind, each.title, each.whose]
            for each in calendar.entries
        ],
    )


def board_sheet(board: SmallBoard) -> Sheet:
    """How many stand in each column, and what they are worth where that is known."""
    rows = [[str(pile.column.label), _counted_as(pile), str(pile.worth or "")] for pile in board.laid.piles]
    return Sheet([_("Column"), _("Records"), _("Worth")], rows)


def _counted_as(pile: Pile) -> str:
    return f"{pile.count.value}{'' if pile.count.exact else '+'}"


def _gauged(place: int, widget: Widget, user: User) -> Content:
    """The targets that are running for whom the widget is about: teams first, then who is furthest behind."""
    wanted = targets_running(user)
    if (about := _about(widget, user)) is not None:
        wanted = wanted.filter(about)
    if widget.metrics:
        wanted = wanted.filter(metric__in=widget.metrics)
    found = gauges_of_most_behind(user, wanted, MOST_GAUGES)
    return Content(place, widget, widget.title or str(KINDS["gauge"]), "", gauges=found)


def gauge_heads() -> list[str]:
    """The heads of targets as a table."""
    return [
        _("Person or team"),
        _("Figure"),
        _("How often"),
        _("Target"),
        _("Reached"),
        _("Missing"),
        _("Pace"),
    ]


def gauge_row(gauge: Gauge) -> list[str]:
    """A target as a row: numbers plain, what is missing in words last."""
    amounts = [str(each) for each in (gauge.value, gauge.reached, gauge.missing)]
    target = gauge.target
    return [target.whose, str(gauge.metric.label), gauge.how_often, *amounts, gauge.words]


def _about(widget: Widget, user: User) -> Q | None:
    """Which targets are of whom a widget is about; None where that is all that one sees."""
    teams = [team for team in (*user.grants.managed_teams, user.team_id) if team]
    return {
        "me": Q(user=user.pk),
        "person": Q(user=widget.person),
        "team": Q(team__in=teams) | Q(user__team__in=teams),
    }.get(widget.scope)


def _listed(place: int, widget: Widget, source: Source, viewer: Viewer) -> Content:
    door, user = door_of(source.kind), viewer.user
    names = (*source.columns, *([source.key] if source.page and source.key != "id" else []))
    given = {"where": dict(source.where), "sort": source.sort, "columns": ",".join(names)}
    asking = asking_of({**given, "limit": str(ROWS)}, door.about, user=user)
    found = page_of(asking, scope=door.scope(user), context=door.context(user), counted=False, shown=True)
    shown = asking.columns[: len(source.columns)]
    rows = [
        (
            source.page_of(row.id if source.key == "id" else row.values[len(source.columns)]),
            [column.show(value, viewer) for column, value in zip(shown, row.values, strict=False)],
        )
        for row in found.rows
    ]
    heads = [str(column.label) for column in shown]
    title = widget.title or str(source.label)
    return Content(place, widget, title, "", rows=Rows(source, heads, rows, source.address()))


def queue_address() -> str:
    """Where the queue is worked."""
    return reverse("leads:queue")
