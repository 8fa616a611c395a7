"""Hand-overs, and the sheet that each new owner gets and accepts."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.core.changesets import ChangeSet
from leadline.handovers.registry import reached_people
from leadline.handovers.spreading import Why

if TYPE_CHECKING:
    from leadline.people.models import User


def _about_people_of(user: "User", prefix: str = "") -> models.Q:
    """Hand-overs that the person started, is the former owner of, or whose former owner is in reach.

    Empty for who reaches everybody, and for who sees everybody's jobs. The reach is that of assigning: what
    the person could hand over too.
    """
    managed = reached_people(user, f"{prefix}from_user", f"{prefix}from_user__team")
    if not managed or user.may("job", "view"):
        return models.Q()
    return managed | models.Q(**{f"{prefix}started_by": user}) | models.Q(**{f"{prefix}from_user": user})


class HandoverQuerySet(models.QuerySet["Handover"]):
    """Hand-overs, by who may see them and by state."""

    def visible_to(self, user: "User") -> "HandoverQuerySet":
        """Started by the person, from or to the person, or from people whose records the person assigns."""
        own_sheets = Sheet.objects.filter(handover=models.OuterRef("pk"), owner=user)
        about = _about_people_of(user)
        return self.filter(about | models.Q(models.Exists(own_sheets))) if about else self.all()

    def to_begin(self, today: object) -> "HandoverQuerySet":
        """Planned ones whose day has come."""
        return self.filter(state=Handover.State.PLANNED, starts_on__lte=today)

    def to_return(self, today: object) -> "HandoverQuerySet":
        """Absences that are over, and whose records have not gone back yet."""
        return self.filter(state=Handover.State.BEGUN, ends_on__lt=today)


class Handover(models.Model):
    """One step in which records get new owners; its changes are one change set (PPL-1, SIG-3).

    `parts` holds for each kind the selection, asked again when it runs. `to` is the one new owner, or
    `team` those among whom it is spread; `overflow` gets what no rule places. `total` was counted at the
    start. An absence has `ends_on`, the last day; the day after, its records go back.
    """

    class Reason(models.TextChoices):
        LEAVER = "leaver", _("Leaves")
        ABSENCE = "absence", _("Is away")
        CHANGE = "change", _("Change of owner")

    class Way(models.TextChoices):
        ONE = "one", _("All to one")
        EVEN = "even", _("In equal shares")
        LOAD = "load", _("To who has least")
        TERRITORY = "territory", _("By territory")
        LANGUAGE = "language", _("By language")
        SKILLS = "skills", _("By skills")

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        BEGUN = "begun", _("Handed over")
        RETURNED = "returned", _("Came back")
        CALLED_OFF = "called_off", _("Called off")

    reason = models.CharField(max_length=10, choices=Reason)
    way = models.CharField(max_length=10, choices=Way)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    title = models.CharField(max_length=300)
    from_user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    parts = models.JSONField(default=dict)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey("people.Team", models.SET_NULL, null=True, related_name="+")
    overflow = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    total = models.PositiveIntegerField(default=0)
    once = models.CharField(max_length=64, blank=True, default="")
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    job = models.ForeignKey("core.Job", models.SET_NULL, null=True, related_name="+")
    change_set = models.ForeignKey("core.ChangeSet", models.SET_NULL, null=True, related_name="+")
    return_job = models.ForeignKey("core.Job", models.SET_NULL, null=True, related_name="+")

    objects = HandoverQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="handovers_handover_ends_after_start",
                violation_error_message=_("The last day can't be before the first."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_undone(self) -> bool:
        """Whether it was changed back as a mass change."""
        undone = (ChangeSet.State.UNDOING, ChangeSet.State.UNDONE)
        return self.change_set is not None and self.change_set.state in undone


class SheetQuerySet(models.QuerySet["Sheet"]):
    """Sheets, by who may see them and by whether they wait."""

    def visible_to(self, user: "User") -> "SheetQuerySet":
        """One's own, and those of hand-overs from people whose records one may assign, or of oneself."""
        about = _about_people_of(user, "handover__")
        return self.filter(about | models.Q(owner=user)) if about else self.all()

    def waiting(self) -> "SheetQuerySet":
        """Not accepted, while the hand-over stands."""
        undone = (ChangeSet.State.UNDOING, ChangeSet.State.UNDONE)
        return self.filter(accepted_at=None, handover__state=Handover.State.BEGUN).exclude(
            handover__change_set__state__in=undone
        )


class Sheet(models.Model):
    """What one new owner should know of what came over; accepted with remarks (SIG-10)."""

    handover = models.ForeignKey(Handover, models.CASCADE, related_name="sheets")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="sheets")
    accepted_at = models.DateTimeField(null=True)
    remarks = models.TextField(blank=True, default="")
    reminded_on = models.DateField(null=True)
    created_at = models.DateTimeField()

    objects = SheetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["handover", "owner"],
                name="handovers_sheet_once",
                violation_error_message=_("This person has a sheet of this hand-over already."),
            )
        ]

    def __str__(self) -> str:
        return self.handover.title


class SheetLineQuerySet(models.QuerySet["SheetLine"]):
    """Lines of sheets, seen by whoever sees their sheet."""

    def visible_to(self, user: "User") -> "SheetLineQuerySet":
        """Those of the sheets that the person sees; the records on them are asked for themselves."""
        return self.filter(sheet__in=Sheet.objects.visible_to(user))


class SheetLine(models.Model):
    """One record that came over: from whom (`from_id`), why to this owner, and what the owner remarked."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="lines")
    kind = models.CharField(max_length=30)
    record_id = models.BigIntegerField()
    from_id = models.BigIntegerField(null=True)
    why = models.CharField(max_length=12, choices=Why)
    remark = models.CharField(max_length=500, blank=True, default="")

    objects = SheetLineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "kind", "record_id"],
                name="handovers_line_once",
                violation_error_message=_("This record is on the sheet already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id}"
