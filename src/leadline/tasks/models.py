"""Tasks, by who may see them and by what is still to do (TIM-7)."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.core.history import tracked
from leadline.tasks.scope import visible_q

if TYPE_CHECKING:
    from leadline.people.models import User


class TaskQuerySet(models.QuerySet["Task"]):
    """Tasks, by who may see them and by state."""

    def visible_to(self, user: "User") -> "TaskQuerySet":
        """One's own, those one made, those within the role's scope, those about records that one sees."""
        return self.filter(visible_q(user))

    def open(self) -> "TaskQuerySet":
        """Neither done nor archived."""
        return self.filter(done_at=None, archived_at=None)

    def about(self, kind: str, key: int) -> "TaskQuerySet":
        """Those about one record."""
        return self.filter(about_kind=kind, about_id=key)


@tracked(kind="task", leave_out=("version", "created_at", "updated_at", "tell_at"))
class Task(models.Model):
    """Something to do, with an owner and a due time (TIM-7).

    It is due at a moment, or on a day without a time (`due_on`; `due_at` is then the last second of that
    day), both meant in `zone`. `tell_at` is the next moment at which the owner is to be told of it, if any:
    that of the reminder, then that of being overdue. Of a task that repeats, `series_on` and `series_time`
    are the day and the clock time from which all of its dates are counted, whatever one of them was moved
    to; `follows` is the one whose end made this one. Snoozing leaves these alone.
    """

    class Kind(models.TextChoices):
        TO_DO = "todo", _("To do")
        CALL = "call", _("Call")
        EMAIL = "email", _("E-mail")
        MEETING = "meeting", _("Meeting")
        FOLLOW_UP = "follow_up", _("Follow-up")

    class Priority(models.TextChoices):
        LOW = "low", _("Low")
        NORMAL = "normal", _("Normal")
        HIGH = "high", _("High")

    class Repeats(models.TextChoices):
        DAILY = "daily", _("Every day")
        WEEKDAYS = "weekdays", _("Every weekday")
        WEEKLY = "weekly", _("Every week")
        MONTHLY = "monthly", _("Every month")

    title = models.CharField(_("Title"), max_length=200)
    description = models.TextField(_("Description"), blank=True, default="")
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind, default=Kind.TO_DO)
    priority = models.CharField(_("Priority"), max_length=10, choices=Priority, default=Priority.NORMAL)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="tasks",
        verbose_name=_("Owner"),
        db_index=False,
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("Made by"),
        db_index=False,
    )
    about_kind = models.CharField(_("About"), max_length=40, blank=True, default="")
    about_id = models.BigIntegerField(_("About"), null=True, blank=True)
    due_at = models.DateTimeField(_("Due"), null=True, blank=True)
    due_on = models.DateField(_("Due day"), null=True, blank=True)
    zone = models.CharField(_("Time zone"), max_length=64)
    remind_at = models.DateTimeField(_("Reminder"), null=True, blank=True)
    remind_before = models.PositiveIntegerField(_("Reminder (minutes before)"), null=True, blank=True)
    tell_at = models.DateTimeField(null=True, blank=True)
    repeats = models.CharField(_("Repeats"), max_length=10, choices=Repeats, blank=True, default="")
    series_on = models.DateField(_("Repeats from"), null=True, blank=True)
    series_time = models.TimeField(_("Repeats at"), null=True, blank=True)
    follows = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Follows"),
        db_index=False,
    )
    done_at = models.DateTimeField(_("Done"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Done by"),
        db_index=False,
    )
    outcome = models.CharField(_("Outcome"), max_length=500, blank=True, default="")
    snoozes = models.PositiveIntegerField(_("Snoozed (times)"), default=0)
    snoozed_from = models.DateTimeField(_("Snoozed from"), null=True, blank=True)
    archived_at = models.DateTimeField(_("Archived"), null=True, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = TaskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(due_on=None) | models.Q(due_at__isnull=False),
                name="tasks_task_day_has_a_moment",
                violation_error_message=_("A day on which something is due ends at a moment."),
            ),
            models.CheckConstraint(
                condition=models.Q(about_kind="", about_id=None)
                | (~models.Q(about_kind="") & models.Q(about_id__isnull=False)),
                name="tasks_task_about_is_whole",
                violation_error_message=_("A task is about a record of a kind, or about none."),
            ),
            models.CheckConstraint(
                condition=models.Q(repeats="") | models.Q(series_on__isnull=False),
                name="tasks_task_repeats_from_a_day",
                violation_error_message=_("What repeats is due on some day."),
            ),
            models.UniqueConstraint(
                fields=["follows"],
                condition=models.Q(follows__isnull=False),
                name="tasks_task_follows_once",
                violation_error_message=_("The next one was made already."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner", "due_at", "id"],
                name="tasks_task_open",
                condition=models.Q(done_at=None, archived_at=None),
            ),
            models.Index(
                fields=["made_by", "due_at", "id"],
                name="tasks_task_made",
                condition=models.Q(done_at=None, archived_at=None),
            ),
            models.Index(
                fields=["due_at", "id"],
                name="tasks_task_due",
                condition=models.Q(done_at=None, archived_at=None),
            ),
            models.Index(
                fields=["about_kind", "about_id", "due_at"],
                name="tasks_task_about",
                condition=models.Q(about_id__isnull=False),
            ),
            models.Index(
                fields=["tell_at"], name="tasks_task_tell", condition=models.Q(tell_at__isnull=False)
            ),
            models.Index(fields=["owner", "-done_at", "-id"], name="tasks_task_done"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_done(self) -> bool:
        """Whether somebody finished it."""
        return self.done_at is not None

    @property
    def is_archived(self) -> bool:
        """Whether it was taken out of use; it can be restored."""
        return self.archived_at is not None

    @property
    def is_open(self) -> bool:
        """Whether it is still to do."""
        return not self.is_done and not self.is_archived
