"""Bringing a file: kept, looked at, and its columns proposed."""

from __future__ import annotations

import hashlib

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, require
from leadline.core.clock import now
from leadline.core.normalise.text import simple
from leadline.imports import policies
from leadline.imports.files import Kept, Look, look_at, remove
from leadline.imports.importables import importable
from leadline.imports.models import Import, SavedMapping
from leadline.imports.reading.mapping import propose, signature
from leadline.imports.reading.presets import preset_for
from leadline.imports.reading.tables import samples_of
from leadline.people.models import User


def bring(kind: str, kept: Kept, *, source: str = "", by: Actor) -> Import:
    """Look at a kept file and begin its import; a file that can't be read is removed and refused in words."""
    try:
        require(policies.may_import(by.user, kind), _("Your role can't import."))
        look = look_at(kept.path, importable(kind))
        return add_import(kind, kept=kept, look=look, source=source, by=by)
    except BaseException:
        remove(kept.path)
        raise


@action
def add_import(kind: str, *, kept: Kept, look: Look, source: str = "", by: Actor) -> Import:
    """Begin the import of a file; its columns are proposed from its source, their names and what they
    hold."""
    require(policies.may_import(by.user, kind), _("Your role can't import."))
    names = list(look.form.names)
    preset = preset_for(names, kind)
    brought = Import(
        kind=importable(kind).key,
        file_name=kept.name,
        stored_as=kept.stored_as,
        size=kept.size,
        source=(source or (preset.source if preset else ""))[:100],
        created_by=by.user,
        created_at=now(),
    )
    if kind == Import.Kind.ACTIVITIES:
        brought.key = "name"
    take_look(brought, look)
    propose_options(brought)
    brought.save()
    return brought


def take_look(brought: Import, look: Look) -> None:
    """Store how a file is read and what its columns seem to hold; what was learnt from it before is
    forgotten."""
    book = look.workbook
    brought.form = look.form.as_json()
    brought.sheets = [[sheet.name, sheet.visible] for sheet in book.sheets] if book else []
    brought.sheet = book.sheet[:200] if book else ""
    brought.cell_kinds = {str(place): kinds for place, kinds in book.kinds.items()} if book else {}
    brought.mapping = proposed_mapping(brought, brought.created_by)
    brought.values = proposed_values(brought)
    brought.forms, brought.study, brought.problems, brought.check_job = {}, {}, [], None
    brought.updated_at = now()


def proposed_mapping(brought: Import, user: User) -> dict[str, str]:
    """Column → field: as this person chose it the last time for the same columns, else as proposed."""
    names = list(brought.table_form.names)
    targets = importable(brought.kind).targets(user)
    if saved := kept_mapping(brought, user):
        offered = {target.name for target in targets}
        known = {str(place): saved.fields.get(simple(name) or name, "") for place, name in enumerate(names)}
        return {place: field for place, field in known.items() if field in offered}
    samples = [row.cells for row in samples_of(brought.table_path, brought.table_form) if row.cells]
    found = propose(names, samples, targets, brought.kind, nameless=not brought.table_form.has_header)
    return {str(place): one.field for place, one in found.items()}


def proposed_values(brought: Import) -> dict[str, dict[str, str]]:
    """Column → what its words mean here: as the last time, else as the known export says."""
    names = list(brought.table_form.names)
    saved = kept_mapping(brought, brought.created_by)
    preset = preset_for(names, brought.kind)
    meant = saved.values if saved else preset.values if preset else {}
    by_column = {simple(name) or name: words for name, words in meant.items()}
    return {
        str(place): by_column[simple(name) or name]
        for place, name in enumerate(names)
        if by_column.get(simple(name) or name) and place in brought.columns
    }


def propose_options(brought: Import) -> None:
    """Key and treatment of duplicates as this person chose them the last time, where they still can be."""
    saved = kept_mapping(brought, brought.created_by)
    kind = importable(brought.kind)
    if saved is None:
        preset = preset_for(list(brought.table_form.names), brought.kind)
        brought.make_customers = bool(preset and preset.with_customers and kind.makes_customers)
        return
    if saved.key in kind.keys(brought.created_by):
        brought.key = saved.key
    if saved.on_duplicate:
        brought.on_duplicate = saved.on_duplicate
    brought.make_customers = saved.make_customers and kind.makes_customers
    brought.source = brought.source or saved.source


def kept_mapping(brought: Import, user: User) -> SavedMapping | None:
    """What this person kept for files with these columns."""
    rows = SavedMapping.objects.filter(kind=brought.kind, updated_by=user)
    return rows.filter(signature=key_of(list(brought.table_form.names))).first()


def key_of(names: list[str]) -> str:
    """The signature of a source, of a size that fits."""
    return hashlib.sha256(signature(names).encode("utf-8", "surrogatepass")).hexdigest()
