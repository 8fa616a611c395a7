"""Exports of customers, by the engine that all lists share (CUS-8)."""

from leadline.core.lists.export.running import start_export
from leadline.customers.listing import CUSTOMERS

__all__ = ["CUSTOMERS", "start_export"]
