"""Bands of the score: from which score on a lead is hot, or warm; below it is cool (LEA-12)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.core.history import tracked
from leadline.core.kept import Kept

HOT_FROM, WARM_FROM, MOST = 70, 40, 100


class Band(models.TextChoices):
    """How promising a lead is, in a word."""

    HOT = "hot", _("Hot")
    WARM = "warm", _("Warm")
    COOL = "cool", _("Cool")


@tracked(kind="score_bands", about=("score_bands", "id"))
class ScoreBands(models.Model):
    """Where the bands begin, as whoever manages scoring says: one row; scores go from 0 to 100."""

    hot_from = models.PositiveSmallIntegerField(_("Hot from"), default=HOT_FROM)
    warm_from = models.PositiveSmallIntegerField(_("Warm from"), default=WARM_FROM)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1),
                name="leads_score_bands_only_one",
                violation_error_message=_("There is only one set of bands."),
            ),
            models.CheckConstraint(
                condition=models.Q(warm_from__gte=1, hot_from__gt=models.F("warm_from"), hot_from__lte=MOST),
                name="leads_score_bands_in_order",
                violation_error_message=_("Warm begins above 0, and hot above warm, up to 100."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.warm_from}, {self.hot_from}"

    def band_of(self, score: int | None) -> Band | None:
        """The band of a score; none without one."""
        if score is None:
            return None
        return Band.HOT if score >= self.hot_from else Band.WARM if score >= self.warm_from else Band.COOL


def score_bands() -> ScoreBands:
    """Where they begin now; kept for a few seconds in this process."""
    return _kept()


def forget_bands() -> None:
    """Read them anew next time, after they were changed here."""
    _kept.forget()


_kept = Kept(lambda: ScoreBands.objects.filter(pk=1).first() or ScoreBands(pk=1))
