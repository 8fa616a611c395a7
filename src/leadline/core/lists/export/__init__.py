"""Streamed export of a selection: CSV, workbook, JSON lines (CUS-8).

The cells are made by the database as text, so that a million rows pass through without growing memory.
The header is the field names, and choices stand as their keys: an import of the file understands it.
"""

from leadline.core.lists.export.exporting import Exporting
from leadline.core.lists.export.writing import FORMATS, MEDIA_TYPES, write

__all__ = ["FORMATS", "MEDIA_TYPES", "Exporting", "write"]
