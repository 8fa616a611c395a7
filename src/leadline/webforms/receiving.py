"""The door for visitors, shared by the page and the API: counted, then taken by the house."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest

from leadline.core.actions import Actor, Via
from leadline.people.models import User
from leadline.people.signing.actions.throttling import Limit, charge
from leadline.people.signing.origin import address_of, network_of
from leadline.webforms import actions
from leadline.webforms.actions.taking import Sent
from leadline.webforms.models import Submission, WebForm

FREE, LONGEST = 30, 15 * 60
MOST_BYTES = 64 * 1024


def receive(
    form: WebForm,
    request: HttpRequest,
    answers: Mapping[str, Any],
    *,
    ticked: Sequence[int],
    trap: str,
    stamp: str,
    language: str,
    via: Via = "web",
) -> Submission:
    """Take what a visitor sent, in the name of the house: no session and no cookie counts here.

    Thirty an hour from one address cost no waiting, each further one doubles it: raises `TooManyTries`.
    Raises `RulesBroken` by field.
    """
    by = house_of(form, via)
    network = network_of(address_of(request))
    charge([Limit(f"web-form:{network}", free=FREE, longest=LONGEST)], by=by)
    sent = Sent(answers, ticked, trap=trap, stamp=stamp, language=language, network=network)
    return actions.take_submission(form, sent, by=by)


def house_of(form: WebForm, via: Via = "web") -> Actor:
    """The house, acting for visitors of a form."""
    return Actor(User.objects.house(), via=via, trace=f"web_form:{form.pk}")
