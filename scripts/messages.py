"""Collect the texts for translation, bring the translations up to date, and compile them.

Usage: python scripts/messages.py

A text that is no more leaves the translations; a new one stands there without a translation, which
tests/house/test_translations.py refuses. Nothing is guessed ("fuzzy"), and no line says when or from where:
two people who add texts change no line in common.
"""

import os
import tempfile
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src/leadline"
LOCALES = SOURCES / "locale"
# English is what the sources say. Babel takes two forms of number for granted where it knows none.
LANGUAGES = {"id": "nplurals=1; plural=0;"}
KEYWORDS = DEFAULT_KEYWORDS | parse_keywords(
    ["gettext_lazy", "ngettext_lazy:1,2", "pgettext_lazy:1c,2", "npgettext_lazy:1c,2,3"]
)
WIDTH = 110


def collected() -> Catalog:
    """Every text of the sources, with the places where it stands."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    texts = Catalog()
    found = extract_from_dir(SOURCES, methods, options, KEYWORDS)
    for name, line, text, _comments, context in found:
        texts.add(text, locations=[(name, line)], context=context)
    return texts


def place_of(language: str) -> Path:
    """Where the translations into a language stand."""
    return LOCALES / language / "LC_MESSAGES/django.po"


def translations(language: str) -> Catalog:
    """The translations into a language as they are kept; empty before the first."""
    place = place_of(language)
    if not place.exists():
        return _empty(language)
    with place.open("rb") as file:
        return read_po(file, locale=language)


def renewed(language: str, texts: Catalog) -> Catalog:
    """Today's texts, with the translations that they have."""
    kept, new = translations(language), _empty(language)
    for text in sorted(texts, key=lambda text: (_first(text.id), text.context or "")):
        if text.id:
            known = kept.get(text.id, text.context)
            new.add(text.id, known.string if known else "", context=text.context)
    return new


def write(language: str, texts: Catalog) -> None:
    """Keep translations: the file, with a head that says no more than programs need."""
    place = place_of(language)
    place.parent.mkdir(parents=True, exist_ok=True)
    head = (
        f"# {Locale.parse(language).english_name} texts of Leadline.\n"
        'msgid ""\n'
        'msgstr ""\n'
        f'"Language: {language}\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Plural-Forms: {texts.plural_forms}\\n"\n\n'
    )
    with place.open("wb") as file:
        file.write(head.encode())
        write_po(file, texts, width=WIDTH, no_location=True, omit_header=True)


def compiled(language: str) -> Path:
    """The translations as programs read them, made anew when they are older than their source."""
    source = place_of(language)
    made = source.with_suffix(".mo")
    if not made.exists() or made.stat().st_mtime <= source.stat().st_mtime:
        # Whoever reads meanwhile reads the old file or the new one, never half of one.
        with tempfile.NamedTemporaryFile(dir=made.parent, delete=False) as file:
            write_mo(file, translations(language))
        Path(file.name).chmod(0o644)
        os.replace(file.name, made)
    return made


def _empty(language: str) -> Catalog:
    made = Catalog(locale=language, fuzzy=False)
    made.mime_headers = [("Plural-Forms", LANGUAGES[language])]
    return made


def _first(text: str | list[str] | tuple[str, ...]) -> str:
    return text if isinstance(text, str) else text[0]


def main() -> None:
    texts = collected()
    for language in LANGUAGES:
        new = renewed(language, texts)
        write(language, new)
        compiled(language)
        missing = [text.id for text in new if text.id and not _first(text.string or "")]
        print(f"{language}: {len(new) - len(missing)} of {len(new)} texts are translated.")
        for text in missing:
            print(f"  missing: {_first(text)}")


if __name__ == "__main__":
    main()
