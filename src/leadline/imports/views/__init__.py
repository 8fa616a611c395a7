"""Pages and verbs of imports."""

from leadline.imports.views.bringing import bring, past_imports, start, template
from leadline.imports.views.checking import answer_questions, check, preview, run
from leadline.imports.views.deciding import choose, columns, duplicates, file, map_columns, read
from leadline.imports.views.mappings import mappings, remove_mapping, rename_mapping
from leadline.imports.views.results import cancel, correct, page, rejected, rejected_file, state, undo

__all__ = [
    "answer_questions",
    "bring",
    "cancel",
    "check",
    "choose",
    "columns",
    "correct",
    "duplicates",
    "file",
    "map_columns",
    "mappings",
    "page",
    "past_imports",
    "preview",
    "read",
    "rejected",
    "rejected_file",
    "remove_mapping",
    "rename_mapping",
    "run",
    "start",
    "state",
    "template",
    "undo",
]
