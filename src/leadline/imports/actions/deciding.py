"""What a person decides before the start: how the file is read, what its columns hold, what duplicates
become."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock, require
from leadline.core.clock import now
from leadline.core.fields import Field, catalogue
from leadline.core.normalise.text import simple
from leadline.core.refusals import RuleBroken
from leadline.imports import policies
from leadline.imports.actions.bringing import key_of, take_look
from leadline.imports.files import Look, look_at
from leadline.imports.importables import importable, of_customer
from leadline.imports.models import Import, SavedMapping
from leadline.imports.reading.dates import DateForm
from leadline.imports.reading.encodings import CHOICES
from leadline.imports.reading.numbers import NumberForm

MOST_WORDS = 500


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
    brought: Import,
    *,
    mapping: Mapping[int, str],
    forms: Mapping[int, str] | None = None,
    values: Mapping[int, Mapping[str, str]] | None = None,
    by: Actor,
) -> Import:
    """Say which field each column fills ("" for none), in which form its dates or numbers are written, and
    what words of a choice mean here (`values`: column → theirs → ours; what is not given stays as proposed).

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
    brought.values = _meant(brought, values)
    forget_check(brought)
    brought.study = {}
    brought.save()
    _remember(brought, by)
    return brought


@action
def choose_options(
    brought: Import,
    *,
    on_duplicate: str = "",
    key: str = "",
    erase_empty: bool | None = None,
    source: str | None = None,
    make_customers: bool | None = None,
    by: Actor,
) -> Import:
    """Say what happens with rows that are here already, by what they are known, what empty cells mean, from
    which system the external ids come, and whether rows of contacts add customers that are not here yet."""
    brought = changeable(brought, by)
    kind = importable(brought.kind)
    if on_duplicate:
        offered = on_duplicate in Import.OnDuplicate
        if (
            not offered
            or (on_duplicate == "update" and not kind.updates)
            or (on_duplicate == "create" and not kind.doubles)
        ):
            raise RuleBroken(
                _("Choose what happens with duplicates."), field="on_duplicate", value=on_duplicate
            )
        brought.on_duplicate = on_duplicate
    if key:
        if key not in kind.keys(by.user):
            raise RuleBroken(
                _("Choose one of: %(keys)s.") % {"keys": ", ".join(kind.keys(by.user))},
                field="key",
                value=key,
            )
        brought.key = key
    if erase_empty is not None:
        brought.erase_empty = erase_empty
    if source is not None:
        brought.source = source.strip()[:100]
    if make_customers is not None:
        brought.make_customers = make_customers and kind.makes_customers
    forget_check(brought)
    brought.save()
    _remember(brought, by)
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


def _meant(brought: Import, values: Mapping[int, Mapping[str, str]] | None) -> dict[str, dict[str, str]]:
    """What words mean, of the columns that fill a choice. Raises `RuleBroken` for no choice of ours."""
    if values is None:
        return {place: words for place, words in brought.values.items() if int(place) in brought.columns}
    found: dict[str, dict[str, str]] = {}
    for place, words in sorted(values.items()):
        field = choice_of(brought, place)
        if field is None or not words:
            continue
        ours = {str(choice) for choice, _label in field.choices}
        for choice in words.values():
            if choice not in ours:
                message = _("“%(field)s” knows no “%(value)s”.") % {
                    "field": field.label,
                    "value": choice[:60],
                }
                raise RuleBroken(message, field=f"column-{place}", value=choice)
        found[str(place)] = {str(word)[:200]: choice for word, choice in list(words.items())[:MOST_WORDS]}
    return found


def choice_of(brought: Import, place: int) -> Field | None:
    """The field of a column that fills a choice of ours, of the row's own record or of its customer's."""
    name = brought.columns.get(place, "")
    own = importable(brought.kind).catalogue.by_name.get(name)
    field = own or catalogue("customer").by_name.get(of_customer(name))
    return field if field and field.kind.key == "choice" else None


def _remember(brought: Import, by: Actor) -> None:
    """Keep the answers for the next file with the same columns that this person brings."""
    names = list(brought.table_form.names)
    keys = [simple(name) or name for name in names]
    SavedMapping.objects.update_or_create(
        kind=brought.kind,
        signature=key_of(names),
        updated_by=by.user,
        defaults={
            "fields": {key: brought.mapping.get(str(place), "") for place, key in enumerate(keys)},
            "values": {keys[int(place)]: words for place, words in brought.values.items()},
            "source": brought.source,
            "key": brought.key,
            "on_duplicate": brought.on_duplicate,
            "make_customers": brought.make_customers,
            "updated_at": now(),
        },
    )
