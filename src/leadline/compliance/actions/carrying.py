"""Procedures of leads that became customers are about these from then on (LEA-9, LEA-10)."""

from collections.abc import Iterable

from django.db.models import F

from leadline.compliance.models import Procedure
from leadline.core.actions import Actor, action
from leadline.core.clock import now


@action
def carry_procedures(leads: Iterable[int], *, by: Actor) -> int:
    """Let them be about the customers, as far as the leads are converted still; returns how many were."""
    rows = Procedure.objects.filter(lead__in=list(leads), customer=None, lead__converted_to__isnull=False)
    carried = 0
    for procedure in rows.select_related("lead").select_for_update(of=("self",)).order_by("pk"):
        assert procedure.lead is not None
        carried += Procedure.objects.filter(pk=procedure.pk).update(
            customer=procedure.lead.converted_to_id, updated_at=now(), version=F("version") + 1
        )
    return carried
