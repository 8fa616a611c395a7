"""What the core itself holds about persons: jobs with their files, views, change sets, search (PPL-8)."""

from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leadline.core.history import HistoryEntry
from leadline.core.ids import numeric_id
from leadline.core.jobs import Job
from leadline.core.jobs.files import folder_of
from leadline.core.privacy.files import files_naming
from leadline.core.privacy.holders import Holder, NotYet, register_holder, without_personal_data
from leadline.core.privacy.persons import Person
from leadline.core.privacy.texts import register_texts, registered_texts, take_out
from leadline.core.search import forget_words
from leadline.core.search.models import SearchDocument

REPORT = "governance.report"  # the job whose file is all about one person


def held_history(person: Person) -> list:
    """Each change of the person's own records; when a user changed something, as what is about others."""
    if person.kind == "user":
        own = HistoryEntry.objects.filter(actor_id=person.id).order_by("at", "id")
        return list(own.values("id", "at", "kind", "verb", "via"))
    about = Q(pk=None)
    for kind, ids in person.records.items():
        about |= Q(kind=kind, record_id__in=ids)
    rows = HistoryEntry.objects.filter(about).order_by("at", "id")
    return list(rows.values("id", "at", "kind", "record_id", "verb", "changes", "via"))


def held_files(person: Person) -> list:
    """Jobs whose kept files name the person: exports, rejected rows, reports; and those a user started."""
    naming = {path.parent.name for path in files_naming(_folder(), person.certain_words)}
    about = Q(pk__in=_ids_in(naming)) | _reports(person)
    if person.kind == "user":
        about |= Q(created_by_id=person.id)
    return list(Job.objects.filter(about).order_by("id").values("id", "kind", "title", "created_at"))


def _ids_in(names: set[str]) -> list[int]:
    return [key for name in names if (key := numeric_id(name))]


def held_search(person: Person) -> list:
    """The documents that the person is found by."""
    found = SearchDocument.objects.none()
    for kind, ids in {**person.records, "customer": person.within}.items():
        found = found | SearchDocument.objects.filter(kind=kind, object_id__in=ids)
    lines = [(row.kind, row.object_id, row.text.split("\n")) for row in found]
    words = [word.lower() for word in person.words]
    return [
        {"kind": kind, "id": key, "lines": [line for line in text if any(word in line for word in words)]}
        for kind, key, text in lines
    ]


def sweep_texts(person: Person) -> dict[str, int]:
    """Take the person's words out of all declared texts, and out of the words that search knows."""
    forget_words(person.words)
    return {"texts": sum(take_out(texts, person.certain_words) for texts in registered_texts())}


def sweep_files(person: Person) -> dict[str, int]:
    """Remove files of jobs that name the person, and reports about the person."""
    named = {path.parent.name for path in files_naming(_folder(), person.certain_words)}
    jobs = Job.objects.filter(Q(pk__in=_ids_in(named)) | _reports(person))
    if any(not job.is_over for job in jobs):
        raise NotYet
    gone = 0
    for job in jobs:
        for path in folder_of(job).glob("*"):
            if job.kind == REPORT or any(True for _found in files_naming(path.parent, person.certain_words)):
                transaction.on_commit(partial(path.unlink, missing_ok=True))
                gone += 1
        Job.objects.filter(pk=job.pk).update(result_file="", files={})
    return {"job_files": gone}


def _reports(person: Person) -> Q:
    return Q(kind=REPORT, params__kind=person.kind, params__id=person.id)


def _folder() -> Path:
    return Path(settings.LEADLINE_DATA) / "files" / "jobs"


register_holder(Holder("core.history", _("History"), ("core.HistoryEntry",), held_history))
register_holder(
    Holder(
        "core.texts",
        _("Views and jobs"),
        ("core.SavedView", "core.Job", "core.ChangeSet", "core.OutgoingMail", "core.Merge"),
        sweep=sweep_texts,
    )
)
register_holder(
    Holder("core.files", _("Exports and other files of jobs"), ("core.Job",), held_files, sweep=sweep_files)
)
register_holder(Holder("core.search", _("Search"), ("core.SearchDocument", "core.SearchWord"), held_search))
register_texts("core_savedview", "name", "where", "q")
register_texts("core_job", "title", "params", "message", "cursor", "counts")
register_texts("core_changeset", "title", "kept")
register_texts("core_merge", "kept")
register_texts("core_mail", "to", "subject", "error")
register_texts("procrastinate_jobs", "args")
without_personal_data(
    {
        "core.EventWaiting": "keys and moments, until a listener was told",
        "core.EventRecord": "keys, amounts, moments and codes; refused otherwise when published",
        "core.EventSubject": "keys",
        "core.Organisation": "the house's own name and choices",
        "core.DefaultView": "keys",
        "core.CustomField": "names of fields and of their choices",
        "core.CustomStamp": "a stamp",
    }
)
