"""/mail-templates, /sent-mail, and writing to a customer or a contact (TIM-3, PPL-8)."""

import secrets
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import answer, answer_record, locked
from leadline.api.bodies import id_in, object_of, only, text_in
from leadline.api.describing.mail import TEXTS
from leadline.api.describing.operations import PAGING, fields, ref, says
from leadline.api.describing.operations import list_of as described_list
from leadline.api.listing import parameters_of, plain_list_of
from leadline.api.resources.seeing import contact_seen, customer_seen, seen
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.marketing import actions
from leadline.marketing.models import MailTemplate, Sending
from leadline.marketing.queries import composed_for, text_for
from leadline.marketing.recipients import Recipient, contact_as_recipient, customer_as_recipient

templates = Router(tags=["mail"])
sent = Router(tags=["mail"])
of_customer = Router(tags=["mail"])
of_contact = Router(tags=["mail"])
TEMPLATE, SENT = ref("MailTemplate"), ref("SentMail")
SETTABLE: dict[str, Any] = {
    "name": {"type": "string", "maxLength": 80},
    "purpose": {"type": "string", "maxLength": 300},
    "texts": TEXTS,
}
WORDS = {"en": {"subject": "Hello {{ first_name }}", "body": "Thank you for your time today."}}
WITHOUT_ANSWERS = says(gives=TEMPLATE, takes=fields({}), example={}, optional=True, versioned=True)
LETTER = says(
    gives=SENT,
    status=201,
    takes=fields(
        {
            "template": {
                "type": "integer",
                "description": "Gives subject and text where they are not given.",
            },
            "language": {"type": "string", "description": "The recipient's own where it is not given."},
            "subject": {"type": "string", "maxLength": 200},
            "body": {"type": "string", "maxLength": 20_000, "description": "Markdown."},
        }
    ),
    example={"subject": "Our call", "body": "As promised: the offer comes **tomorrow**."},
)


@templates.get("", summary="List e-mail templates", **says(gives=described_list(TEMPLATE), query=PAGING))
def list_templates(request: Request) -> HttpResponse:
    """All, archived ones too, the newest first."""
    rows = MailTemplate.objects.visible_to(request.user).prefetch_related("texts")
    return plain_list_of(request, rows, _shown)


@templates.post(
    "",
    summary="Add an e-mail template",
    **says(
        gives=TEMPLATE,
        status=201,
        takes=fields(SETTABLE, "name", "texts"),
        example={"name": "After a call", "texts": WORDS},
        versioned=True,
    ),
)
def add_template(request: Request) -> HttpResponse:
    """Places such as {{ first_name }} are filled when it is sent; one that is not known is refused."""
    given = only(object_of(request), SETTABLE)
    made = actions.add_template(**{"name": "", "texts": {}, **_read(given)}, by=request.actor)
    return _answered(request, made, status=201)


@templates.get(
    "/{int:template_id}", summary="Read an e-mail template", **says(gives=TEMPLATE, versioned=True)
)
def get_template(request: Request, template_id: int) -> HttpResponse:
    """One template with its texts, archived or not."""
    parameters_of(request, ())
    return _answered(request, _template(request, template_id))


@templates.patch(
    "/{int:template_id}",
    summary="Change an e-mail template",
    **says(gives=TEMPLATE, takes=fields(SETTABLE), example={"texts": WORDS}, versioned=True),
)
def change_template(request: Request, template_id: int) -> HttpResponse:
    """What is not given stays, other languages too. Send If-Match to overwrite nobody."""
    template = _template(request, template_id)
    given = only(object_of(request), SETTABLE)
    template = locked(request, template)
    return _answered(request, actions.change_template(template, **_read(given), by=request.actor))


@templates.post("/{int:template_id}/archive", summary="Archive an e-mail template", **WITHOUT_ANSWERS)
def archive_template(request: Request, template_id: int) -> HttpResponse:
    """Offered no more; one that is sent by itself is then not sent."""
    template = _template(request, template_id)
    only(object_of(request, optional=True), ())
    return _answered(request, actions.archive_template(template, by=request.actor))


@templates.post("/{int:template_id}/restore", summary="Restore an e-mail template", **WITHOUT_ANSWERS)
def restore_template(request: Request, template_id: int) -> HttpResponse:
    """Into use again."""
    template = _template(request, template_id)
    only(object_of(request, optional=True), ())
    return _answered(request, actions.restore_template(template, by=request.actor))


@sent.get("", summary="List e-mails that were sent", **says(gives=described_list(SENT), query=PAGING))
def list_sent(request: Request) -> HttpResponse:
    """Yours, the newest first, with what became of them; for administrators all."""
    rows = Sending.objects.visible_to(request.user).select_related("mail", "template", "user")
    return plain_list_of(request, rows, _sent)


