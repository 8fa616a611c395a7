"""The questions about customers."""

from leadline.customers.queries.asking import context_for, search_for, viewer_of
from leadline.customers.queries.timeline import Moment, timeline_of

__all__ = [
    "Moment",
    "context_for",
    "search_for",
    "timeline_of",
    "viewer_of",
]
