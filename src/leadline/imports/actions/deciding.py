"""What a person decides before the start: how the file is read, what its columns hold, what duplicates
become."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock, require
from leadline.core.clock import now
from leadline.core.normalise.text import simple
from leadline.core.refusals import RuleBroken
from leadline.imports import policies
from leadline.imports.actions.bringing import key_of, take_look
from leadline.imports.files import Look, look_at
from leadline.imports.importables import importable
from leadline.imports.models import Import, SavedMapping
from leadline.imports.reading.dates import DateForm
from leadline.imports.reading.encodings import CHOICES
from leadline.imports.reading.numbers import NumberForm


def read_again(brought: Import, *, by: Actor, **chosen: Any) -> Import:
    """Read the file as the person says: encoding, delimiter, quote, header (1 is the first line, 0 none),
    sheet."""
    if chosen.get("encoding") and chosen["encoding"] not in CHOICES:
        raise RuleBroken(_("This encoding is not known here."), field="encoding", value=chosen["encoding"])
    delimiter = chosen.get("delimiter")
    if delimiter and (len(delimiter) != 1 or delimiter in '"\r\n'):
        raise RuleBroken(_("One sign parts the cells."), field="delimiter", value=delimiter)
    look = look_at(brought.path, importable(brought.kind), **chosen)
    return keep_form(brought, look=look, by=by)


@action
def keep_form(brought: Import, *, look: Look, by: Actor) -> Import:
    """Store how the file is read; its columns are proposed anew."""
    brought = changeable(brought, by)
    take_look(brought, look)
    brought.save()
    return brought


@action
def map_columns(
    brought: Import, *, mapping: Mapping[int, str], forms: Mapping[int, str] | None = None, by: Actor
) -> Import:
    """Say which field each column fills ("" for none) and in which form its dates or numbers are written.

    The answer is kept for the next file of the same source. Raises `RuleBroken` for a field filled twice."""
    brought = changeable(brought, by)
    names = list(brought.table_form.names)
    fields = {place: field for place, field in mapping.items() if field}
    offered = {target.name: target.label for target in importable(brought.kind).targets(by.user)}
    for place, field in fields.items():
        if field not in offered or not 0 <= place < len(names):
            raise RuleBroken(_("There is no such column or field."), field=f"column-{place}", value=field)
        if list(fields.values()).count(field) > 1:
            message = _("Two columns fill “%(field)s”; choose one.") % {"field": offered[field]}
            raise RuleBroken(message, field=f"column-{place}", value=field)
    given = {str(place): form for place, form in (forms or {}).items() if form}
    if not set(given.values()) <= {*DateForm, *NumberForm}:
        raise RuleBroken(_("There is no such form of dates or numbers."), field="forms")
    brought.mapping = {str(place): field for place, field in sorted(fields.items())}
    brought.forms = given
    forget_check(brought)
    brought.study = {}
    brought.save()
    _remember(brought, names, by)
    return brought


@action
def choose_options(
    brought: Import,
    *,
    on_duplicate: str = "",
    key: str = "",
    erase_empty: bool | None = None,
    source: str | None = None,
    by: Actor,
) -> Import:
    """Say what happens with rows that are here already, by what they are known, and what empty cells mean."""
    brought = changeable(brought, by)
    kind = importable(brought.kind)
    if on_duplicate:
        if on_duplicate not in Import.OnDuplicate or (on_duplicate == "update" and not kind.updates):
            raise RuleBroken(
                _("Choose what happens with duplicates."), field="on_duplicate", value=on_duplicate
            )
        brought.on_duplicate = on_duplicate
    if key:
        if key not in kind.keys:
            raise RuleBroken(
                _("Choose one of: %(keys)s.") % {"keys": ", ".join(kind.keys)}, field="key", value=key
            )
        brought.key = key
    if erase_empty is not None:
        brought.erase_empty = erase_empty
    if source is not None:
        brought.source = source.strip()[:100]
    forget_check(brought)
    brought.save()
    return brought


def changeable(brought: Import, by: Actor) -> Import:
    """The import, locked, if this person may still change it."""
    brought = lock(brought, "created_by")
    require(
        policies.may_change_import(by.user, brought), _("Only who brought this file can change its import.")
    )
    if brought.is_started:
        raise RuleBroken(_("This import was started already. Bring the file again to import it differently."))
    if brought.removed_at:
        raise RuleBroken(_("The file was removed after some time. Bring it again."))
    return brought


def forget_check(brought: Import) -> None:
    """A dry run holds for the answers it was made with."""
    brought.problems, brought.check_job, brought.counts = [], None, {}
    brought.updated_at = now()


def _remember(brought: Import, names: list[str], by: Actor) -> None:
    """Keep the answers for the next file with the same columns."""
    fields = {simple(name) or name: brought.mapping.get(str(place), "") for place, name in enumerate(names)}
    SavedMapping.objects.update_or_create(
        kind=brought.kind,
        signature=key_of(names),
        defaults={"fields": fields, "source": brought.source, "updated_by": by.user, "updated_at": now()},
    )