@sent.get("/{int:sending_id}", summary="Read an e-mail that was sent", **says(gives=SENT))
def get_sent(request: Request, sending_id: int) -> HttpResponse:
    """Whether it is still waiting, was taken by the mail server, or refused."""
    parameters_of(request, ())
    return answer(
        _sent(seen(Sending.objects.select_related("mail", "template", "user"), request, sending_id))
    )


@of_customer.post("/{int:customer_id}/mail", summary="Write to a customer", **LETTER)
def write_to_customer(request: Request, customer_id: int) -> HttpResponse:
    """To its own address, noted on its timeline. Send an Idempotency-Key to be sure that it goes once."""
    return written(request, customer_as_recipient(customer_seen(request, customer_id)))


@of_contact.post("/{int:contact_id}/mail", summary="Write to a contact", **LETTER)
def write_to_contact(request: Request, contact_id: int) -> HttpResponse:
    """To the contact's address, noted on the customer's timeline. Whoever must not be mailed is refused."""
    contact = contact_seen(request, contact_id)
    return written(request, contact_as_recipient(contact, contact.customer))


def written(request: Request, recipient: Recipient) -> HttpResponse:
    """Send what the body says, or a template; answered with what became of it."""
    given = only(object_of(request), ("template", "language", "subject", "body"))
    language = text_in(given, "language") or recipient.language
    subject, body = text_in(given, "subject"), text_in(given, "body")
    template = _template_in(request, given)
    if template is not None:
        letter = composed_for(text_for(template, language), recipient, request.user)
        language, subject, body = letter.language, subject or letter.subject, body or letter.body
    done = actions.send_mail(
        recipient,
        subject=subject,
        body=body,
        language=language,
        template=template,
        cause=f"api:{request.user.pk}:{secrets.token_urlsafe(16)}",
        by=request.actor,
    )
    return answer(_sent(done), status=201, location=f"/api/v1/sent-mail/{done.pk}")


def _template_in(request: Request, given: dict[str, Any]) -> MailTemplate | None:
    if given.get("template") is None:
        return None
    key = id_in(given, "template")
    rows = MailTemplate.objects.visible_to(request.user).current().prefetch_related("texts")
    template = rows.filter(pk=key).first()
    if template is None:
        message = _("There is no template with the id %(id)s in use.") % {"id": key}
        raise RuleBroken(message, field="template", value=key)
    return template


def _read(given: dict[str, Any]) -> dict[str, Any]:
    texts: dict[str, Any] = {name: text_in(given, name) for name in ("name", "purpose") if name in given}
    return {**texts, **({"texts": _texts(given)} if "texts" in given else {})}


def _texts(given: dict[str, Any]) -> dict[str, dict[str, str]]:
    texts = given["texts"]
    if not isinstance(texts, dict) or not all(isinstance(words, dict) for words in texts.values()):
        message = _('Texts by language, such as {"en": {"subject": "…", "body": "…"}}.')
        raise RuleBroken(message, field="texts", value=str(texts)[:60])
    names = ("subject", "body")
    return {
        code: {name: text_in(only(words, names), name) for name in names} for code, words in texts.items()
    }


def _template(request: Request, key: int) -> MailTemplate:
    found: MailTemplate = seen(MailTemplate.objects.prefetch_related("texts"), request, key)
    return found


def _answered(request: Request, template: MailTemplate, *, status: int = 200) -> HttpResponse:
    template = MailTemplate.objects.prefetch_related("texts").get(pk=template.pk)
    location = f"/api/v1/mail-templates/{template.pk}" if status == 201 else ""
    return answer_record(
        request, _shown(template), version=template.version, status=status, location=location
    )


def _shown(template: MailTemplate) -> dict[str, Any]:
    return {
        "id": template.pk,
        "key": template.key,
        "name": template.name,
        "purpose": template.purpose,
        "texts": {
            text.language: {"subject": text.subject, "body": text.body} for text in template.texts.all()
        },
        "archived_at": template.archived_at,
        "created_at": template.created_at,
        "updated_at": template.updated_at,
    }


def _sent(sending: Sending) -> dict[str, Any]:
    template, user, mail = sending.template, sending.user, sending.mail
    return {
        "id": sending.pk,
        "kind": sending.kind,
        "record": sending.record_id,
        "template": {"id": template.pk, "name": template.name} if template else None,
        "language": sending.language,
        "to": sending.to,
        "subject": sending.subject,
        "state": mail.state,
        "error": mail.error,
        "by": {"id": user.pk, "email": user.email, "name": user.name},
        "created_at": sending.created_at,
        "sent_at": mail.sent_at,
    }
