"""Verifying: nothing of history, ledger, seals or business rows was altered, removed or put in (PPL-7)."""

from leadline.governance.verifying.report import Broken, Report
from leadline.governance.verifying.whole import verify, verify_quickly

__all__ = ["Broken", "Report", "verify", "verify_quickly"]
