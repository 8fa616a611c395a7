"""What is kept of absences and skills."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from leadline.core.history import tracked


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Absences, by day and person."""

    def visible_to(self, user: Any) -> "AbsenceQuerySet":
        """Every colleague sees that somebody is away; why, only who may (`policies.may_see_why_away`)."""
        return self.filter(user__is_system=False) if user.is_authenticated else self.none()

    def on(self, day: Any) -> "AbsenceQuerySet":
        """Those that hold on a day (a date, or an expression for one)."""
        return self.filter(begins_on__lte=day, ends_on__gte=day)

    def touching(self, begins_on: Any, ends_on: Any) -> "AbsenceQuerySet":
        """Those that share at least a day with a time."""
        return self.filter(begins_on__lte=ends_on, ends_on__gte=begins_on)


@tracked(kind="absence", about=("user", "user_id"), removed_by_undo=True)
class Absence(models.Model):
    """Whole days, first and last, in the person's zone, in which somebody is away; a deputy stands in."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", _("Holiday")
        SICK = "sick", _("Sick")
        OTHER = "other", _("Other")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="absences")
    begins_on = models.DateField(_("First day"))
    ends_on = models.DateField(_("Last day"))
    kind = models.CharField(_("Why"), max_length=10, choices=Kind, default=Kind.HOLIDAY)
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="standing_in"
    )

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["ends_on", "begins_on"], name="people_absence_days")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("begins_on")),
                name="people_absence_ends_after_it_begins",
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(
                condition=Q(deputy=None) | ~Q(deputy=F("user")),
                name="people_absence_deputy_is_another",
                violation_error_message=_("Nobody stands in for themselves."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.begins_on} – {self.ends_on}"


@tracked(kind="skill", removed_by_undo=True)
class Skill(models.Model):
    """Something that people here know: a language, or anything else. A retired one is given to nobody."""

    class Kind(models.TextChoices):
        LANGUAGE = "language", _("Language")
        SKILL = "skill", _("Skill")

    name = models.CharField(_("Name"), max_length=60)
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind, default=Kind.SKILL)
    retired_at = models.DateTimeField(_("Retired"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="people_skill_name_once",
                violation_error_message=_("There is a skill of this name, in use or retired."),
            )
        ]

    def __str__(self) -> str:
        return self.name


@tracked(kind="held_skill", about=("user", "user_id"), removed_by_undo=True)
class HeldSkill(models.Model):
    """How well somebody knows something: 1 a little, 2 well, 3 very well."""

    class Level(models.IntegerChoices):
        BASIC = 1, _("a little")
        GOOD = 2, _("well")
        EXPERT = 3, _("very well")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="held_skills", db_index=False
    )
    skill = models.ForeignKey(Skill, models.CASCADE, related_name="held")
    level = models.PositiveSmallIntegerField(
        _("Level"), choices=Level, default=Level.GOOD, validators=[MinValueValidator(1), MaxValueValidator(3)]
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "skill"],
                name="people_heldskill_once",
                violation_error_message=_("This person has this skill already."),
            ),
            models.CheckConstraint(
                condition=Q(level__gte=1, level__lte=3),
                name="people_heldskill_level_known",
                violation_error_message=_("A level is 1 (a little), 2 (well) or 3 (very well)."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.skill} {self.level}"
