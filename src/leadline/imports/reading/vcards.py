"""Contact cards (vCard 2.1, 3.0, 4.0) as rows: streamed, one row for each card, photos passed over (SIG-12).

The formats are RFC 6350 (4.0), RFC 2426 (3.0) and the older 2.1 with its quoted-printable and charsets.
"""

from __future__ import annotations

import binascii
import csv
import quopri
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from leadline.imports.reading.encodings import WESTERN, Repairs, guess_encoding, text_of
from leadline.imports.reading.workbooks import Sheet, Workbook

HEADER = (
    "Card name", "First name", "Last name", "Card e-mail", "Card e-mail 2", "Card e-mail 3", "Card phone",
    "Card phone 2", "Card phone 3", "Organisation", "Department", "Job title", "Website", "Street", "City",
    "Region", "Postcode", "Country", "Note", "Categories", "Birthday", "Card id",
)  # fmt: skip
LINES = re.compile(r"\r\n|\n|\r")
NEVER_READ = ("PHOTO", "LOGO", "SOUND", "KEY", "X-MS-CARDPICTURE", "X-MS-OL-DESIGN")
NOT_SPOKEN = {"FAX", "PAGER", "MODEM", "VIDEO", "BBS"}
LONGEST_VALUE = 1 << 20  # signs; what is longer is no text that a person wrote


@dataclass
class Property:
    """One line of a card: its name, what was said about it, its value as written."""

    name: str
    value: str
    types: frozenset[str] = frozenset()
    encoding: str = ""
    charset: str = ""
    preference: int = 100

    def text(self) -> str:
        """The value, decoded."""
        if self.encoding in ("QUOTED-PRINTABLE", "Q"):
            raw = quopri.decodestring(self.value.encode("utf-8", "surrogatepass"))
            return _decoded(raw, self.charset)
        if self.encoding in ("BASE64", "B"):
            try:
                return _decoded(binascii.a2b_base64("".join(self.value.split())), self.charset)
            except binascii.Error:
                return ""
        if self.charset and self.charset not in ("UTF-8", "US-ASCII") and not self.value.isascii():
            return _read_in(self.value, self.charset)
        return self.value

    def parts(self, sign: str = ";") -> list[str]:
        """The parts of a structured value, each as plain text."""
        return [_plain(part) for part in re.split(rf"(?<!\\){sign}", self.text())]


@dataclass
class Card:
    """The properties of one card."""

    properties: list[Property] = field(default_factory=list)

    def all(self, name: str) -> list[Property]:
        """Those of a name, the preferred first, in the order of the card."""
        found = [one for one in self.properties if one.name == name and one.value.strip()]
        return sorted(found, key=lambda one: one.preference)

    def text(self, name: str) -> str:
        """The first value of a name as plain text."""
        return next((_plain(one.text()) for one in self.all(name)), "")


