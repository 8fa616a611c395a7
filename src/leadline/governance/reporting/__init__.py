"""All that is held about a person, gathered from those who hold it, as JSON and as PDF (PPL-8)."""

from leadline.governance.reporting.gathering import Report, gathered
from leadline.governance.reporting.packing import packed

__all__ = ["Report", "gathered", "packed"]
