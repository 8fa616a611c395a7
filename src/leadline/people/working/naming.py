"""What skills are called, so that a customer's language and industry find who knows them (PPL-1)."""

from functools import lru_cache

from babel import Locale
from babel.core import UnknownLocaleError
from django.conf import settings

from leadline.core.normalise.folding import folded


def skills_for(language: str, industry: str) -> tuple[frozenset[str], ...]:
    """What somebody should know for a language (ISO 639 code) and an industry, each by its folded names."""
    asked = (names_of_language(language), frozenset({folded(industry.strip())} - {""}))
    return tuple(names for names in asked if names)


@lru_cache(maxsize=500)
def names_of_language(code: str) -> frozenset[str]:
    """What a language is called in itself and in each of our own, folded; nothing for a code nobody knows."""
    try:
        itself = Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return frozenset()
    readers = (itself, *(Locale.parse(each, sep="-") for each, _label in settings.LANGUAGES))
    names = {folded(reader.languages.get(itself.language, "")) for reader in readers} - {""}
    return frozenset(names | {f"bahasa {name}" for name in names})  # as Indonesians and Malays say it
