"""An event as it came becomes a row, or is refused with the reason (PLT-1, PLT-2)."""

from leadline.platform.reading.events import Reading, Told
from leadline.platform.reading.files import rows_of_csv, rows_of_lines

__all__ = ["Reading", "Told", "rows_of_csv", "rows_of_lines"]
