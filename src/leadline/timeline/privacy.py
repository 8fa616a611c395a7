"""What the timeline holds about persons (PPL-8)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leadline.core.privacy import Holder, Person, Section, register_holder, register_texts
from leadline.core.privacy.files import is_readable, names_person
from leadline.core.privacy.holders import Doubt, Files, ShownFile
from leadline.timeline.actions import (
    erase_file,
    erase_from_activities,
    erase_from_notes,
    erase_from_promises,
)
from leadline.timeline.files import folder
from leadline.timeline.models import Activity, Attachment, Note, Notification, Promise


def held_activities(person: Person) -> Section:
    """Activities with the person; of those a user logged when, as their content is about others."""
    if person.kind == "user":
        return list(Activity.objects.filter(user_id=person.id).order_by("at").values("id", "at", "kind"))
    about = Q(customer_id__in=person.ids("customer")) | Q(contact_id__in=person.ids("contact"))
    of_leads = Q(lead_id__in=person.ids("lead"))
    rows = Activity.objects.filter(Q(about, customer_id__in=person.within) | of_leads)
    columns = ("id", "at", "kind", "title", "description", "outcome", "duration", "follow_up_on")
    return list(rows.order_by("at").values(*columns))


def held_notes(person: Person) -> Section:
    """Notes on an individual customer, those of a company that name the person; when a user wrote some."""
    if person.kind == "user":
        return list(Note.objects.filter(author_id=person.id).order_by("id").values("id", "created_at"))
    named = Q(customer_id__in=person.ids("customer"))
    for word in person.words:
        named |= Q(body__icontains=word)
    rows = Note.objects.filter(named, customer_id__in=person.within)
    return list(rows.order_by("id").values("id", "created_at", "body"))


def held_promises(person: Person) -> Section:
    """What was promised to an individual customer; for a user only when, as it is about others."""
    if person.kind == "user":
        return list(Promise.objects.filter(user_id=person.id).order_by("id").values("id", "created_at"))
    rows = Promise.objects.filter(customer_id__in=person.ids("customer")).order_by("id")
    return list(rows.values("id", "text", "due_on", "outcome"))


def held_files(person: Person) -> Section:
    """Files on the notes of an individual customer, and those a user brought."""
    mine = Q(note__customer_id__in=person.ids("customer"))
    rows = Attachment.objects.filter(Q(uploaded_by_id=person.id) if person.kind == "user" else mine)
    return list(rows.order_by("id").values("id", "name", "size", "uploaded_at"))


def doubtful_files(person: Person) -> list[Doubt]:
    """Files on a company's notes that name the person, or can't be read; also those taken off."""
    rows = Attachment.objects.filter(note__customer_id__in=person.within, size__gt=0)
    found = []
    for file in rows.exclude(note__customer_id__in=person.ids("customer")).order_by("id"):
        path = folder() / file.path
        if path.exists():
            names = names_person(path, person.words)
            found += [Doubt(file.pk, names)] if names or not is_readable(path) else []
    return found


def shown_files(ids: Iterable[int], reader: Any) -> dict[int, ShownFile]:
    """Files with their customers; the name only for whoever sees the note."""
    seen = set(Attachment.objects.visible_to(reader).filter(pk__in=ids).values_list("pk", flat=True))
    rows = Attachment.objects.filter(pk__in=ids).select_related("note")
    return {
        file.pk: ShownFile(
            file.name if file.pk in seen else str(_("File %(n)s") % {"n": file.pk}),
            "customer",
            file.note.customer_id,
            file.uploaded_at,
        )
        for file in rows
    }


def held_notifications(person: Person) -> Section:
    """What a user was told, and what others were told that names the person."""
    named = Q(user_id=person.id) if person.kind == "user" else Q(pk=None)
    for word in person.certain_words:
        named |= Q(text__icontains=word)
    return list(Notification.objects.filter(named).order_by("id").values("id", "created_at", "kind", "text"))


register_holder(
    Holder(
        "timeline.activities",
        _("Activities"),
        ("timeline.Activity",),
        held_activities,
        erase_from_activities,
        {"activity": ("title", "description")},
    )
)
register_holder(
    Holder(
        "timeline.notes",
        _("Notes"),
        ("timeline.Note",),
        held_notes,
        erase_from_notes,
        {"note": ("body",), "attachment": ("name", "size")},
    )
)
register_holder(
    Holder(
        "timeline.promises",
        _("Promises"),
        ("timeline.Promise",),
        held_promises,
        erase_from_promises,
        {"promise": ("text",)},
    )
)
register_holder(
    Holder(
        "timeline.files",
        _("Files"),
        ("timeline.Attachment",),
        held_files,
        files=Files(doubtful_files, shown_files, erase_file),
    )
)
register_holder(
    Holder("timeline.notifications", _("Notifications"), ("timeline.Notification",), held_notifications)
)
register_texts("timeline_notification", "text")
