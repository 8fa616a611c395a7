"""What somebody stated about being reached: noted on contacts and on leads alike (PPL-8)."""

from typing import Any

from django.utils.translation import gettext as _

from leadline.api.bodies import day_in, object_of, only, text_in
from leadline.api.describing.operations import fields
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.governance.models import Channel, Consent, Contactable

NAMES = ("channel", "state", "stated_on", "source", "text_version")
STATEMENT = fields(
    {
        "channel": {"enum": Channel.values},
        "state": {"enum": Contactable.Given.values},
        "stated_on": {"type": "string", "format": "date"},
        "source": {"type": "string", "maxLength": 200},
        "text_version": {"type": "string", "maxLength": 100},
    },
    "channel",
    "state",
    "stated_on",
    "source",
)
STATED = {"channel": "email", "state": "given", "stated_on": "2026-05-03", "source": "Web form"}


def statement_in(request: Request) -> dict[str, Any]:
    """The statement that a body gives, as the actions take it. Raises `RuleBroken` without a day."""
    given = only(object_of(request), NAMES)
    texts = {name: text_in(given, name) for name in NAMES if name != "stated_on"}
    day = day_in(given, "stated_on")
    if day is None:
        raise RuleBroken(_("A day as 2030-12-31."), field="stated_on")
    return {**texts, "stated_on": day}


def consent_shown(consent: Consent) -> dict[str, Any]:
    """A statement as it is told."""
    told = (*NAMES, "recorded_at")
    return {"id": consent.pk, **{name: getattr(consent, name) for name in told}}
