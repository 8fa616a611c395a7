"""Rules, models that were learnt, why each lead has its score, and how far the history was followed."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.core.history import tracked

if TYPE_CHECKING:
    from leadline.people.models import User

MOST_POINTS = 100


class ScoreRuleQuerySet(models.QuerySet["ScoreRule"]):
    """Rules: everybody who sees a lead sees which rules gave it points."""

    def visible_to(self, user: "User") -> "ScoreRuleQuerySet":
        """All of them."""
        return self

    def in_use(self) -> "ScoreRuleQuerySet":
        """Without the retired, the weightiest first."""
        return self.filter(retired_at=None).order_by("-points", "pk")


@tracked(kind="score_rule", about=("score_rule", "id"), leave_out=("version", "updated_at", "created_at"))
class ScoreRule(models.Model):
    """Leads for which a condition holds get points, or lose them; all points together are the score."""

    name = models.CharField(_("Name"), max_length=80)
    where = models.JSONField(_("Condition"))
    points = models.SmallIntegerField(_("Points"))
    retired_at = models.DateTimeField(_("Retired"), null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = ScoreRuleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(points__gte=-MOST_POINTS, points__lte=MOST_POINTS) & ~models.Q(points=0),
                name="scoring_rule_points",
                violation_error_message=_("Points are a number from -100 to 100, other than 0."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class LearntModel(models.Model):
    """What came of learning once: kept whatever came of it.

    `card` tells what was learnt from, what was left out and why, and what was measured on later leads.
    `weights` are what is needed to apply it.
    """

    class State(models.TextChoices):
        BETTER = "better", _("Better than the rules")
        NOT_BETTER = "not_better", _("Not better than the rules")
        TOO_THIN = "too_thin", _("Too little data")

    learnt_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=State)
    card = models.JSONField(default=dict)
    weights = models.JSONField(default=dict)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects: Any = models.Manager()

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def is_better(self) -> bool:
        """Whether it may be used."""
        return self.state == self.State.BETTER


@tracked(kind="score_basis", about=("score_basis", "id"))
class Basis(models.Model):
    """What scores come from, in one row: a model, or the rules where there is none.

    With `is_automatic` a newly learnt model that beats the rules is taken by itself.
    """

    model = models.ForeignKey(
        LearntModel, models.PROTECT, verbose_name=_("Model"), null=True, related_name="+"
    )
    is_automatic = models.BooleanField(_("By itself"), default=True)
    horizon_days = models.PositiveSmallIntegerField(
        _("Days until an open lead counts as not converted"), default=60
    )

    def __str__(self) -> str:
        return f"#{self.model_id}" if self.model_id else "rules"


class Place(models.Model):
    """How far the history was followed, in one row; `is_due`: all leads have to be looked at again.

    `after` is the lead up to which such a pass has come.
    """

    history_id = models.BigIntegerField(default=0)
    is_due = models.BooleanField(default=True)
    after = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.history_id)


class Standing(models.Model):
    """Why a lead has its score: the rules that hold, or what weighed in the model, and its chance (%)."""

    lead_id = models.BigIntegerField(primary_key=True)
    rules = ArrayField(models.BigIntegerField(), default=list)
    shares = models.JSONField(default=list)
    chance = models.FloatField(null=True)
    model = models.ForeignKey(LearntModel, models.PROTECT, null=True, related_name="+", db_index=False)

    def __str__(self) -> str:
        return str(self.lead_id)
