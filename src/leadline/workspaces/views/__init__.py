"""Doors to figures."""

from leadline.workspaces.views.analysis import analysis, analysis_file
from leadline.workspaces.views.arranging import arrange, reset
from leadline.workspaces.views.dashboards import dashboard, dashboard_file, home, state, tile, wall
from leadline.workspaces.views.log import log, log_file
from leadline.workspaces.views.metrics import metric, metric_file, metrics
from leadline.workspaces.views.owning import archive, change, make, move, own, restore

__all__ = [
    "analysis",
    "analysis_file",
    "archive",
    "arrange",
    "change",
    "dashboard",
    "dashboard_file",
    "home",
    "log",
    "log_file",
    "make",
    "metric",
    "metric_file",
    "metrics",
    "move",
    "own",
    "reset",
    "restore",
    "state",
    "tile",
    "wall",
]
