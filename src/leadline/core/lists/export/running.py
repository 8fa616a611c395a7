"""An export as a job: the file is written in the worker and fetched when it is ready (CUS-8)."""

from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, require
from leadline.core.events import publish
from leadline.core.formats import number
from leadline.core.jobs import Job, Running, job, start_job
from leadline.core.jobs.files import path_of
from leadline.core.lists.door import Door, door_of
from leadline.core.lists.export.events import ListExported
from leadline.core.lists.export.exporting import Exporting
from leadline.core.lists.export.writing import GOES_ON, require_form, write
from leadline.core.lists.selection import Selection

KIND = "core.export"


@action
def start_export(selection: Selection, *, columns: list[str], form: str = "csv", by: Actor) -> Job:
    """Start writing what a selection finds.

    Raises `RuleBroken` for a column or a form nobody knows, and for a condition that can't be meant.
    """
    door = door_of(selection.kind)
    require_form(form)
    exporting = exporting_of(selection, columns, by)
    count = selection.count(
        scope=exporting.scope, context=exporting.context, search=exporting.search, user=by.user
    )
    params = {"selection": selection.as_params(), "columns": exporting.header, "form": form}
    words = {"what": door.about.plural, "count": number(count.value), "form": form.upper()}
    title = _("Export: %(what)s, %(count)s rows, %(form)s") % words
    return start_job(KIND, title=title, params=params, total=count.value, by=by)


@job(KIND)
def run_export(running: Running) -> None:
    """Write the file window by window: its progress is told, and it can be cancelled on the way.

    After a crash it goes on after the last window that was written; a workbook starts anew.

    That the file was taken is told in the ledger when it is whole.
    """
    selection, form = Selection.from_params(running.params["selection"]), running.params["form"]
    exporting = exporting_of(selection, running.params["columns"], running.by)
    name = f"{selection.kind}s.{form}"
    if running.cursor is None or form not in GOES_ON:
        _begin(running, exporting)
    if form in GOES_ON:
        _write_lines(running, exporting, form, name)
    else:
        _write_whole(running, exporting, form, name)
    rows = running.done
    with running.portion(counts={"exported": rows}):
        tell_exported(exporting, rows, form, by=running.by, job_id=running.id)
        running.result(name)
    running.expect(rows)


def _begin(running: Running, exporting: Exporting) -> None:
    """Cut what is to be written into windows, and forget what a broken attempt had done."""
    with running.portion(done=-running.done) as portion:
        windows, rows = exporting.cut()
        portion.cursor = {"windows": windows, "at": 0}
    running.expect(rows)


def _write_lines(running: Running, exporting: Exporting, form: str, name: str) -> None:
    """Write the windows that are left; each is in the file exactly once."""
    windows, at = running.cursor["windows"], running.cursor["at"]
    file = BytesIO()
    writing = write(exporting.within(windows[at:], after=windows[at - 1] if at else None), file, form)
    before = 0
    for place in range(at, len(windows) or 1):
        with running.portion(cursor={"windows": windows, "at": place + 1}) as portion:
            written = next(writing, before)
            portion.done, before = written - before, written
            portion.append(name, file.getvalue())
        file.seek(0)
        file.truncate()


def _write_whole(running: Running, exporting: Exporting, form: str, name: str) -> None:
    """Write a file that only makes sense when it is closed."""
    path = path_of(Job(pk=running.id), name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    windows = running.cursor["windows"]
    before = 0
    with path.open("wb") as file, closing(write(exporting.within(windows), file, form)) as writing:
        for _window in windows:
            with running.portion() as portion:
                written = next(writing)
                portion.done, before = written - before, written
        for _end in writing:
            pass


def write_export(selection: Selection, columns: list[str], form: str, file: BinaryIO, *, by: Actor) -> int:
    """Write an export here and now, for a command; returns the number of rows."""
    exporting = exporting_of(selection, columns, by)
    written = 0
    for count in write(exporting, file, form):
        written = count
    _tell(exporting, written, form, by=by)
    return written


def exporting_of(selection: Selection, columns: list[str], by: Actor) -> Exporting:
    """What the actor takes out: of what they see, that for which the role allows exports."""
    user, door = by.user, door_of(selection.kind)
    require(may_export(user, door), _("Your role can't export these."))
    return Exporting.of(
        selection,
        columns,
        user=user,
        scope=door.scope(user, "export"),
        context=door.context(user),
        search=door.search(user),
    )


def may_export(user: object, door: Door) -> bool:
    """Whether a role lets somebody take records of this list out."""
    return bool(user.is_system or user.may(door.kind, "export"))  # type: ignore[attr-defined]


@action
def _tell(exporting: Exporting, rows: int, form: str, *, by: Actor) -> None:
    tell_exported(exporting, rows, form, by=by)


def tell_exported(
    exporting: Exporting, rows: int, form: str, *, by: Actor, job_id: int | None = None
) -> None:
    """Write into the ledger who took what out."""
    event = ListExported(
        kind=exporting.about.kind,
        rows=rows,
        form=form,
        columns=tuple(exporting.header),
        asked=asked_by(exporting.selection),
        job_id=job_id,
    )
    publish(event, by=by, about=[])


def asked_by(selection: Selection) -> tuple[str, ...]:
    """What a condition asks: `status:equals`. Its values may name a person, so the ledger has none."""
    if selection.ids is not None:
        return ("id:in",)
    return (*_asked(selection.where), *(("q:search",) if selection.q else ()))


def _asked(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for each in part:
            yield from _asked(each)
    elif isinstance(part, dict) and "field" in part:
        yield f"{part['field']}:{part.get('op', '')}"
    elif isinstance(part, dict):
        for each in part.values():
            yield from _asked(each)
