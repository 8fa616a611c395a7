"""What imports hold about persons: the files that were brought, until they are removed (PPL-8)."""

from pathlib import Path

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leadline.core.actions import Actor
from leadline.core.privacy import (
    Holder,
    Person,
    Section,
    register_holder,
    register_texts,
    without_personal_data,
)
from leadline.core.privacy.files import files_naming
from leadline.core.privacy.holders import NotYet
from leadline.imports.actions import erase_from_imports, forget_files
from leadline.imports.models import Import
from leadline.people.models import User


def held_imports(person: Person) -> Section:
    """Imports whose kept file names the person, and those a user made."""
    about = Q(stored_as__in=_naming(person))
    if person.kind == "user":
        about |= Q(created_by_id=person.id)
    rows = Import.objects.filter(about).order_by("id")
    return list(rows.values("id", "kind", "file_name", "source", "created_at"))


def sweep_imports(person: Person) -> dict[str, int]:
    """Remove every kept file that names the person, whether it was taken in or not."""
    found = Import.objects.filter(stored_as__in=_naming(person), removed_at=None).select_related("job")
    if any(brought.is_running for brought in found):
        raise NotYet
    by = Actor(User.objects.house(), via="job")
    return {"import_files": forget_files([brought.pk for brought in found], by=by)}


def _naming(person: Person) -> set[str]:
    folder = Path(settings.LEADLINE_DATA) / "files" / "imports"
    return {path.stem for path in files_naming(folder, person.certain_words)}


register_holder(
    Holder(
        "imports.files",
        _("Imported files"),
        ("imports.Import",),
        held_imports,
        erase_from_imports,
        sweep=sweep_imports,
    )
)
register_texts(
    "imports_import",
    "file_name",
    "source",
    "sheet",
    "sheets",
    "study",
    "problems",
    "corrected",
    "cell_kinds",
    "values",
)
register_texts("imports_savedmapping", "name", "source", "fields", "values")
without_personal_data(
    {"imports.SavedMapping": "names of columns; a source named after a person loses the name"}
)
