"""What a lead allows: stated on a day, somewhere, by a text; consents that came as fields follow (PPL-8)."""

from collections.abc import Iterable
from datetime import date

from django.db.models import F

from leadline.core.actions import Actor, action, lock
from leadline.core.clock import now
from leadline.core.drafts import Draft
from leadline.core.events import publish_many
from leadline.core.refusals import NotAllowed
from leadline.governance.actions import follow_consents, note_consent
from leadline.leads import policies
from leadline.leads.events import LeadsChanged
from leadline.leads.models import Lead
from leadline.leads.queries.seeing import lead_named


@action
def record_consent(
    lead: Lead,
    *,
    channel: str,
    state: str,
    stated_on: date,
    source: str,
    text_version: str = "",
    by: Actor,
) -> Lead:
    """Note that a lead gave or withdrew the consent for a channel; the newest statement holds.

    Raises `RuleBroken` naming the field, `NotAllowed` for whoever can't edit the lead.
    """
    lead = lock(lead, "stage", "owner")
    if not policies.may(by.user, "edit", lead):
        raise NotAllowed(policies.why_not_edit(by.user, lead))
    stated = {"channel": channel, "state": state, "stated_on": stated_on}
    note_consent("lead", lead.pk, **stated, source=source, text_version=text_version, by=by)  # type: ignore[arg-type]
    column = f"consent_{channel}"
    Lead.objects.filter(pk=lead.pk).update(**{column: state}, updated_at=now(), version=F("version") + 1)
    publish_many(LeadsChanged, [lead.pk], kind="lead", by=by, fields=(column,))
    return lead_named(lead.pk)


def follow_given(drafts: Iterable[Draft], ids: Iterable[int], by: Actor) -> None:
    """Consents that came as fields are noted like those that were stated; sets without any pay nothing."""
    if any(name.startswith("consent_") for draft in drafts for name in draft.values):
        follow_consents("lead", Lead._meta.db_table, sorted(ids), by=by)
