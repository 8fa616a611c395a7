"""Metrics: what is counted, in words, by which rule, and the records behind each figure (design 4.8, SIG-6).

Each app declares its metrics once, in `metrics.py`. A figure is asked of the same list, condition and scope
as the records that it counts, so that both agree for everybody. Dashboards, reports, targets and the API ask
here alone.
"""

from leadline.core.metrics.asking import Question, question_of
from leadline.core.metrics.figures import Answer, Figure, answer_to
from leadline.core.metrics.metric import Measure, Metric, Through, metric_named, metrics_for, register_metric
from leadline.core.metrics.periods import PERIODS, Period, period_of
from leadline.core.metrics.words import figure_in_words

__all__ = [
    "PERIODS",
    "Answer",
    "Figure",
    "Measure",
    "Metric",
    "Period",
    "Question",
    "Through",
    "answer_to",
    "figure_in_words",
    "metric_named",
    "metrics_for",
    "period_of",
    "question_of",
    "register_metric",
]
