"""Rules, what each person takes, whose turn it is, and what every assignment was decided by."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from leadline.core.history import tracked

USER = settings.AUTH_USER_MODEL


class SetUpQuerySet(models.QuerySet[Any]):
    """What is set up, by who may read it."""

    def visible_to(self, user: Any) -> "SetUpQuerySet":
        """All of it for who may read rules of assignment, nothing for others."""
        return self if user.is_system or user.may("assignment", "view") else self.none()

    def in_use(self) -> "SetUpQuerySet":
        """Without the retired, in their order."""
        return self.filter(retired_at=None).order_by("position", "pk")


@tracked(kind="assignment_ruleset", leave_out=("version",))
class Ruleset(models.Model):
    """The rules of one kind of record as a whole: who gets what none of them places, and whether they run.

    `is_on`: what comes in without an owner goes by the rules by itself. Never without an `overflow` (SIG-5).
    """

    kind = models.CharField(max_length=30, unique=True)
    overflow = models.ForeignKey(
        USER, models.PROTECT, verbose_name=_("Overflow owner"), null=True, related_name="+"
    )
    is_on = models.BooleanField(_("Runs by itself"), default=False)
    version = models.PositiveIntegerField(default=1)

    objects = SetUpQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_on=False) | Q(overflow__isnull=False),
                name="assignment_on_needs_an_overflow",
                violation_error_message=_("Choose the overflow owner first: nothing may stay unassigned."),
            )
        ]

    def __str__(self) -> str:
        return self.kind


@tracked(kind="assignment_rule", leave_out=("version",), removed_by_undo=True)
class Rule(models.Model):
    """One rule: which records, who may get them, and how one of these is chosen (LEA-7).

    Candidates fulfil all that is asked: `team` (and below), `people`, all of `skills`, member of the record's
    territory, speaks its language, at work. An empty `overflow` is that of the set. One that is off is a
    draft: it can be rehearsed.
    """

    class Way(models.TextChoices):
        FAIR = "fair", _("In turn, by share")
        LOAD = "load", _("In turn, by share and room")
        EVEN = "even", _("In turn, all alike")
        CURRENT = "current", _("The matching customer’s owner")
        PERSON = "person", _("The person named in a field")

    IN_TURN = (Way.FAIR, Way.LOAD, Way.EVEN)

    kind = models.CharField(max_length=30)
    name = models.CharField(_("Name"), max_length=80)
    where = models.JSONField(_("Which"), default=dict)
    way = models.CharField(_("How one is chosen"), max_length=10, choices=Way, default=Way.FAIR)
    team = models.ForeignKey(
        "people.Team", models.PROTECT, verbose_name=_("Team"), null=True, related_name="+"
    )
    people = ArrayField(models.BigIntegerField(), verbose_name=_("People"), default=list)
    skills = ArrayField(models.BigIntegerField(), verbose_name=_("Skills"), default=list)
    in_territory = models.BooleanField(_("Members of its territory"), default=False)
    speaks = models.BooleanField(_("Who speaks its language"), default=False)
    at_work = models.BooleanField(_("Who is at work"), default=False)
    field = models.CharField(_("Field with the person"), max_length=60, blank=True, default="")
    overflow = models.ForeignKey(
        USER, models.PROTECT, verbose_name=_("Overflow owner"), null=True, related_name="+"
    )
    is_on = models.BooleanField(_("On"), default=False)
    position = models.PositiveIntegerField(_("Place in the order"), default=0)
    retired_at = models.DateTimeField(_("Retired"), null=True)
    version = models.PositiveIntegerField(default=1)

    objects = SetUpQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "kind",
                Lower("name"),
                condition=Q(retired_at=None),
                name="assignment_rule_name_once",
                violation_error_message=_("There is a rule of this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


@tracked(kind="assignment_share", about=("user", "user_id"), removed_by_undo=True)
class Share(models.Model):
    """How much somebody takes of a kind: `weight` in percent of a full share, at most `capacity` open."""

    kind = models.CharField(max_length=30)
    user = models.ForeignKey(USER, models.CASCADE, related_name="shares")
    weight = models.PositiveSmallIntegerField(_("Share in percent"), default=100)
    capacity = models.PositiveIntegerField(_("At most open"), null=True)

    objects = SetUpQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "user"],
                name="assignment_share_once",
                violation_error_message=_("This person has a share already."),
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=0, weight__lte=200),
                name="assignment_share_in_bounds",
                violation_error_message=_("A share is between 0 and 200 percent."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.weight} %"


class Turn(models.Model):
    """What somebody is owed by a rule, in millionths of a turn; moves only while the person could get one."""

    rule = models.ForeignKey(Rule, models.CASCADE, related_name="turns", db_index=False)
    user = models.ForeignKey(USER, models.CASCADE, related_name="+", db_index=False)
    owed = models.BigIntegerField(default=0)
    got = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "user"],
                name="assignment_turn_once",
                violation_error_message=_("This person stands in the turns already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule_id}: {self.user_id}"


class Run(models.Model):
    """One decision over a set: who was there, as they were, and the rules as they stood.

    `people` are rows of `people.Person`, `rules` those that ran, `groups` what records had in common:
    written once for ten thousand records (`explaining` reads them).
    """

    kind = models.CharField(max_length=30)
    at = models.DateTimeField()
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", db_index=False)
    via = models.CharField(max_length=10)
    people = models.JSONField(default=list)
    rules = models.JSONField(default=list)
    groups = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.kind} {self.at}"


class Given(models.Model):
    """One record that a run gave to somebody, and how close the others were.

    `place` counts within the run, so that what everybody had been given before is known. `owed` is what the
    owner was owed at that moment, `next_ids` who came next, `next_owed` what these were owed (millionths).
    """

    class How(models.TextChoices):
        TURN = "turn", _("in turn")
        CURRENT = "current", _("the customer’s owner")
        PERSON = "person", _("asked for")
        OVERFLOW = "overflow", _("overflow")
        HAND = "hand", _("by hand")

    # No run is ever deleted, and a hundred thousand rows name one: the database need not check each.
    run = models.ForeignKey(Run, models.CASCADE, related_name="given", db_constraint=False)
    kind = models.CharField(max_length=30)
    record_id = models.BigIntegerField()
    owner_id = models.BigIntegerField(null=True)
    before_id = models.BigIntegerField(null=True)
    rule_id = models.BigIntegerField(null=True)
    how = models.CharField(max_length=10, choices=How)
    group = models.PositiveSmallIntegerField(null=True)
    place = models.PositiveIntegerField(default=0)
    owed = models.BigIntegerField(null=True)
    next_ids = ArrayField(models.BigIntegerField(), default=list)
    next_owed = ArrayField(models.BigIntegerField(), default=list)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["kind", "record_id", "-id"], name="assignment_given_record"),
            models.Index(fields=["kind", "at"], name="assignment_given_at"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id} → {self.owner_id}"
