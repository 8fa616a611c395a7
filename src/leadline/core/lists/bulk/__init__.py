"""One thing done with many records: counted first, done as a job, undone for 30 days (CUS-7, SIG-3).

A kind registers its verbs; each calls the action that the single page calls. A selection is asked again,
portion by portion and within the person's scope of that moment.
"""

from leadline.core.lists.bulk.previewing import BulkPreview, preview_bulk
from leadline.core.lists.bulk.running import start_bulk
from leadline.core.lists.bulk.verbs import BulkVerb, Done, register_verbs, verb_of, verbs_for

__all__ = [
    "BulkPreview",
    "BulkVerb",
    "Done",
    "preview_bulk",
    "register_verbs",
    "start_bulk",
    "verb_of",
    "verbs_for",
]