def convert(path: Path, target: Path, encoding: str = "") -> Workbook:
    """Write cards as CSV to `target`, one row each; returns what was read as a sheet of its own."""
    count = 0
    with target.open("w", encoding="utf-8", errors="replace", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for card in cards(text_of(path, encoding or guess_encoding(path).encoding, Repairs())):
            writer.writerow(row_of(card))
            count += 1
    return Workbook([Sheet("vCard")], "vCard", count)


def cards(pieces: Iterable[str]) -> Iterator[Card]:
    """Each card; one that does not end, ends where the next begins. Cards within a card are passed over."""
    card: Card | None = None
    inside = 0  # cards within the card
    for one in _properties(pieces):
        begins = one.name == "BEGIN" and one.value.strip().upper() == "VCARD"
        ends = one.name == "END" and one.value.strip().upper() == "VCARD"
        if begins and card is not None and card.properties and card.properties[-1].name == "AGENT":
            inside += 1
        elif begins:
            if card is not None:
                yield card
            card, inside = Card(), 0
        elif ends and inside:
            inside -= 1
        elif ends and card is not None:
            yield card
            card = None
        elif card is not None and not inside:
            card.properties.append(one)
    if card is not None:
        yield card


def row_of(card: Card) -> list[str]:
    """A card in the order of `HEADER`."""
    name = (card.all("N") or [Property("N", "")])[0].parts()
    family, given, middle = ([*name, "", "", ""])[:3]
    organisation = (card.all("ORG") or [Property("ORG", "")])[0].parts()
    whole = card.text("FN") or " ".join(filter(None, (given, middle, family))) or card.text("NICKNAME")
    if not whole:
        whole = organisation[0]
    emails = _spread([_address(one) for one in card.all("EMAIL")], 3)
    phones = [_address(one) for one in card.all("TEL") if not one.types & NOT_SPOKEN]
    return [
        *(whole, given, family, *emails, *_spread(phones, 3)),
        *(
            organisation[0],
            ", ".join(filter(None, organisation[1:])),
            card.text("TITLE") or card.text("ROLE"),
        ),
        *(card.text("URL"), *_place(card), card.text("NOTE")),
        ", ".join(filter(None, (part for one in card.all("CATEGORIES") for part in one.parts(",")))),
        *(card.text("BDAY"), card.text("UID").replace(",", " ")),
    ]


def _place(card: Card) -> list[str]:
    """Street, city, region, postcode, country; of the place of work rather than of the home."""
    found = sorted(card.all("ADR"), key=lambda one: "WORK" not in one.types)
    parts = [*(found[0].parts() if found else []), *[""] * 7]
    box, extended, street = parts[:3]
    lines = ", ".join(filter(None, (street.replace("\n", ", "), extended, box)))
    return [lines, *parts[3:7]]


def _address(one: Property) -> str:
    """An e-mail or phone without the scheme that 4.0 may put before it."""
    text = _plain(one.text()).strip()
    scheme, colon, rest = text.partition(":")
    return rest.strip() if colon and scheme.lower() in ("tel", "mailto") else text


def _spread(values: list[str], places: int) -> list[str]:
    different = list(dict.fromkeys(filter(None, values)))
    return [*different, *[""] * places][:places]


def _properties(pieces: Iterable[str]) -> Iterator[Property]:
    lines = (line for piece in pieces for line in LINES.split(piece.removesuffix("\n").removesuffix("\r")))
    one: Property | None = None
    size = 0
    for line in lines:
        soft = one is not None and one.encoding == "QUOTED-PRINTABLE" and one.value.endswith("=")
        folded = line[:1] in (" ", "\t")
        if one is not None and (soft or folded):
            size += len(line)
            if one.name not in NEVER_READ and size <= LONGEST_VALUE:
                one.value = one.value[:-1] + line if soft else one.value + line[1:]
            continue
        if one is not None and one.encoding in ("BASE64", "B") and line and ":" not in line:
            continue  # 2.1 lets the lines of a picture stand without a blank before them
        if one is not None:
            yield _fit(one)
        one, size = _property(line), len(line)
    if one is not None:
        yield _fit(one)


def _fit(one: Property) -> Property:
    if one.name in NEVER_READ or len(one.value) > LONGEST_VALUE:
        one.value = ""
    return one


def _property(line: str) -> Property | None:
    """A line taken apart: `item1.EMAIL;TYPE=work,pref:ana@example.org`."""
    head, colon, value = _split_head(line)
    if not colon:
        return None
    name, *said = head.split(";")
    one = Property(name.rpartition(".")[2].strip().upper(), value)
    types: set[str] = set()
    for parameter in said:
        key, equals, given = parameter.partition("=")
        key, words = (key.strip().upper(), given) if equals else ("TYPE", key)
        words = words.strip().strip('"').upper()
        if key == "ENCODING" or words in ("QUOTED-PRINTABLE", "BASE64"):
            one.encoding = words
        elif key == "CHARSET":
            one.charset = words
        elif key == "PREF" and words.isascii() and words.isdecimal():
            one.preference = min(one.preference, int(words[:3]))
        elif key == "TYPE":
            types |= {word.strip() for word in words.split(",")}
    if "PREF" in types:
        one.preference = min(one.preference, 1)
    one.types = frozenset(types)
    return one


def _split_head(line: str) -> tuple[str, str, str]:
    """Before and after the first colon that stands outside of quotation marks."""
    if '"' not in line.partition(":")[0]:
        return line.partition(":")
    quoted = False
    for place, sign in enumerate(line[:1000]):
        if sign == '"':
            quoted = not quoted
        elif sign == ":" and not quoted:
            return line[:place], ":", line[place + 1 :]
    return line.partition(":")


def _plain(text: str) -> str:
    r"""Text without its escapes: \n is a line break, \, \; and \\ are the sign itself."""
    if "\\" not in text:
        return text.strip()
    return re.sub(
        r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text, flags=re.DOTALL
    ).strip()


def _decoded(raw: bytes, charset: str) -> str:
    for encoding in (charset or "utf-8", "utf-8"):
        try:
            return raw.decode(encoding)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return raw.decode(WESTERN)


def _read_in(text: str, charset: str) -> str:
    """Text of a line that was read as Windows-1252 because it is no UTF-8, in the charset that it names."""
    try:
        return text.encode(WESTERN).decode(charset)
    except (LookupError, UnicodeError, ValueError):
        return text
