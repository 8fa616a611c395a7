"""Procedures with their checks and documents, and the items that an administrator sets."""

from leadline.compliance.models.items import ITEMS, Item
from leadline.compliance.models.procedure import Check, Document, Procedure, ProcedureQuerySet

__all__ = ["ITEMS", "Check", "Document", "Item", "Procedure", "ProcedureQuerySet"]
