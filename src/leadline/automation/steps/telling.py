"""Writing to whoever it is about, by a template of e-mail."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.automation.steps.case import Case, Outcome
from leadline.automation.steps.registry import Params, Setting, Step, register_step
from leadline.core.actions import Actor
from leadline.core.refusals import RuleBroken
from leadline.customers.models import Customer
from leadline.leads.models import Lead
from leadline.leads.recipients import lead_as_recipient
from leadline.marketing.actions import send_mail
from leadline.marketing.models import MailTemplate
from leadline.marketing.queries import composed_for, text_for
from leadline.marketing.recipients import Recipient, recipients_at


def templates() -> list[tuple[str, str]]:
    """The templates in use."""
    return [(str(each.pk), each.name) for each in MailTemplate.objects.current().order_by("name", "pk")]


def _recipient_of(case: Case) -> Recipient | None:
    """Where a letter goes; none where there is no address."""
    if case.lead_id is not None:
        lead = Lead.objects.filter(pk=case.lead_id).select_related("owner", "stage").first()
        return lead_as_recipient(lead) if lead is not None and lead.email else None
    customer = Customer.objects.filter(pk=case.subject.id).select_related("owner").first()
    found = recipients_at(customer) if customer is not None else []
    return found[0] if found else None


def _send(cases: Sequence[Case], params: Params, by: Actor) -> list[Outcome]:
    template = MailTemplate.objects.current().filter(pk=params["template"]).prefetch_related("texts").first()
    if template is None:
        raise RuleBroken(_("The e-mail template that this rule names is not in use any more."), field="steps")
    return [_send_to(_recipient_of(case), case, template, by) for case in cases]


def _send_to(recipient: Recipient | None, case: Case, template: MailTemplate, by: Actor) -> Outcome:
    if recipient is None:
        return Outcome(_("No e-mail: there is no address"), ok=False)
    text = text_for(template, recipient.language)
    letter = composed_for(text, recipient, by.user)
    cause = f"{case.run_key}:{template.pk}".replace(" ", "")
    send_mail(
        recipient,
        subject=letter.subject,
        body=letter.body,
        cause=cause[:100],
        template=template,
        language=text.language,
        by=by,
    )
    return Outcome(_("Sent “%(template)s”") % {"template": template.name})


register_step(
    Step(
        "email",
        gettext_lazy("Send an e-mail"),
        "mail",
        ("lead", "customer"),
        (Setting("template", gettext_lazy("Template"), "choice", templates),),
        _send,
        lambda shown: _("send the e-mail “%(template)s”") % shown,
    )
)
