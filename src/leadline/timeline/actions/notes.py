"""Notes: written, edited, pinned, archived, with files (CUS-12)."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import F
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock
from leadline.core.clock import now
from leadline.core.events import Subject, publish
from leadline.core.fields import catalogue
from leadline.core.history import changes_since
from leadline.core.refusals import EditConflict, RuleBroken
from leadline.people.models import User
from leadline.timeline.events import NoteWritten
from leadline.timeline.files import keep_file
from leadline.timeline.models import Attachment, Note

LARGEST_FILE = 25 * 1024 * 1024  # bytes
MENTION = re.compile(r"(?<![\w.])@([\w.+-]+@[\w-]+\.[\w.-]*\w|[\w.+-]+)")


@action
def write_note(
    customer_id: int, *, body: str, files: Sequence[UploadedFile] = (), pin: bool = False, by: Actor
) -> Note:
    """Write a note on a customer's page; people it mentions are notified.

    Raises `RuleBroken` for an empty or overlong body and for a file above 25 MB.
    """
    moment = now()
    note = Note.objects.create(
        customer_id=customer_id,
        body=_checked(body),
        author=by.user,
        created_at=moment,
        updated_at=moment,
        pinned_at=moment if pin else None,
    )
    for file in files:
        attach_file(note, file, by=by)
    _tell(note, by)
    return note


@action
def record_notes(rows: Sequence[tuple[int, str, datetime]], *, by: Actor) -> int:
    """Write many notes at once: (customer, body, when written). Nobody is notified of these."""
    Note.objects.bulk_create(
        [
            Note(customer_id=customer, body=_checked(body), author=by.user, created_at=at, updated_at=at)
            for customer, body, at in rows
        ],
        batch_size=2000,
    )
    return len(rows)


@action
def edit_note(note: Note, *, body: str, version: int | None = None, by: Actor) -> Note:
    """Change the words of a note; what it said before stays in its history.

    Raises `EditConflict` when `version` is not the present one any more.
    """
    note = lock(note)
    if version is not None and version != note.version:
        raise EditConflict(changes_since("note", note.pk, version), note.version)
    before = set(mentioned_in(note.body))
    note.body = _checked(body)
    _save(note, "body")
    if set(mentioned_in(note.body)) - before:
        _tell(note, by)
    return note


@action
def pin_note(note: Note, *, by: Actor) -> Note:
    """Keep a note on top."""
    note = lock(note)
    note.pinned_at = note.pinned_at or now()
    return _save(note, "pinned_at")


@action
def unpin_note(note: Note, *, by: Actor) -> Note:
    """Let a note go back among the others."""
    note = lock(note)
    note.pinned_at = None
    return _save(note, "pinned_at")


@action
def archive_note(note: Note, *, by: Actor) -> Note:
    """Take a note away; it can be restored."""
    note = lock(note)
    note.archived_at = note.archived_at or now()
    return _save(note, "archived_at")


@action
def restore_note(note: Note, *, by: Actor) -> Note:
    """Bring an archived note back."""
    note = lock(note)
    note.archived_at = None
    return _save(note, "archived_at")


@action
def attach_file(note: Note, file: UploadedFile, *, by: Actor) -> Attachment:
    """Keep a file with a note; it is only ever served as a download."""
    if (file.size or 0) > LARGEST_FILE:
        raise RuleBroken(_("“%(name)s” is larger than 25 MB.") % {"name": file.name}, field="files")
    name, path, size = keep_file(file)
    return Attachment.objects.create(
        note=note, name=name, path=path, size=size, uploaded_by=by.user, uploaded_at=now()
    )


@action
def remove_file(attachment: Attachment, *, by: Actor) -> Attachment:
    """Take a file off its note; it can be restored."""
    return _removed(attachment, now())


@action
def restore_file(attachment: Attachment, *, by: Actor) -> Attachment:
    """Bring a removed file back."""
    return _removed(attachment, None)


def _removed(attachment: Attachment, moment: datetime | None) -> Attachment:
    attachment = lock(attachment, "note", "uploaded_by")
    if (attachment.archived_at is None) != (moment is None):
        attachment.archived_at = moment
        attachment.save(update_fields=["archived_at"])
    return attachment


def mentioned_in(body: str) -> list[str]:
    """The words after @ in a note: an e-mail address or the part before its @."""
    return [word.casefold() for word in MENTION.findall(body)]


def _checked(body: str) -> str:
    if not body.strip():
        raise RuleBroken(_("Write something first."), field="body")
    words: str = catalogue("note").field("body").clean(body)
    return words


def _save(note: Note, field: str) -> Note:
    note.updated_at = now()
    note.version = F("version") + 1
    note.save(update_fields=[field, "updated_at", "version"])
    note.refresh_from_db(fields=["version"])
    return note


def _tell(note: Note, by: Actor) -> None:
    words = mentioned_in(note.body)
    people: list[Any] = []
    if words:
        people = [
            user.pk
            for user in User.objects.active()
            if user.email.casefold() in words or user.email.split("@")[0].casefold() in words
        ]
    publish(
        NoteWritten(note_id=note.pk, customer_id=note.customer_id, mentioned=tuple(people)),
        by=by,
        about=[Subject("customer", note.customer_id)],
    )
