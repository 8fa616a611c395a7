"""The doors of scoring: its page, its rules, and why a lead has its score."""

from leadline.scoring.views.looking import bands, learn, model, of_lead, page, settings, use, use_rules
from leadline.scoring.views.ruling import add, build, edit, retire

__all__ = [
    "add",
    "bands",
    "build",
    "edit",
    "learn",
    "model",
    "of_lead",
    "page",
    "retire",
    "settings",
    "use",
    "use_rules",
]
