"""The seals of the chain, what erasure left of entries, and marks of the business rows (PPL-7)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.people.models import User


class Seal(models.Model):
    """A stretch of one ledger and month, closed for good; its hash chains it to the seal before.

    The stretch holds the entries with ids above `from_id` and up to `to_id`. `value` is the chain's value
    after the last of them; `ids` and `marks` only name the entry where the value does not come out. A seal
    with a `rule` says that retention removed the whole month, with the event `event_id`.
    """

    number = models.BigIntegerField(primary_key=True)
    ledger = models.CharField(max_length=10)
    month = models.DateField()
    from_id = models.BigIntegerField()
    to_id = models.BigIntegerField()
    count = models.BigIntegerField()
    value = models.BinaryField()
    ids = models.BinaryField(default=b"")
    marks = models.BinaryField(default=b"")
    rule = models.CharField(max_length=60, blank=True)
    event_id = models.BigIntegerField(null=True)
    key = models.CharField(max_length=16)
    at = models.DateTimeField()
    hash = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["ledger", "to_id"], name="governance_seal_ledger")]

    def __str__(self) -> str:
        return f"{self.number} {self.ledger} {self.from_id}–{self.to_id}"


class Redaction(models.Model):
    """The payload of one entry, erased: its digest stays, so that the chain holds without it (PPL-8).

    `digest` is that of the payload as it was, `left` that of what stands there now.
    """

    ledger = models.CharField(max_length=10)
    entry_id = models.BigIntegerField()
    event_id = models.BigIntegerField()
    digest = models.BinaryField()
    left = models.BinaryField()
    key = models.CharField(max_length=16)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["event_id"], name="governance_redaction_event")]
        constraints = [
            models.UniqueConstraint(
                fields=["ledger", "entry_id", "event_id"],
                name="governance_redaction_once",
                violation_error_message=_("This entry was erased already."),
            )
        ]


class RecordMarks(models.Model):
    """Four bytes for each of 256 business rows as they were when their last change was sealed."""

    kind = models.CharField(max_length=50)
    bucket = models.BigIntegerField()
    shape = models.CharField(max_length=16)
    key = models.CharField(max_length=16)
    marks = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "bucket", "shape", "key"],
                name="governance_marks_once",
                violation_error_message=_("These rows are marked already."),
            )
        ]


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries, as auditors see them."""

    def visible_to(self, user: User) -> "EntryQuerySet":
        """All of them for whoever a role lets see the audit, none for others."""
        return self.all() if user.is_active and user.may("audit", "view") else self.none()


class Entry(models.Model):
    """One entry of the audit: of history, or (its id below zero) of the ledger of events."""

    id = models.BigIntegerField(primary_key=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        managed = False  # a view, made by migration 0002
        db_table = "governance_entry"
