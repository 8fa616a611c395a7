"""A lead as somebody to write to (TIM-3, LEA-3, LEA-5)."""

from leadline.governance.contacting import may_contact
from leadline.governance.models import Channel
from leadline.leads.actions.logging import log_activity
from leadline.leads.actions.picking import require_may
from leadline.leads.models import Lead
from leadline.marketing.recipients import Recipient


def lead_as_recipient(lead: Lead) -> Recipient:
    """A lead at its own address, as far as it may be written to; what is sent stands on its timeline."""
    return Recipient(
        "lead",
        lead.pk,
        lead.name,
        lead.email,
        may_contact(lead, Channel.EMAIL),
        lambda by: require_may(lead, "log", by=by),
        lambda subject, text, by: log_activity(lead, kind="email", title=subject, description=text, by=by),
        lead.language,
        {
            "name": lead.name,
            "first_name": lead.name.split()[0],
            "company": lead.company,
            "owner": lead.owner.name if lead.owner else "",
        },
    )
