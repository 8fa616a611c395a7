"""Mending rejected rows in the browser: what was corrected becomes a small import of its own."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock, require
from leadline.core.clock import now
from leadline.core.refusals import RuleBroken
from leadline.imports import policies
from leadline.imports.actions.starting import start_import
from leadline.imports.files import Kept, keep, remove
from leadline.imports.models import Import
from leadline.imports.reading.tables import Form


def correct_rows(brought: Import, *, rows: Mapping[int, list[str]], by: Actor) -> Import:
    """Import mended rows (row's number → its cells) the same way as the others; returns the import they
    became."""
    if not rows:
        raise RuleBroken(_("Correct at least one row."))
    names = list(brought.table_form.names)
    if any(len(cells) != len(names) for cells in rows.values()):
        raise RuleBroken(_("A row has %(count)s cells.") % {"count": len(names)})
    kept = keep([_as_csv(names, rows)], brought.file_name)
    try:
        return hand_on(brought, kept=kept, numbers=sorted(rows), by=by)
    except BaseException:
        remove(kept.path)
        raise


@action
def hand_on(brought: Import, *, kept: Kept, numbers: list[int], by: Actor) -> Import:
    """Start an import of corrected rows, with the answers of the import they come from."""
    brought = lock(brought)
    require(
        policies.may_change_import(by.user, brought), _("Only who brought this file can change its import.")
    )
    if brought.job is None or not brought.job.is_over:
        raise RuleBroken(_("Wait until the import has ended."))
    if set(numbers) & set(brought.corrected):
        raise RuleBroken(_("Some of these rows were corrected already."))
    form = Form(names=brought.table_form.names, skip=1)
    corrections = Import.objects.create(
        kind=brought.kind,
        file_name=_("Corrections of %(file)s") % {"file": brought.file_name[:200]},
        stored_as=kept.stored_as,
        size=kept.size,
        source=brought.source,
        form=form.as_json(),
        mapping=brought.mapping,
        values=brought.values,
        make_customers=brought.make_customers,
        forms=brought.forms or brought.study.get("forms", {}),
        on_duplicate=brought.on_duplicate,
        key=brought.key,
        erase_empty=brought.erase_empty,
        parent=brought,
        created_by=by.user,
        created_at=now(),
        updated_at=now(),
    )
    brought.corrected = sorted({*brought.corrected, *numbers})
    brought.updated_at = now()
    brought.save(update_fields=["corrected", "updated_at"])
    start_import(corrections, by=by)
    corrections.refresh_from_db()
    return corrections


def _as_csv(names: list[str], rows: Mapping[int, list[str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(names)
    for number in sorted(rows):
        writer.writerow(rows[number] if len(names) > 1 else [*rows[number]])
    return text.getvalue().encode("utf-8", "replace")
