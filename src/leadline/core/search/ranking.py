"""Best first: exact e-mail and phone, then the name, then the rest; and why a record was found (CUS-6)."""

from dataclasses import dataclass

from leadline.core.search.finding import Candidate
from leadline.core.search.searchable import Searchable
from leadline.core.search.terms import FEWEST_DIGITS, Terms

EXACT, NAME, NAME_BEGINS, NAME_WORDS, NAME_PART, ONE_LINE, SPREAD = range(7)


@dataclass(frozen=True, slots=True)
class Hit:
    """A record found: `why` is the role of the line that fits (`name`, `email`, `contact_name` …).

    `meant` is what was searched in the place of what was typed, when that was misspelt.
    """

    id: int
    why: str
    matched_text: str
    meant: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """A hit with its place: the smaller, the better."""

    place: tuple[int, str, int]
    hit: Hit


def ranked(about: Searchable, terms: Terms, candidates: list[Candidate], *, meant: str = "") -> list[Hit]:
    """The candidates as hits, best first; equals by name."""
    placed = [_placed(about, terms, candidate, meant) for candidate in candidates]
    return [each.hit for each in sorted(placed, key=lambda each: each.place)]


def _placed(about: Searchable, terms: Terms, candidate: Candidate, meant: str) -> Placed:
    lines = candidate.text.split("\n")
    score, line = _score(terms, lines)
    hit = Hit(candidate.id, about.role_of(line), lines[line], meant)
    return Placed((score, candidate.name_key, candidate.id), hit)


def _score(terms: Terms, lines: list[str]) -> tuple[int, int]:
    exact = _exact_line(terms, lines)
    if exact:
        return EXACT, exact
    name = _name_score(terms, lines[0])
    if name is not None:
        return name, 0
    for at, line in enumerate(lines):
        if all(word in line for word in terms.words):
            return ONE_LINE, at
    return SPREAD, next((at for at, line in enumerate(lines) if terms.words[0] in line), 0)


def _exact_line(terms: Terms, lines: list[str]) -> int:
    """The line after the name that is just what was typed; 0 if there is none."""
    if "@" in terms.text and terms.text in lines[1:]:
        return lines.index(terms.text, 1)
    if len(terms.phone) > FEWEST_DIGITS + 3:
        for at, line in enumerate(lines[1:], 1):
            # The digits typed are the whole number, or all of it but the country's code.
            if line.endswith(terms.phone) and line.isdigit() and len(line) - len(terms.phone) <= 3:
                return at
    return 0


def _name_score(terms: Terms, name: str) -> int | None:
    if name == terms.text:
        return NAME
    if name.startswith(terms.text):
        return NAME_BEGINS
    if not all(word in name for word in terms.words):
        return None
    spaced = f" {name}"
    return NAME_WORDS if all(f" {word}" in spaced for word in terms.words) else NAME_PART
