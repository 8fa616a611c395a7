"""Figures as pages and files tell them: words, values, the address of the records behind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.fields import Viewer
from leadline.core.metrics import (
    Answer,
    Figure,
    Metric,
    Question,
    figure_in_words,
    metrics_for,
    question_of,
)
from leadline.core.metrics.figures import CURRENCIES, MOST_FIGURES, Wanted, answers_to
from leadline.core.metrics.metric import TIMES

MOST_TIMES = 3_700  # days of ten years
GROUPED_BY: Mapping[str, Any] = {
    "hour": lambda: _("Hour"),
    "day": lambda: _("Day"),
    "week": lambda: _("Week from"),
    "month": lambda: _("Month"),
    "user": lambda: _("Person"),
    "team": lambda: _("Team"),
}


@dataclass(frozen=True)
class Told:
    """One figure in words; `plain` is the same as a program or a spreadsheet reads it."""

    words: str
    plain: str = ""
    url: str = ""


@dataclass(frozen=True)
class Line:
    """A row of figures: of which group, the key by which it is known, and each figure."""

    label: str
    key: Any
    cells: Sequence[Told]


@dataclass(frozen=True)
class Matrix:
    """Several metrics by the same groups: `metrics` are the columns, `whole` the figures over all groups.

    `is_cut` where there are more groups than these lines.
    """

    by: str
    grouped_by: str
    metrics: Sequence[Metric]
    lines: Sequence[Line]
    whole: Sequence[Told]
    is_cut: bool = False

    @property
    def labels(self) -> list[str]:
        """What the columns are called, in the language of who reads it."""
        return [str(metric.label) for metric in self.metrics]


def group_name(metric: Metric, by: str) -> str:
    """What a grouping is called."""
    if by in GROUPED_BY:
        return str(GROUPED_BY[by]())
    return str(metric.about.by_name[by].label)


def told(figure: Figure, metric: Metric) -> Told:
    """A figure in words."""
    plain = "" if figure.value is None else str(round(figure.value, 4))
    return Told(figure_in_words(figure, metric.unit), plain, figure.records)


def told_whole(answer: Answer) -> Told:
    """The whole of an answer in words: of several currencies each, the largest first."""
    metric = answer.question.metric
    figures = sorted(answer.totals, key=lambda each: -each.count)
    if len(figures) == 1:
        return told(figures[0], metric)
    each = [told(figure, metric) for figure in figures]
    plain = "; ".join(f"{one.currency} {cell.plain}" for one, cell in zip(figures, each, strict=True))
    return Told(" · ".join(cell.words for cell in each), plain, answer.question.records())


def asked_of(
    names: Sequence[str], given: Mapping[str, Any], user: Any, *, teams: Sequence[int] = ()
) -> list[Question]:
    """The questions to those of some metrics that say something to a person."""
    seen = {metric.name for metric in metrics_for(user)}
    return [question_of(name, given, user, teams=teams) for name in names if name in seen]


def matrix_of(
    questions: Sequence[Question],
    viewer: Viewer,
    wholes: dict[str, Told] | None = None,
    *,
    most: int = MOST_FIGURES,
) -> Matrix:
    """The answers to questions that are grouped alike, side by side; the largest of the first come first.

    `wholes` keeps, by names of metrics, what a page asked already over all groups. Of groups that are no
    times there are `most` lines at most, each with all of its figures.
    """
    wholes = {} if wholes is None else wholes
    by = questions[0].by if questions else ""
    lines, rest = _Lines(MOST_TIMES if by in TIMES else most), list(questions)
    while rest:
        # The first may say already which groups there is room for, times never do.
        some = rest if by in ("", *TIMES) or lines.labels else rest[:1]
        wanted = [lines.wanted(question, whole=question.metric.name not in wholes) for question in some]
        for answer in answers_to(wanted, viewer):
            metric = answer.question.metric
            if answer.totals:
                wholes[metric.name] = told_whole(answer)
            if lines.leaves_out(answer.figures):  # of those that stay it may tell no more than some
                break
            lines.add(metric, answer.figures)
            rest.pop(0)
    metrics = [question.metric for question in questions]
    keys = sorted(lines.labels) if by in TIMES else list(lines.labels)
    return Matrix(
        by,
        group_name(metrics[0], by) if by else "",
        metrics,
        [lines.line(key, metrics) for key in keys],
        [wholes[metric.name] for metric in metrics],
        lines.is_cut,
    )


class _Lines:
    """The groups of a matrix, as one metric after the other names them, until there are enough."""

    def __init__(self, most: int):
        self.most = most
        self.labels: dict[Any, str] = {}
        self.cells: dict[tuple[Any, str], list[Told]] = {}
        self.is_cut = False

    def wanted(self, question: Question, *, whole: bool) -> Wanted:
        """Which figures to ask for: those of the groups that stay, or of one more than there is room for."""
        if self.is_cut:
            return Wanted(question, whole, among=list(self.labels))
        each = CURRENCIES if question.metric.measure.currency else 1
        return Wanted(question, whole, most=(self.most + 1) * each)

    def leaves_out(self, figures: Sequence[Figure]) -> bool:
        """Take the groups of these in, as far as there is room; whether it ended just here."""
        if self.is_cut:
            return False
        for figure in figures:
            if figure.key in self.labels:
                continue
            if len(self.labels) == self.most:
                self.is_cut = True
                return True
            self.labels[figure.key] = figure.label
        return False

    def add(self, metric: Metric, figures: Sequence[Figure]) -> None:
        """The figures of one metric."""
        for figure in figures:
            if figure.key in self.labels:
                self.cells.setdefault((figure.key, metric.name), []).append(told(figure, metric))

    def line(self, key: Any, metrics: Sequence[Metric]) -> Line:
        """One group with its figures."""
        cells = [_joined(self.cells.get((key, metric.name), []), metric) for metric in metrics]
        return Line(self.labels[key] or _("None"), key, cells)


def _joined(cells: Sequence[Told], metric: Metric) -> Told:
    """What has no records of a group is 0 where it adds up; several currencies stand in one cell."""
    if not cells:
        nothing = metric.measure.adds_up and not metric.measure.currency
        return Told("0", "0") if nothing else Told("–")
    if len(cells) == 1:
        return cells[0]
    return Told(" · ".join(cell.words for cell in cells), "; ".join(cell.plain for cell in cells))
