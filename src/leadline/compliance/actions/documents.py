"""Documents: brought and taken off; each is kept, and only ever shown safely (LEA-10)."""

from django.core.files.uploadedfile import UploadedFile

from leadline.compliance.actions.deciding import taken
from leadline.compliance.files import keep_document, media_type_of
from leadline.compliance.models import Check, Document
from leadline.core.actions import Actor, action, lock
from leadline.core.clock import now


@action
def add_document(check: Check, *, file: UploadedFile, by: Actor) -> Document:
    """Keep a document with an item: a PDF, JPEG or PNG of at most 15 MB, told by its bytes.

    What was declined or expired is open again, as there is something new to look at.
    """
    taken(check.procedure, "edit", by=by)
    media_type = media_type_of(file)
    name, path, size = keep_document(file)
    check = lock(check)
    if check.state in (Check.State.DECLINED, Check.State.EXPIRED):
        check.state = Check.State.OPEN
        check.save(update_fields=["state"])
    return Document.objects.create(
        check_of=check,
        name=name,
        path=path,
        media_type=media_type,
        size=size,
        uploaded_by=by.user,
        uploaded_at=now(),
    )


@action
def remove_document(document: Document, *, by: Actor) -> Document:
    """Take a document off; that it was there stays in the history."""
    taken(document.check_of.procedure, "edit", by=by)
    document = lock(document)
    document.removed_at = document.removed_at or now()
    document.save(update_fields=["removed_at"])
    return document
