"""From what happened to the cases of a rule: the record, its owner, and what its texts say."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext

from leadline.automation.models import Rule
from leadline.automation.occasions import Happening
from leadline.automation.places import fill
from leadline.automation.rules import Understood
from leadline.automation.running.looking import Looked
from leadline.automation.steps.case import Case
from leadline.core.events import Subject
from leadline.customers.models import Customer
from leadline.leads.models import Lead

Record = tuple[str, int]


def records_of(meant: Understood, happenings: Sequence[Happening]) -> dict[Record, Any]:
    """The leads and customers behind what happened, with their owners: one query for each kind."""
    wanted = [record for each in happenings if (record := each.record(meant.record))]
    found: dict[Record, Any] = {}
    rows: dict[str, Any] = {"lead": Lead.objects.all(), "customer": Customer.objects.all()}
    for kind, queryset in rows.items():
        ids = {key for of_kind, key in wanted if of_kind == kind}
        if ids:
            owned = queryset.filter(pk__in=ids).select_related("owner__team__manager")
            found |= {(kind, row.pk): row for row in owned}
    return found


def case_of(rule: Rule, meant: Understood, happening: Happening, record: Any, looked: Looked) -> Case:
    """One record in one run."""
    subject = Subject(record._meta.model_name, record.pk)
    values = {**looked.values, "name": str(record), "owner": record.owner.name if record.owner else ""}
    key = f"{rule.pk}:{happening.cause}:{happening.kind}:{happening.id}"
    return Case(
        subject=subject,
        name=str(record),
        owner=record.owner,
        fill=_filling(rule, meant, values),
        run_key=key,
        rule_id=rule.pk,
        payment_id=happening.id if happening.kind == "payment" else None,
        facts=dict(looked.facts),
        values=values,
    )


def _filling(rule: Rule, meant: Understood, values: Mapping[str, Any]) -> Any:
    """Texts that come with Leadline are said in the reader's language; others as they were written."""

    def filling(text: str, language: str) -> str:
        if rule.key and text:
            with translation.override(language):
                text = gettext(text)
        return fill(text, values, meant.start, language, meant.start.in_zone)

    return filling
