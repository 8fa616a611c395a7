"""The field catalogue: each object declares its fields once, and everything else reads them here.

Lists, filters, segments, forms, imports, exports, reports and the API keep no list of fields of
their own (design 4.1). Start at `Field` and `Catalogue`; the kinds say how a value is cleaned, shown
and exported.
"""

from leadline.core.fields.catalogue import Catalogue, Link, catalogue, catalogues, register
from leadline.core.fields.cleaning import Cleaning, Viewer
from leadline.core.fields.field import Field, Sort, anybody

__all__ = [
    "Catalogue",
    "Cleaning",
    "Field",
    "Link",
    "Sort",
    "Viewer",
    "anybody",
    "catalogue",
    "catalogues",
    "register",
]
