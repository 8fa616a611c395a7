"""The list: columns, sorts, filters, saved views, paging by key, honest counts, selection, export.

One engine for every kind of object that has a catalogue. `asking_of` reads the address, `page_of` gives
the page, `Selection` carries "these" or "all that match" to bulk changes and exports.
"""

from leadline.core.lists.asking import Asking, asking_of
from leadline.core.lists.counts import Count, count_of
from leadline.core.lists.page import Page, Row, page_of
from leadline.core.lists.scope import Scope
from leadline.core.lists.selection import Selection

__all__ = ["Asking", "Count", "Page", "Row", "Scope", "Selection", "asking_of", "count_of", "page_of"]
