"""Leads, what changes often about them, and the stages, reasons and hours that an administrator sets."""

from leadline.leads.models.bands import Band, ScoreBands, forget_bands, score_bands
from leadline.leads.models.kept import Callback, Stay
from leadline.leads.models.lead import CURRENT, NOT_IN_HISTORY, Lead, LeadQuerySet
from leadline.leads.models.letters import Letters
from leadline.leads.models.onplatform import OnPlatform
from leadline.leads.models.pulse import Pulse
from leadline.leads.models.settings import CallingHours, Reason, Stage

__all__ = [
    "CURRENT",
    "NOT_IN_HISTORY",
    "Band",
    "Callback",
    "CallingHours",
    "Lead",
    "LeadQuerySet",
    "Letters",
    "OnPlatform",
    "Pulse",
    "Reason",
    "ScoreBands",
    "Stage",
    "Stay",
    "forget_bands",
    "score_bands",
]
