"""E-mail addresses in lower case, as they are matched; what is no address is refused (CUS-2)."""

import re
import unicodedata

from django.utils.translation import gettext as _
from email_validator import EmailNotValidError, validate_email

from leadline.core.refusals import RuleBroken

LONGEST = 254

# What nearly all addresses look like. The rest, as with letters beyond ASCII, goes to the full validator.
_USUAL = re.compile(
    r"[a-z0-9_+-]+(?:[.'&/=!#$%*?^`{|}~][a-z0-9_+-]+)*"
    r"@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,58}[a-z0-9])\Z"
)
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")


def clean_email(text: str, field: str = "email") -> str:
    """The address as it is stored; raises `RuleBroken` naming the field and what was typed.

    Whether the address can be delivered to is not asked: that takes the network.
    """
    address = text.strip().lower()
    if len(address) <= LONGEST and _USUAL.match(address):
        return address
    return _clean_unusual(text, field)


def _clean_unusual(text: str, field: str) -> str:
    address = _INVISIBLE.sub("", text).strip().removeprefix("mailto:")
    if address.startswith("<") and address.endswith(">"):
        address = address[1:-1].strip()
    if not address:
        raise RuleBroken(_("Give an e-mail address."), field=field, value=text)
    if len(address) > LONGEST:
        raise RuleBroken(_("An e-mail address has at most 254 characters."), field=field, value=text)
    try:
        found = validate_email(address, check_deliverability=False).normalized
    except EmailNotValidError:
        message = _("“{value}” is not an e-mail address. Write it like anna@example.com.")
        raise RuleBroken(message.format(value=text.strip()), field=field, value=text) from None
    return unicodedata.normalize("NFC", found.lower())
