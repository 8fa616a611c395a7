"""Rules of likeness that somebody changed; the others hold as they come installed."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.core.history import tracked

if TYPE_CHECKING:
    from leadline.people.models import User


class LikenessRuleQuerySet(models.QuerySet["LikenessRule"]):
    """Rules, for those who set up the house."""

    def visible_to(self, user: "User") -> "LikenessRuleQuerySet":
        """Those who may manage the settings see all."""
        return self if user.is_system or user.may("settings", "manage") else self.none()


class SharedDomain(models.Model):
    """A domain of so many customers that it is a provider's, and tells no company (`providers`)."""

    domain = models.TextField(primary_key=True)

    def __str__(self) -> str:
        return self.domain


@tracked(kind="likeness_rule", removed_by_undo=True)
class LikenessRule(models.Model):
    """What a sign is worth now, in percent, and from which likeness on it counts."""

    kind = models.CharField(_("What"), max_length=20)
    key = models.CharField(_("Sign"), max_length=20)
    weight = models.PositiveSmallIntegerField(_("Weight"))
    least = models.PositiveSmallIntegerField(_("Least likeness"), default=0)

    objects = LikenessRuleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                name="customers_likenessrule_once",
                violation_error_message=_("This rule was changed already."),
            ),
            models.CheckConstraint(
                condition=models.Q(weight__lte=100, least__lte=100),
                name="customers_likenessrule_percent",
                violation_error_message=_("Give a percentage from 0 to 100."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
