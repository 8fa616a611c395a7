"""/lead-letters: which e-mails leads get by themselves (LEA-3, LEA-5)."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import answer
from leadline.api.bodies import id_in, object_of, only
from leadline.api.describing.operations import fields, ref, says
from leadline.api.listing import parameters_of
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.leads import actions
from leadline.leads.queries.letters import PROVIDED, letters
from leadline.marketing.models import MailTemplate

router = Router(tags=["leads"])
LETTERS = ref("LeadLetters")
TEMPLATE = {"type": ["integer", "null"], "description": "Id of an e-mail template; null sends none."}


@router.get("", summary="Read which e-mails leads get by themselves", **says(gives=LETTERS))
def get_letters(request: Request) -> HttpResponse:
    """Ids of templates; null where an e-mail is switched off."""
    parameters_of(request, ())
    return answer(_told())


@router.put(
    "",
    summary="Choose which e-mails leads get by themselves",
    **says(
        gives=LETTERS,
        takes=fields(dict.fromkeys(PROVIDED, TEMPLATE), *PROVIDED),
        example={"welcome": None, "reach_you": None},
    ),
)
def set_letters(request: Request) -> HttpResponse:
    """For administrators. Each place of a template needs words for when nothing is known."""
    given = only(object_of(request), PROVIDED)
    chosen = {letter: _template_in(given, letter) for letter in PROVIDED}
    actions.set_letters(welcome=chosen["welcome"], reach_you=chosen["reach_you"], by=request.actor)
    return answer(_told())


def _told() -> dict[str, Any]:
    return {letter: template.pk if template else None for letter, template in letters().items()}


def _template_in(given: dict[str, Any], letter: str) -> MailTemplate | None:
    if letter not in given:
        raise RuleBroken(_("Give the id of a template, or null for no e-mail."), field=letter)
    if given[letter] is None:
        return None
    key = id_in(given, letter)
    template = MailTemplate.objects.current().filter(pk=key).first()
    if template is None:
        message = _("There is no template with the id %(id)s in use.") % {"id": key}
        raise RuleBroken(message, field=letter, value=key)
    return template
