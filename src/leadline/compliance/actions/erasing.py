"""Erasing a person from compliance: reasons and documents go, that it was checked stays (PPL-8)."""

from functools import partial

from django.db import transaction
from django.db.models import Q

from leadline.compliance.files import place_of
from leadline.compliance.models import Check, Document, Procedure, ProcedureQuerySet
from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.core.privacy import Erased, Person

ERASED_NAME = "-"


@action
def erase_from_procedures(person: Person, *, by: Actor) -> Erased:
    """Empty the reasons and remove the documents of the person's procedures."""
    own = list(procedures_of(person).values_list("pk", flat=True))
    Procedure.objects.filter(pk__in=own).update(reason="")
    checks = list(Check.objects.filter(procedure__in=own).values_list("pk", flat=True))
    Check.objects.filter(pk__in=checks).update(reason="")
    documents = list(Document.objects.filter(check_of__in=checks))
    for document in documents:
        transaction.on_commit(partial(place_of(document.path).unlink, missing_ok=True))
    keys = [document.pk for document in documents]
    Document.objects.filter(pk__in=keys).update(name=ERASED_NAME, size=0, removed_at=now())
    return Erased(
        {"procedures": len(own), "documents": len(keys)},
        {"procedure": own, "compliance_check": checks, "compliance_document": keys},
    )


def procedures_of(person: Person) -> ProcedureQuerySet:
    """Those about records that are the person alone."""
    alone = Q(lead_id__in=person.ids("lead")) | Q(customer_id__in=person.ids("customer"))
    return Procedure.objects.filter(alone)
