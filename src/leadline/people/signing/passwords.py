"""Passwords by NIST SP 800-63B: long, not common, nothing else asked (PPL-6)."""

import re
import unicodedata
from itertools import pairwise

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leadline.core.organisation import organisation
from leadline.people.models import User

SHORTEST, LONGEST = 10, 200
_DIFFERENT = 5  # characters, below which it is one pattern repeated
_OWN = 4  # letters that must be left without the words that everybody here could guess


def normalised(password: str) -> str:
    """One form for what looks the same however a keyboard made it (NFKC)."""
    return unicodedata.normalize("NFKC", password)


def fits(user: User | None, password: str) -> bool:
    """Whether this is the user's password; for nobody it takes as long and says no."""
    if user is None or not user.has_usable_password():
        make_password(normalised(password))
        return False
    return user.check_password(normalised(password))


class NotGuessable:
    """Refuses passwords made of what all here know: organisation, product, the person's name and e-mail."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raises `ValidationError` with what to do instead."""
        if len(password) > LONGEST:
            raise ValidationError(_("A password has at most %(most)s characters.") % {"most": LONGEST})
        if len(set(password)) < _DIFFERENT or _is_a_row(password):
            raise ValidationError(
                _("This repeats a simple pattern. Take several words that do not belong together.")
            )
        rest = password.casefold()
        for word in _known_words(user):
            rest = rest.replace(word, "")
        if rest != password.casefold() and sum(map(str.isalpha, rest)) < _OWN:
            raise ValidationError(
                _("This is made of names that others know, of the organisation or yours. Add other words.")
            )

    def get_help_text(self) -> str:
        """What is asked, in words."""
        return _("Not made of the names of the organisation or yourself.")


def _known_words(user: User | None) -> list[str]:
    texts = [
        "leadline",
        organisation().name,
        getattr(user, "name", ""),
        getattr(user, "email", "").partition("@")[0],
    ]
    words = {word for text in texts for word in re.split(r"[\W_]+", text.casefold()) if len(word) > 2}
    return sorted(words, key=len, reverse=True)


def _is_a_row(password: str) -> bool:
    """Characters that follow each other, up or down: 1234567890, zyxwvutsrq."""
    steps = {ord(after) - ord(before) for before, after in pairwise(password)}
    return steps in ({1}, {-1}) or password in ("1234567890", "0987654321")
