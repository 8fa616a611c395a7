"""The two tables of the ledger: what happened, and what it was about."""

from django.conf import settings
from django.db import models


class EventRecord(models.Model):
    """One event as it was published; `payload` holds keys, amounts, moments and codes, no names."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    name = models.TextField()
    payload = models.JSONField(default=dict)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )
    via = models.TextField()
    trace = models.TextField()
    change_set_id = models.BigIntegerField(null=True)

    class Meta:
        managed = False  # made by migration 0002: Django can't describe a partitioned table
        db_table = "core_event"

    def __str__(self) -> str:
        return f"{self.name} {self.pk}"


class EventWaiting(models.Model):
    """That a listener who takes events in batches is still to be told of one."""

    listener = models.TextField()
    event_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        db_table = "core_event_waiting"
        indexes = [models.Index(fields=["listener", "id"], name="core_event_waiting_for")]


class EventSubject(models.Model):
    """One thing that one event is about; its key is (kind, subject_id, at, event_id)."""

    event_id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    kind = models.TextField()
    subject_id = models.BigIntegerField()

    class Meta:
        managed = False  # made by migration 0002: Django can't describe a partitioned table
        db_table = "core_event_subject"

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"
