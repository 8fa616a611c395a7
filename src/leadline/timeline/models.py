"""Activities, notes with their files, promises, and notifications."""

from textwrap import shorten
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.core.history import tracked
from leadline.core.subjects import visible_subjects

if TYPE_CHECKING:
    from leadline.people.models import User


class AboutACustomer(models.QuerySet[Any]):
    """Rows that belong to a customer and are seen by whoever sees that customer."""

    def visible_to(self, user: "User") -> "AboutACustomer":
        """Rows about customers that this person sees; the rows themselves have no scope of their own."""
        return self.filter(customer_id__in=visible_subjects("customer", user).values("pk"))

    def current(self) -> "AboutACustomer":
        """Without what was archived."""
        return self.filter(archived_at=None)


class ActivityQuerySet(AboutACustomer):
    """Activities, seen by whoever sees the customer or the lead that they are about."""

    def visible_to(self, user: "User") -> "ActivityQuerySet":
        """Of visible customers, and of visible leads (LEA-9: what became a customer's stays the lead's)."""
        about = models.Q(customer_id__in=visible_subjects("customer", user).values("pk"))
        return self.filter(about | models.Q(lead_id__in=visible_subjects("lead", user).values("pk")))


@tracked(
    kind="activity",
    about=("customer", "customer_id"),
    or_about=("lead", "lead_id"),
    leave_out=("version", "updated_at", "created_at"),
)
class Activity(models.Model):
    """One thing that happened with a customer or a lead (TIM-1, TIM-2, LEA-5).

    The table is partitioned by the month of `at`, so a question about it gives a bound in time.
    `duration` counts whole minutes. One of a lead has no `customer_id`.
    """

    class Kind(models.TextChoices):
        CALL = "call", _("Call")
        EMAIL = "email", _("E-mail")
        MEETING = "meeting", _("Meeting")
        CHAT = "chat", _("Chat")
        TASK = "task", _("Task")
        STATUS = "status", _("Status change")
        OTHER = "other", _("Other")

    class Outcome(models.TextChoices):
        POSITIVE = "positive", _("Positive")
        NEUTRAL = "neutral", _("Neutral")
        NEGATIVE = "negative", _("Negative")
        CONNECTED = "connected", _("Connected")
        NO_ANSWER = "no_answer", _("No answer")
        BUSY = "busy", _("Busy")
        VOICEMAIL = "voicemail", _("Voicemail")
        WRONG_NUMBER = "wrong_number", _("Wrong number")
        CALL_BACK = "call_back", _("Call back")

    LOGGED_BY_HAND = (Kind.CALL, Kind.EMAIL, Kind.MEETING, Kind.CHAT, Kind.TASK, Kind.OTHER)
    WITH_DURATION = (Kind.CALL, Kind.MEETING)

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(_("When"))
    customer_id = models.BigIntegerField(null=True, blank=True)
    lead_id = models.BigIntegerField(null=True, blank=True)
    contact_id = models.BigIntegerField(_("Contact"), null=True, blank=True)
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind)
    title = models.CharField(_("Title"), max_length=200)
    description = models.TextField(_("Description"), blank=True, default="")
    outcome = models.CharField(_("Outcome"), max_length=20, choices=Outcome, blank=True, default="")
    duration = models.PositiveIntegerField(_("Duration"), null=True, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="activities")
    follow_up_on = models.DateField(_("Follow-up"), null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        managed = False  # made by migration 0002: Django can't describe a partitioned table
        db_table = "timeline_activity"

    def __str__(self) -> str:
        return self.title

    @property
    def team_id(self) -> int | None:
        """The team in which its author is now."""
        return self.user.team_id

    @property
    def is_by_itself(self) -> bool:
        """Whether the house did it, as letters that go out by themselves, rather than a person."""
        return self.user.is_system


@tracked(kind="note", about=("customer", "customer_id"), leave_out=("version", "updated_at", "created_at"))
class Note(models.Model):
    """What somebody observed about a customer, in Markdown (CUS-12)."""

    customer_id = models.BigIntegerField()
    body = models.TextField(_("Note"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notes")
    pinned_at = models.DateTimeField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = AboutACustomer.as_manager()

    class Meta:
        indexes = [models.Index(fields=["customer_id", "-created_at", "-id"], name="timeline_note_customer")]

    def __str__(self) -> str:
        return shorten(self.body, 60, placeholder=" …")

    @property
    def team_id(self) -> int | None:
        """The team in which its author is now."""
        return self.author.team_id

    @property
    def is_edited(self) -> bool:
        """Whether it was changed after it was written; what was changed is in the history."""
        return self.version > 1


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """Files of notes, seen by whoever sees their note."""

    def visible_to(self, user: "User") -> "AttachmentQuerySet":
        """Files of notes on customers that this person sees, while the note is not archived."""
        return self.filter(note__in=Note.objects.visible_to(user).filter(archived_at=None))

    def current(self) -> "AttachmentQuerySet":
        """Without those that were removed."""
        return self.filter(archived_at=None)


@tracked(kind="attachment", about=("note", "note_id"), leave_out=("path",))
class Attachment(models.Model):
    """A file on a note, kept outside the web root and only ever served as a download.

    One that was removed keeps its file, so that it can be restored (ALL-1).
    """

    note = models.ForeignKey(Note, models.PROTECT, related_name="attachments")
    name = models.CharField(_("Name"), max_length=200)
    path = models.CharField(max_length=300)
    size = models.PositiveBigIntegerField(_("Size"))
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    archived_at = models.DateTimeField(_("Removed"), null=True, blank=True)

    objects = AttachmentQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class PromiseQuerySet(AboutACustomer):
    """Promises to customers, seen by whoever sees the customer."""

    def open(self) -> "PromiseQuerySet":
        """Neither kept nor given up yet."""
        return self.filter(outcome="")


@tracked(
    kind="promise",
    about=("customer", "customer_id"),
    leave_out=("version", "updated_at", "created_at"),
)
class Promise(models.Model):
    """What somebody promised a customer, until a day; it outlives a change of owner (SIG-10).

    `user` is who promised; `activity_id` or `note` is where it was said. Without an `outcome` it is open.
    """

    class Outcome(models.TextChoices):
        KEPT = "kept", _("Kept")
        NOT_KEPT = "not_kept", _("Not kept")

    customer_id = models.BigIntegerField()
    text = models.CharField(_("Promise"), max_length=300)
    due_on = models.DateField(_("Due"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="promises")
    activity_id = models.BigIntegerField(_("Activity"), null=True, blank=True)
    note = models.ForeignKey(Note, models.PROTECT, null=True, blank=True, related_name="promises")
    outcome = models.CharField(_("Outcome"), max_length=20, choices=Outcome, blank=True, default="")
    ended_at = models.DateTimeField(_("Ended"), null=True, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["customer_id", "due_on", "id"],
                name="timeline_promise_open",
                condition=models.Q(outcome=""),
            ),
            models.Index(fields=["customer_id", "-id"], name="timeline_promise_customer"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_open(self) -> bool:
        """Whether the customer still waits for it."""
        return not self.outcome


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Notifications, each for one person."""

    def visible_to(self, user: "User") -> "NotificationQuerySet":
        """One's own only."""
        return self.filter(user=user)

    def unread(self) -> "NotificationQuerySet":
        """Not yet opened."""
        return self.filter(read_at=None)


class Notification(models.Model):
    """Something a person should know: a mention, an assignment, a job that ended (TIM-11)."""

    class Kind(models.TextChoices):
        MENTION = "mention", _("Mention")
        ASSIGNMENT = "assignment", _("Assignment")
        JOB = "job", _("Job ended")
        REMINDER = "reminder", _("Reminder")
        MAIL = "mail", _("E-mail not sent")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=20, choices=Kind)
    text = models.CharField(max_length=300)
    address = models.CharField(max_length=300)
    cause = models.CharField(max_length=60)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "cause"],
                name="timeline_notification_once",
                violation_error_message=_("This person was told already."),
            )
        ]
        indexes = [
            models.Index(
                fields=["user", "-id"], name="timeline_notification_unread", condition=models.Q(read_at=None)
            )
        ]
