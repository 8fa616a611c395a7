"""Roll-ups: counts by day and person, kept beside the records so that long periods are fast (design 4.8).

Each statement that changes what is counted appends signed counts in its own transaction (`triggers`), so a
figure is right in every snapshot; `keeping` adds them together now and then, builds them anew and compares
them to the records. Cells of `core_figure_scoped` carry whose the records are at present: when a record
changes hands, its counts do. What a roll-up can't answer exactly, the records answer (`answering`).
"""

from leadline.core.metrics.rollups.declaring import Rollup, Way, register_rollup, rollups

__all__ = ["Rollup", "Way", "register_rollup", "rollups"]
