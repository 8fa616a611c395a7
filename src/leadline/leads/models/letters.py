"""Which e-mails leads get by themselves (LEA-3, LEA-5)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.core.history import tracked
from leadline.marketing.models import MailTemplate


@tracked(kind="lead_letters")
class Letters(models.Model):
    """The templates of what is sent by itself: one row; none for a letter switches it off."""

    welcome = models.ForeignKey(
        MailTemplate, models.PROTECT, verbose_name=_("On registration"), null=True, related_name="+"
    )
    reach_you = models.ForeignKey(
        MailTemplate, models.PROTECT, verbose_name=_("After a wrong number"), null=True, related_name="+"
    )

    def __str__(self) -> str:
        return "letters of leads"
