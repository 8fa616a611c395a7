"""The models of the core; each stands with what it belongs to."""

from leadline.core.changesets.models import ChangeSet
from leadline.core.custom import joining  # noqa: F401 - from here on catalogues are joined by custom fields
from leadline.core.custom.models import CustomField, CustomStamp
from leadline.core.events.models import EventRecord, EventSubject
from leadline.core.history.models import HistoryEntry
from leadline.core.jobs.models import Job
from leadline.core.lists.models import DefaultView, SavedView
from leadline.core.mail.models import OutgoingMail
from leadline.core.merging.models import Merge
from leadline.core.organisation import Organisation
from leadline.core.search.models import SearchDocument, SearchWord

__all__ = [
    "ChangeSet",
    "CustomField",
    "CustomStamp",
    "DefaultView",
    "EventRecord",
    "EventSubject",
    "HistoryEntry",
    "Job",
    "Merge",
    "Organisation",
    "OutgoingMail",
    "SavedView",
    "SearchDocument",
    "SearchWord",
]
