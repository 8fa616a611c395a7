"""What makes a submission look like spam; a sign alone never throws it away (LEA-2)."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from leadline.webforms.models import Submission
from leadline.webforms.stamps import sign_of_stamp

WITHIN = timedelta(minutes=10)
MOST_FROM_ONE = 5  # submissions of one address within ten minutes
MOST_LINKS = 2
SIGNS = {
    "trap": _("filled a field that people do not see"),
    "unstamped": _("was not sent from the form’s page"),
    "fast": _("was sent sooner than a person can type"),
    "old": _("the page was open for more than a day"),
    "many": _("many came from the same address within minutes"),
    "links": _("many links"),
    "markup": _("links written as code"),
}
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
_MARKUP = re.compile(r"<\s*a\s|\[\s*(url|link)\b", re.IGNORECASE)
_SHORT = ("name", "company", "phone")  # where nobody writes a link


def signs_of(
    form_key: str, answers: Mapping[str, object], *, trap: str, stamp: str, network: str, at: datetime
) -> list[str]:
    """The signs by which a submission is held back, in the order of `SIGNS`; none lets it through."""
    text = "\n".join(str(value) for value in answers.values())
    found = {
        "trap": bool(trap.strip()),
        sign_of_stamp(stamp, form_key, at): True,
        "many": _came_from(network, at) >= MOST_FROM_ONE,
        "links": len(_LINK.findall(text)) > MOST_LINKS
        or any(_LINK.search(str(answers.get(name, ""))) for name in _SHORT),
        "markup": bool(_MARKUP.search(text)),
    }
    return [sign for sign in SIGNS if found.get(sign)]


def _came_from(network: str, at: datetime) -> int:
    if not network:
        return 0
    return int(Submission.objects.filter(network=network, at__gt=at - WITHIN).count())
