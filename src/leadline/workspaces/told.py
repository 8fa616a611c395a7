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
    answer_to,
    figure_in_words,
    metrics_for,
    question_of,
)
from leadline.core.metrics.metric import TIMES

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
    """Several metrics by the same groups: `metrics` are the columns, `whole` the figures over all groups."""

    by: str
    grouped_by: str
    metrics: Sequence[Metric]
    lines: Sequence[Line]
    whole: Sequence[Told]


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


def matrix_of(questions: Sequence[Question], viewer: Viewer, wholes: dict[str, Told] | None = None) -> Matrix:
    """The answers to questions that are grouped alike, side by side; the largest of the first come first.

    `wholes` keeps, by names of metrics, what a page asked already over all groups.
    """
    wholes = {} if wholes is None else wholes
    answers = [
        answer_to(question, viewer, whole=question.metric.name not in wholes) for question in questions
    ]
    for answer in answers:
        if answer.totals:
            wholes[answer.question.metric.name] = told_whole(answer)
    by = questions[0].by if questions else ""
    labels: dict[Any, str] = {}
    cells: dict[tuple[Any, str], list[Told]] = {}
    for answer in answers:
        for figure in answer.figures:
            labels.setdefault(figure.key, figure.label)
            cells.setdefault((figure.key, answer.question.metric.name), []).append(
                told(figure, answer.question.metric)
            )
    keys = sorted(labels) if by in TIMES else list(labels)
    metrics = [answer.question.metric for answer in answers]
    lines = [
        Line(
            labels[key] or _("None"),
            key,
            [_joined(cells.get((key, metric.name), []), metric) for metric in metrics],
        )
        for key in keys
    ]
    whole = [wholes[metric.name] for metric in metrics]
    return Matrix(by, group_name(metrics[0], by) if by else "", metrics, lines, whole)


def _joined(cells: Sequence[Told], metric: Metric) -> Told:
    """What has no records of a group is 0 where it adds up; several currencies stand in one cell."""
    if not cells:
        nothing = metric.measure.adds_up and not metric.measure.currency
        return Told("0", "0") if nothing else Told("–")
    if len(cells) == 1:
        return cells[0]
    return Told(" · ".join(cell.words for cell in cells), "; ".join(cell.plain for cell in cells))
