"""Writing to somebody, from the page of a customer or of what stands above, and what one sent."""

import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from leadline.core.actions import Actor, require
from leadline.core.answers import answer, asked_by_htmx, refuse
from leadline.core.ids import numeric_id
from leadline.core.mail import can_send
from leadline.core.organisation import organisation
from leadline.core.prose import prose
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.customers.actions.picking import require_may
from leadline.customers.models import Customer
from leadline.customers.queries.seeing import customer_seen_by
from leadline.marketing import actions, policies
from leadline.marketing.forms import WriteForm
from leadline.marketing.models import MailTemplate, Sending
from leadline.marketing.queries import composed_for, templates_to_choose, text_for
from leadline.marketing.recipients import Recipient, recipients_at

NEWEST = 100


@dataclass(frozen=True)
class Writing:
    """To whom one writes on which page: the address of the dialog, and where one comes back to.

    `changed` names the panels to renew; `whole` is the page around the dialog for who works without script,
    and `context` what it wants.
    """

    recipients: list[Recipient]
    address: str
    changed: str
    back: str
    whole: str
    context: dict[str, Any]


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: Request, pk: int) -> HttpResponse:
    """A letter to the customer or a contact: choose a template, change the words, send."""
    customer = _customer(request, pk)
    writing = Writing(
        recipients=recipients_at(customer),
        address=reverse("marketing:write", args=[pk]),
        changed="customer",
        back=reverse("customers:page", args=[pk]),
        whole="customers/dialog_page.html",
        context={"customer": customer},
    )
    return write_to(request, writing)


def write_to(request: Request, writing: Writing) -> HttpResponse:
    """The dialog of a letter: shown, filled anew by another choice, sent."""
    recipients, templates = writing.recipients, templates_to_choose(request.user)
    is_sent = request.method == "POST" and "fill" not in request.POST
    form = WriteForm(request.POST if is_sent else None, initial=_initial(request, recipients, templates))
    form.offering(
        [(each.key, _called(each)) for each in recipients],
        [(each.pk, each.name) for each in templates],
        _written_in(form, templates),
        address=writing.address,
    )
    if is_sent and form.run(_send, recipients, templates, by=request.actor):
        toast = _("The e-mail is on its way.")
        done = {"changed": writing.changed, "toast": toast, "otherwise": writing.back}
        return answer(request, "customers/_done.html", {}, **done)
    return _shown(request, writing, form, is_sent=is_sent)


@require_safe
def sent(request: Request) -> HttpResponse:
    """What one sent lately, and whether it arrived at the mail server."""
    require(policies.may_see_templates(request.user))
    rows = Sending.objects.visible_to(request.user).select_related("mail", "template", "user")
    context = {"sendings": list(rows.order_by("-id")[:NEWEST]), "can_send": can_send(), "newest": NEWEST}
    return render(request, "marketing/sent.html", context)


def _send(
    recipients: list[Recipient],
    templates: list[MailTemplate],
    *,
    to: str,
    template: int | None,
    by: Actor,
    **letter: str,
) -> Sending:
    found = next((each for each in recipients if each.key == to), None)
    if found is None:
        raise RuleBroken(_("Choose somebody with an address."), field="to", value=to)
    used = next((each for each in templates if each.pk == template), None)
    return actions.send_mail(found, template=used, by=by, **letter)


def _initial(request: Request, recipients: list[Recipient], templates: list[MailTemplate]) -> dict[str, Any]:
    """What stands in the form: a template fills subject and text, in the recipient's language or one asked.

    What somebody changed by hand is replaced only by choosing another template.
    """
    given = request.POST if request.method == "POST" else request.GET
    asked = given.get("fill", "template")
    recipient = _recipient(given.get("to", ""), recipients)
    key = numeric_id(given.get("template", ""))
    template = next((each for each in templates if each.pk == key), None)
    theirs = recipient.language if recipient else ""
    chosen = "" if asked == "to" else given.get("language", "")
    language = chosen or theirs or organisation().language
    subject, body = given.get("subject", ""), given.get("body", "")
    shown = {
        "to": recipient.key if recipient else "",
        "template": template.pk if template else "",
        "language": language,
        "subject": subject,
        "body": body,
        "cause": given.get("cause") or f"form:{request.user.pk}:{secrets.token_urlsafe(12)}",
    }
    is_untouched = given.get("as_filled", "") == digest_of(subject, body)
    wanted = asked == "template" or (asked in ("to", "language") and is_untouched)
    if template is not None and recipient is not None and wanted:
        letter = composed_for(text_for(template, language), recipient, request.user)
        shown |= {"language": letter.language, "subject": letter.subject, "body": letter.body}
        shown["as_filled"] = digest_of(letter.subject, letter.body)
    return {"as_filled": given.get("as_filled", ""), **shown}


def digest_of(subject: str, body: str) -> str:
    """By which it is seen whether somebody changed what a template filled in."""
    words = f"{subject}\0{body}".replace("\r\n", "\n")
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def _recipient(key: str, recipients: list[Recipient]) -> Recipient | None:
    chosen = next((each for each in recipients if each.key == key), None)
    allowed = [each for each in recipients if each.may]
    return chosen or next(iter(allowed or recipients), None)


def _written_in(form: WriteForm, templates: list[MailTemplate]) -> list[str]:
    key = numeric_id(str(form["template"].value() or ""))
    template = next((each for each in templates if each.pk == key), None)
    return [text.language for text in template.texts.all()] if template else []


def _called(recipient: Recipient) -> str:
    words = f"{recipient.name} <{recipient.email}>"
    return words if recipient.may else f"{words} – {recipient.may.why_not}"


def _customer(request: Request, pk: int) -> Customer:
    customer = customer_seen_by(request.user, pk)
    if customer is None:
        raise Http404
    require_may(customer, "log", by=request.actor)
    return customer


def _shown(request: Request, writing: Writing, form: WriteForm, *, is_sent: bool) -> HttpResponse:
    part = "marketing/_write.html"
    context = {
        **writing.context,
        "form": form,
        "address": writing.address,
        "recipient": _recipient(str(form["to"].value() or ""), writing.recipients),
        "as_filled": form.initial.get("as_filled") or request.POST.get("as_filled", ""),
        "preview": prose(str(form["body"].value() or "")) if request.POST.get("fill") == "look" else "",
        "can_send": can_send(),
        "part": part,
        "back": writing.back,
        "refusal": form.refusal,
    }
    whole = part if asked_by_htmx(request) else writing.whole
    return (refuse if is_sent else render)(request, whole, context)
