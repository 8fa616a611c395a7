"""Doors to figures."""

from leadline.workspaces.views.analysis import analysis, analysis_file
from leadline.workspaces.views.arranging import arrange, reset
from leadline.workspaces.views.dashboards import dashboard, dashboard_file, home, state, wall
from leadline.workspaces.views.log import log, log_file
from leadline.workspaces.views.metrics import metric, metric_file, metrics

__all__ = [
    "analysis",
    "analysis_file",
    "arrange",
    "dashboard",
    "dashboard_file",
    "home",
    "log",
    "log_file",
    "metric",
    "metric_file",
    "metrics",
    "reset",
    "state",
    "wall",
]
