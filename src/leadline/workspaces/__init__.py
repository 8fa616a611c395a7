"""Workspaces: the pages that bring figures together, from their definitions to the wall (WSP).

Not here: what is counted, which each app declares in its `metrics.py`; lists and records, which figures open.
"""
