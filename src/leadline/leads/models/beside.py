"""What stands again beside a lead, so that an order kept there is read without the wide row."""

from django.db import models

from leadline.leads.models.settings import Stage


class BesideLead(models.Model):
    """Whose a lead is, whether it is open and in use: repeated beside it in the same transaction.

    A list in an order that such a row holds asks these here: a thousand rows looked up in the lead for its
    stage alone cost more than the page.
    """

    owner_id = models.BigIntegerField(null=True)
    team_id = models.BigIntegerField(null=True)
    territory_id = models.BigIntegerField(null=True)
    stage_kind = models.CharField(
        max_length=10, choices=Stage.Kind, default=Stage.Kind.OPEN, db_default=Stage.Kind.OPEN
    )
    archived_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
