"""One row of history: who did what to which record, and the values before and after."""

import json
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy


class ExactNumbers(json.JSONDecoder):
    """Reads amounts as they were stored; never as a float (ALL-5)."""

    def __init__(self, **options: Any):
        super().__init__(**{**options, "parse_float": Decimal})


class HistoryEntry(models.Model):
    """Written only by the triggers of `core.history.triggers`; read by undo, audit and "what changed".

    `changes` maps a column to [old, new]; a record that was created has none, its values are the record.
    `about` is the record on whose page it is told: a contact's change is told on the customer.
    """

    class Verb(models.TextChoices):
        # Told as "Rosa changed a contact", which other languages say otherwise than "it is changed".
        CREATED = "created", pgettext_lazy("deed", "Created")
        CHANGED = "changed", pgettext_lazy("deed", "Changed")
        REMOVED = "removed", pgettext_lazy("deed", "Removed")

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    kind = models.TextField()
    record_id = models.BigIntegerField()
    about_kind = models.TextField()
    about_id = models.BigIntegerField(null=True)
    verb = models.TextField(choices=Verb)
    version = models.IntegerField(null=True)
    changes = models.JSONField(null=True, decoder=ExactNumbers)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )
    via = models.TextField()
    trace = models.TextField()
    change_set_id = models.BigIntegerField(null=True)

    class Meta:
        managed = False  # made by migration 0002: Django can't describe a partitioned table
        db_table = "core_history"

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id} {self.verb}"
