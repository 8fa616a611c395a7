"""Targets: what a person or a team is to reach of a metric, each day, week or month (PRF-1, PLT-6, WSP-7).

The figures themselves are those of the metrics; what is missing is told in words. Not here: dashboards,
which show gauges among other widgets.
"""
