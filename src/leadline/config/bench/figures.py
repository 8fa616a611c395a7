"""Figures over the large data: each metric over a month, the analysis, the log, dashboards (SIG-6)."""

from leadline.config.bench.browsing import fetch
from leadline.config.bench.data import Data
from leadline.config.bench.registry import Goal, Measured, row
from leadline.config.bench.timing import measured
from leadline.core.metrics import metrics_for
from leadline.workspaces.queries import dashboards_for


@row("A figure over the last thirty days, by person", Goal(400))
def each_metric(data: Data) -> dict[str, Measured]:
    """Every metric, as who sees everything and as a seller."""
    return {
        f"{who}, {metric.name}": measured(
            [fetch(user, f"/figures/{metric.name}/?period=last_30_days&by=user")], data.times
        )
        for who, user in data.people.items()
        for metric in metrics_for(user)
    }


@row("The analysis of leads and the log", Goal(1500))
def reports(data: Data) -> dict[str, Measured]:
    """Over thirty days, and today."""
    return {
        f"{who}, {name}": measured([fetch(user, address)], data.times)
        for who, user in data.people.items()
        for name, address in (("analysis", "/leads/analysis"), ("log", "/leads/log"))
        if user.may("lead", "view")
    }


@row("A dashboard", Goal(500))
def dashboards(data: Data) -> dict[str, Measured]:
    """Each that a person has, with all its widgets."""
    return {
        f"{who}, {each.key}": measured([fetch(user, f"/workspace/{each.key}/")], data.times)
        for who, user in data.people.items()
        for each in dashboards_for(user)
    }
