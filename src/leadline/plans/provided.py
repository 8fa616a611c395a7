"""The capabilities that a new installation knows (PLN-2, ALL-11); administrators alter them.

Each with its key, name, kind, what a customer without a plan may, and what it is about. Plans give more.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_noop as _

ON, OFF = Decimal(1), Decimal(0)


@dataclass(frozen=True)
class Provided:
    """A capability as it comes with the product."""

    key: str
    name: str
    kind: str
    default_limit: Decimal | None
    description: str


def _given(key: str, name: str, kind: str, limit: Any, description: str) -> Provided:
    return Provided(key, name, kind, None if limit is None else Decimal(limit), description)


PROVIDED = {
    each.key: each
    for each in (
        _given("active_listings", _("Active listings"), "quantity", 5, _("Listings that stand at one time.")),
        _given("images_per_listing", _("Images per listing"), "level", 5, _("The most in one listing.")),
        _given(
            "featured_listings", _("Featured listings"), "quantity", 0, _("Listings shown before others.")
        ),
        _given("priority_placement", _("Priority placement"), "switch", OFF, _("Listed above the others.")),
        _given("bulk_operations", _("Bulk operations"), "switch", OFF, _("Many listings at once.")),
        _given("buyer_contacts", _("Direct buyer contact"), "metered", 20, _("Messages to buyers a month.")),
        _given("lead_management", _("Lead management"), "switch", OFF, _("Inquiries followed to the end.")),
        _given("auto_response", _("Auto-response"), "switch", OFF, _("Answers to inquiries by themselves.")),
        _given("priority_support", _("Priority support"), "switch", OFF, _("Answered before others.")),
        _given(
            "advanced_analytics", _("Advanced analytics"), "switch", OFF, _("Figures of listings over time.")
        ),
        _given(
            "competitor_analysis", _("Competitor analysis"), "metered", 0, _("Comparisons made in a month.")
        ),
        _given("data_export", _("Data export"), "metered", 3, _("Files taken in a month.")),
        _given("custom_reports", _("Custom reports"), "quantity", 0, _("Reports that stand at one time.")),
    )
}
