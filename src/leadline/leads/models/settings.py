"""What an administrator sets about leads: stages, reasons for closing, calling hours."""

from datetime import datetime, time
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leadline.core.history import tracked

EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]


class Listed(models.Model):
    """One of an ordered list. Those provided have a `key`, by which rules of the house know them."""

    key = models.CharField(max_length=20, blank=True, default="")
    name = models.CharField(_("Name"), max_length=60)
    position = models.PositiveIntegerField(_("Place"), default=0)
    retired_at = models.DateTimeField(_("Retired"), null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name; a provided one that nobody renamed in the reader's language."""
        return gettext(self.name) if self.key else self.name


class ListedQuerySet(models.QuerySet):
    """Stages or reasons, in their order."""

    def visible_to(self, user: Any) -> "ListedQuerySet":
        """All of them: everybody reads which there are."""
        return self

    def in_use(self) -> "ListedQuerySet":
        """Without the retired, in order."""
        return self.filter(retired_at=None).order_by("position", "pk")


@tracked(kind="stage")
class Stage(Listed):
    """A step of the work on a lead (LEA-4). A lead in one that is not open is closed.

    `most` is how many leads should stand in it at once, on the board that somebody looks at (WSP-3).
    """

    class Kind(models.TextChoices):
        OPEN = "open", _("Open")
        WON = "won", _("Won")
        LOST = "lost", _("Lost")

    kind = models.CharField(_("Kind"), max_length=10, choices=Kind, default=Kind.OPEN)
    most = models.PositiveIntegerField(_("At most"), null=True, blank=True)

    objects = ListedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="leads_stage_name_once",
                violation_error_message=_("There is a stage of this name already."),
            ),
            models.UniqueConstraint(
                fields=["key"],
                condition=~models.Q(key=""),
                name="leads_stage_key_once",
                violation_error_message=_("This stage is there already."),
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Whether leads in it are worked on."""
        return self.kind == self.Kind.OPEN


@tracked(kind="reason")
class Reason(Listed):
    """Why a lead was closed without becoming a customer (LEA-4)."""

    objects = ListedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="leads_reason_name_once",
                violation_error_message=_("There is a reason of this name already."),
            ),
            models.UniqueConstraint(
                fields=["key"],
                condition=~models.Q(key=""),
                name="leads_reason_key_once",
                violation_error_message=_("This reason is there already."),
            ),
        ]


@tracked(kind="calling_hours")
class CallingHours(models.Model):
    """When people may be called, by their own clocks (LEA-5): one row. `days` are 1 (Monday) to 7."""

    begins = models.TimeField(_("From"), default=time(9))
    ends = models.TimeField(_("Until"), default=time(20))
    days = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("Days"), default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("begins")),
                name="leads_hours_end_after_they_begin",
                violation_error_message=_("The hours end after they begin."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.begins:%H:%M}–{self.ends:%H:%M}"

    def hold(self, local: datetime) -> bool:
        """Whether a moment, on the clock of whoever is called, lies in them; without days on every day."""
        return local.isoweekday() in (self.days or EVERY_DAY) and self.begins <= local.time() < self.ends


STAGES = (
    ("new", "New", Stage.Kind.OPEN),
    ("assigned", "Assigned", Stage.Kind.OPEN),
    ("contacting", "Contacting", Stage.Kind.OPEN),
    ("follow_up", "Follow-up", Stage.Kind.OPEN),
    ("qualified", "Qualified", Stage.Kind.OPEN),
    ("converted", "Converted", Stage.Kind.WON),
    ("disqualified", "Disqualified", Stage.Kind.LOST),
)
REASONS = (
    ("wrong_number", "Wrong number"),
    ("not_interested", "Not interested"),
    ("no_budget", "No budget"),
    ("duplicate", "Duplicate"),
    ("unreachable", "Unreachable"),
    ("competitor", "Chose a competitor"),
    ("other", "Other reason"),
)
# Named here so that they are translated: the rows hold the English words.
_PROVIDED = [
    _("New"), _("Assigned"), _("Contacting"), _("Follow-up"), _("Qualified"), _("Converted"),
    _("Disqualified"), _("Wrong number"), _("Not interested"), _("No budget"), _("Duplicate"),
    _("Unreachable"), _("Chose a competitor"), _("Other reason"),
]  # fmt: skip
