"""Imports of files, and what was learnt about sources for the next time."""

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.core.changesets import ChangeSet
from leadline.core.jobs import Job
from leadline.imports.reading.tables import Form

if TYPE_CHECKING:
    from leadline.people.models import User


def kinds_within(user: "User") -> list[str]:
    """The kinds of files that somebody's roles let in."""
    asked = {kind: "lead" if kind == Import.Kind.LEADS else "customer" for kind in Import.Kind.values}
    return [kind for kind, permission in asked.items() if user.is_system or user.may(permission, "import")]


class ImportQuerySet(models.QuerySet["Import"]):
    """Imports, by who may see them."""

    def visible_to(self, user: "User") -> "ImportQuerySet":
        """One's own, while one may import; who may see all jobs sees all."""
        if user.is_system or user.may("job", "view"):
            return self
        return self.filter(created_by=user, kind__in=kinds_within(user))


class Import(models.Model):
    """One file on its way in: how it is read, what its columns hold, what is done with duplicates (CUS-19).

    `form` is how the file is read (`reading.tables.Form`); `mapping` goes from a column's place to a field,
    `forms` from a column's place to the form of its dates or numbers that a person chose, `values` from a
    column's place to what its words mean here (theirs → our choice). `key` is a field by which a record is
    known, `source` the system that the external ids come from. `make_customers`: rows of contacts add the
    customers that are not here yet. `study` is what a
    look over the whole file told: rows, forms found, questions left. `corrected` are rows of `parent`'s
    rejected ones that were mended and handed on. The file is removed some time after (`removed_at`), and
    the job forgotten; the counts stay.
    """

    class Kind(models.TextChoices):
        CUSTOMERS = "customers", _("Customers")
        CONTACTS = "contacts", _("Contacts")
        ACTIVITIES = "activities", _("Activities")
        LEADS = "leads", _("Leads")

    class OnDuplicate(models.TextChoices):
        SKIP = "skip", _("Skip the row")
        UPDATE = "update", _("Update the record")
        CREATE = "create", _("Always create")

    kind = models.CharField(max_length=12, choices=Kind)
    file_name = models.CharField(max_length=255)
    stored_as = models.CharField(max_length=64)
    size = models.BigIntegerField()
    source = models.CharField(max_length=100, blank=True, default="")
    sheets = models.JSONField(default=list)
    sheet = models.CharField(max_length=200, blank=True, default="")
    cell_kinds = models.JSONField(default=dict)
    form = models.JSONField()
    mapping = models.JSONField(default=dict)
    forms = models.JSONField(default=dict)
    on_duplicate = models.CharField(max_length=6, choices=OnDuplicate, default=OnDuplicate.SKIP)
    key = models.CharField(max_length=64, default="email")
    values = models.JSONField(default=dict, db_default={})
    make_customers = models.BooleanField(default=False, db_default=False)
    erase_empty = models.BooleanField(default=False)
    study = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    corrected = models.JSONField(default=list)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrections")
    check_job = models.ForeignKey("core.Job", models.SET_NULL, null=True, blank=True, related_name="+")
    job = models.ForeignKey("core.Job", models.SET_NULL, null=True, blank=True, related_name="+")
    changes = models.ForeignKey("core.ChangeSet", models.SET_NULL, null=True, blank=True, related_name="+")
    counts = models.JSONField(default=dict)
    started_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    objects = ImportQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["created_by", "-id"], name="imports_import_creator")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def path(self) -> Path:
        """Where the file that was brought lies."""
        return Path(settings.LEADLINE_DATA) / "files" / "imports" / self.stored_as

    @property
    def table_path(self) -> Path:
        """The text that rows are read from: the file itself, or the sheet of a workbook as CSV."""
        return self.path.with_suffix(".sheet") if self.sheets else self.path

    @property
    def table_form(self) -> Form:
        """How the text is read."""
        return Form.from_json(self.form)

    @property
    def columns(self) -> dict[int, str]:
        """Place of a column → field that it fills."""
        return {int(place): field for place, field in self.mapping.items() if field}

    @property
    def is_started(self) -> bool:
        """Whether rows have been written, or are about to be; nothing about it can be changed any more."""
        return self.started_at is not None

    @property
    def is_running(self) -> bool:
        """Whether its job goes on."""
        return self.job is not None and not self.job.is_over

    @property
    def change_set(self) -> ChangeSet | None:
        """What it changed, to be undone."""
        return self.changes

    @property
    def state(self) -> str:
        """`draft` until it is started, then the state of its job, `undone` after undoing."""
        if not self.is_started:
            return "draft"
        undone = self.change_set and self.change_set.state in (
            ChangeSet.State.UNDONE,
            ChangeSet.State.UNDOING,
        )
        if undone and self.change_set:
            return str(self.change_set.state)
        return str(self.job.state) if self.job else "done"

    @property
    def state_in_words(self) -> str:
        """The same for people."""
        words = {"draft": _("Not started"), **dict(Job.State.choices), **dict(ChangeSet.State.choices)}
        return str(words[self.state])


class SavedMappingQuerySet(models.QuerySet["SavedMapping"]):
    """Kept mappings, by who may see them."""

    def visible_to(self, user: "User") -> "SavedMappingQuerySet":
        """One's own, while one may import."""
        return self.filter(updated_by=user) if user.may("customer", "import") else self.none()


class SavedMapping(models.Model):
    """What the columns of a source held the last time a person imported it, and what was done with
    duplicates; found again by the names of its columns."""

    kind = models.CharField(max_length=12, choices=Import.Kind)
    signature = models.CharField(max_length=64)
    name = models.CharField(max_length=100, blank=True, default="", db_default="")
    source = models.CharField(max_length=100, blank=True, default="")
    fields = models.JSONField(default=dict)
    values = models.JSONField(default=dict, db_default={})
    key = models.CharField(max_length=64, blank=True, default="", db_default="")
    on_duplicate = models.CharField(max_length=6, blank=True, default="", db_default="")
    make_customers = models.BooleanField(default=False, db_default=False)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    updated_at = models.DateTimeField()

    objects = SavedMappingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["updated_by", "kind", "signature"],
                name="imports_savedmapping_once",
                violation_error_message=_("This source is known already."),
            )
        ]

    def __str__(self) -> str:
        return self.name or self.source or self.signature
