"""Widgets: what stands on a dashboard, as it is kept and as it is checked (WSP-1)."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.core.metrics import PERIODS, metric_named
from leadline.core.refusals import RuleBroken
from leadline.workspaces.boards import BOARDS, views_of
from leadline.workspaces.sources import SOURCES

KINDS: Mapping[str, Any] = {
    "figure": gettext_lazy("Figure"),
    "chart": gettext_lazy("Chart"),
    "table": gettext_lazy("Table"),
    "list": gettext_lazy("List"),
    "queue": gettext_lazy("Call queue"),
    "gauge": gettext_lazy("Targets"),
    "calendar": gettext_lazy("Calendar"),
    "board": gettext_lazy("Board"),
    "text": gettext_lazy("Text"),
}
SCOPES: Mapping[str, Any] = {
    "all": gettext_lazy("All that one sees"),
    "me": gettext_lazy("Oneself"),
    "team": gettext_lazy("The team"),
    "person": gettext_lazy("A person"),
}
SPANS: Mapping[str, Any] = {
    "day": gettext_lazy("Day"),
    "week": gettext_lazy("Week"),
    "month": gettext_lazy("Month"),
}
WIDTHS = (1, 2, 3, 4)
MOST_WIDGETS, MOST_METRICS, LONGEST = 24, 8, 2_000


@dataclass(frozen=True)
class Widget:
    """One widget. Figures, charts and tables are of `metrics` over a `period` for a `scope`, grouped `by`; a
    list shows the first records of a `source`, gauges the targets that are running, of all figures or of
    `metrics`. A calendar shows a `span` of days for a `scope`; a board the first cards of a `board`, by its
    word, of a saved `view`, by its key. `width` is in quarters of the page; `person` is an id.
    """

    kind: str
    title: str = ""
    metrics: tuple[str, ...] = ()
    by: str = ""
    period: str = "today"
    scope: str = "all"
    person: int | None = None
    source: str = ""
    span: str = "week"
    board: str = ""
    view: str = ""
    text: str = ""
    width: int = 1

    @property
    def kept(self) -> dict[str, Any]:
        """As it is stored: what differs from a bare widget."""
        bare = asdict(Widget(self.kind))
        told = {name: value for name, value in asdict(self).items() if value != bare[name]}
        return {"kind": self.kind, **told}

    def asked(self, period: str, scope: str, span: str = "") -> "Widget":
        """The same over another period or span, or for another scope, where a page asks for it."""
        return replace(self, period=period or self.period, scope=scope or self.scope, span=span or self.span)


def widgets_of(kept: Sequence[Mapping[str, Any]]) -> list[Widget]:
    """Widgets as they were stored; what an older release does not know is left out."""
    known = set(asdict(Widget("text")))
    found = []
    for each in kept:
        given = {name: value for name, value in each.items() if name in known}
        if given.get("kind") in KINDS:
            found.append(Widget(**{**given, "metrics": tuple(given.get("metrics", ()))}))
    return found


def checked(widgets: Sequence[Widget], user: Any) -> list[Widget]:
    """The same widgets. Raises `RuleBroken` for what can't stand on a dashboard, naming what can."""
    if len(widgets) > MOST_WIDGETS:
        message = _("A dashboard has at most %(most)s widgets.") % {"most": MOST_WIDGETS}
        raise RuleBroken(message, field="widgets", value=len(widgets))
    for widget in widgets:
        _check(widget, user)
    return list(widgets)


def _check(widget: Widget, user: Any) -> None:
    for name, value, known in (
        ("kind", widget.kind, KINDS),
        ("period", widget.period, PERIODS),
        ("scope", widget.scope, SCOPES),
        ("span", widget.span, SPANS),
        ("width", widget.width, WIDTHS),
    ):
        if value not in known:
            raise _unknown(name, value, known)
    if max(len(widget.text), len(widget.title)) > LONGEST:
        message = _("At most %(most)s characters.") % {"most": LONGEST}
        raise RuleBroken(message, field="text", value=widget.text[:80])
    if widget.kind == "list" and widget.source not in SOURCES:
        raise _unknown("source", widget.source, SOURCES)
    if widget.kind == "board":
        _check_board(widget, user)
    if widget.kind in ("figure", "chart", "table"):
        _check_metrics(widget, user)
    if widget.kind == "gauge" and widget.metrics:
        _check_metrics(widget, user)
    if widget.scope == "person" and widget.person is None:
        raise RuleBroken(_("Choose the person."), field="person")


def _check_metrics(widget: Widget, user: Any) -> None:
    if not 1 <= len(widget.metrics) <= MOST_METRICS:
        message = _("Choose 1 to %(most)s figures.") % {"most": MOST_METRICS}
        raise RuleBroken(message, field="metrics", value=len(widget.metrics))
    for name in widget.metrics:
        metric = metric_named(name, user)
        if widget.kind not in ("figure", "gauge") and widget.by not in metric.groupings:
            raise _unknown("by", widget.by, metric.groupings)


def _check_board(widget: Widget, user: Any) -> None:
    if widget.board not in BOARDS:
        raise _unknown("board", widget.board, BOARDS)
    views = views_of(BOARDS[widget.board], user)
    if widget.view and widget.view not in views:
        raise _unknown("view", widget.view, views)


def _unknown(name: str, value: Any, known: Any) -> RuleBroken:
    message = _("“%(value)s” is not known. Accepted: %(accepted)s.")
    words = {"value": str(value)[:60], "accepted": ", ".join(map(str, known))}
    return RuleBroken(message % words, field=name, value=str(value)[:60])
