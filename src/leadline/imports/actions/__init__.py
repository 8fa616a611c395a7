"""The verbs of imports: bring a file, say how it is read and what its columns hold, check, start, undo,
mend."""

from leadline.imports.actions.bringing import add_import, bring
from leadline.imports.actions.correcting import correct_rows
from leadline.imports.actions.deciding import choose_options, keep_form, map_columns, read_again
from leadline.imports.actions.erasing import erase_from_imports, forget_files
from leadline.imports.actions.keeping import remove_mapping, rename_mapping
from leadline.imports.actions.starting import cancel_import, start_check, start_import, undo_import

__all__ = [
    "add_import",
    "bring",
    "cancel_import",
    "choose_options",
    "correct_rows",
    "erase_from_imports",
    "forget_files",
    "keep_form",
    "map_columns",
    "read_again",
    "remove_mapping",
    "rename_mapping",
    "start_check",
    "start_import",
    "undo_import",
]
