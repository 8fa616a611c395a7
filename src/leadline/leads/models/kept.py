"""What is kept of leads for figures over time: their stays in stages, the callbacks that were agreed."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.leads.models.lead import Lead
from leadline.leads.models.settings import Stage
from leadline.people.scope import reach

if TYPE_CHECKING:
    from leadline.people.models import User


class OfLeads(models.QuerySet[models.Model]):
    """Rows about leads, seen by whoever sees the lead."""

    def visible_to(self, user: "User") -> "OfLeads":
        """Those about leads within reach."""
        return self.filter(reach(user, "lead", "view").q("lead__owner", "lead__team", "lead__territory"))


class Stay(models.Model):
    """The time that a lead spent in a stage (LEA-11); still there while `left_at` is empty.

    `owner_id` and `next_stage` are whose it was when it left, and where it went. The stays of a lead follow
    one another without a gap; the last one says what the lead says.
    """

    lead = models.ForeignKey(Lead, models.CASCADE, related_name="stays", db_index=False)
    stage = models.ForeignKey(Stage, models.PROTECT, related_name="+", db_index=False)
    entered_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    next_stage = models.ForeignKey(Stage, models.PROTECT, null=True, related_name="+", db_index=False)
    owner_id = models.BigIntegerField(null=True)

    objects = OfLeads.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["lead"],
                condition=models.Q(left_at=None),
                name="leads_stay_one_open",
                violation_error_message=_("A lead is in one stage at a time."),
            )
        ]
        indexes = [
            models.Index(fields=["lead", "entered_at"], name="leads_stay_lead"),
            models.Index(
                fields=["left_at"],
                include=["lead", "stage", "entered_at"],
                name="leads_stay_left",
                condition=models.Q(left_at__isnull=False),
            ),
            models.Index(fields=["entered_at"], include=["lead", "stage"], name="leads_stay_entered"),
        ]

    def __str__(self) -> str:
        return f"{self.lead_id} {self.stage_id} {self.entered_at}"


class Callback(models.Model):
    """A callback that was agreed or proposed (LEA-13): who set it when, for when, and when it was kept.

    Kept is one that somebody called for from a quarter of an hour before until an hour after. `ended_at` says
    when another took its place, or none.
    """

    lead = models.ForeignKey(Lead, models.CASCADE, related_name="callbacks", db_index=False)
    user_id = models.BigIntegerField(null=True)
    set_at = models.DateTimeField()
    due_at = models.DateTimeField()
    kept_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = OfLeads.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["lead"],
                condition=models.Q(ended_at=None),
                name="leads_callback_one_open",
                violation_error_message=_("A lead has one callback at a time."),
            )
        ]
        indexes = [
            models.Index(fields=["lead", "set_at"], name="leads_callback_lead"),
            models.Index(fields=["set_at"], name="leads_callback_set"),
            models.Index(fields=["due_at"], name="leads_callback_due"),
        ]

    def __str__(self) -> str:
        return f"{self.lead_id} {self.due_at}"
