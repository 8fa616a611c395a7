"""Phone numbers as E.164, read by the rules of the country they were typed in (CUS-2).

A number with an extension is kept as `+16502530000;ext=12` (RFC 3966).
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, timezone

_E164 = re.compile(r"\+[1-9][0-9]{6,14}\Z")
_NOT_A_DIGIT = re.compile(r"[^0-9]+")
_LABEL = re.compile(r"\A\s*(?:tel|telp|telepon|telefon|phone|mobile|cell|hp|wa|whatsapp)\b\.?\s*:?\s*", re.I)
# Signs, and at most an extension: whatever says more ("after 5 pm", a second number) is kept as it was typed.
_PLAIN = re.compile(r"\+?[0-9\s()\[\]./*·_-]+(?:(?:;ext=|ext\.?|extension|x|#)\s*[0-9]{1,7})?\s*\Z", re.I)
_USUAL = re.compile(r"[0-9(][0-9 ().-]{5,20}\Z")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_MOST_PREFIX_DIGITS = 5
_MOST_TRIES = 1_000  # candidates in a text that turn out to be none


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as it is stored: E.164 when understood, else the text as typed."""

    value: str
    understood: bool


_NONE = Phone("", True)


def parse_phone(text: str, country: str) -> Phone:
    """Read a number typed in a country (ISO 3166-1 alpha-2); nothing typed is understood as no number."""
    if _E164.match(text) and _has_a_possible_length(text):
        return Phone(text, True)
    usual = _read_usual(text, country)
    if usual:
        return Phone(usual, True)
    return _read(text.strip(), country.upper()) if text and not text.isspace() else _NONE


def phones_in(text: str, country: str) -> list[str]:
    """The numbers that stand in a text, as E.164 and in their order; only such as are given out somewhere."""
    matches = phonenumbers.PhoneNumberMatcher(text, country.upper() or None, max_tries=_MOST_TRIES)
    return [phonenumbers.format_number(match.number, PhoneNumberFormat.E164) for match in matches]


def is_country(code: str) -> bool:
    """Whether two letters name a country with a plan of numbers."""
    return code in phonenumbers.SUPPORTED_REGIONS


def digits(text: str) -> str:
    """Just the digits, in any script: what numbers are searched by."""
    if not text.isascii():
        text = "".join(str(unicodedata.digit(sign, "")) for sign in text)
    return _NOT_A_DIGIT.sub("", text)


@lru_cache(maxsize=8192)
def format_phone(value: str, country: str = "") -> str:
    """A stored number for the eye: as written in its own country there, internationally elsewhere."""
    number = _number(value, None)
    if number is None or not value.startswith("+"):
        return value
    at_home = country and phonenumbers.country_code_for_region(country.upper()) == number.country_code
    form = PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, form)


@lru_cache(maxsize=8192)
def time_zone_of(value: str) -> str:
    """The time zone that a stored number tells; empty when it tells none or more than one."""
    number = _number(value, None)
    if number is None:
        return ""
    zones = timezone.time_zones_for_number(number)
    return zones[0] if len(zones) == 1 and zones[0] != "Etc/Unknown" else ""


def _read_usual(text: str, country: str) -> str:
    """E.164 for a number written the usual way at home (0812-3456-7890), at a tenth of the cost."""
    known = _dialling(country) if _USUAL.match(text) else None
    if known is None:
        return ""
    number = _NOT_A_DIGIT.sub("", text)
    if not number.startswith(known.prefix) or known.abroad.match(number):
        return ""
    rest = number[len(known.prefix) :]
    if rest.startswith(known.prefix):  # the prefix twice, or once and the country's code
        return ""
    value = f"+{known.code}{rest}"
    return value if _E164.match(value) and _has_a_possible_length(value) else ""


@dataclass(frozen=True, slots=True)
class _Dialling:
    code: int
    prefix: str
    abroad: re.Pattern[str]


@lru_cache(maxsize=512)
def _dialling(country: str) -> _Dialling | None:
    """How a country dials, if its rule is just one prefix before the number."""
    metadata = phonenumbers.PhoneMetadata.metadata_for_region(country.upper(), None)
    if metadata is None or metadata.national_prefix is None:
        return None
    if (
        metadata.national_prefix_for_parsing != metadata.national_prefix
        or metadata.national_prefix_transform_rule
    ):
        return None
    return _Dialling(
        phonenumbers.country_code_for_region(country.upper()),
        metadata.national_prefix,
        re.compile(metadata.international_prefix or "00"),
    )


@lru_cache(maxsize=16384)
def _read(text: str, country: str) -> Phone:
    plain = _LABEL.sub("", unicodedata.normalize("NFKC", text).translate(_DASHES)).removeprefix("tel:")
    plain = plain.strip().removesuffix(".0") if plain.count(".") == 1 else plain.strip()
    if not _PLAIN.match(plain):
        return Phone(text, False)
    number = _dialled_from_abroad(plain) or _number(plain, country)
    if number is None or _says_more(plain, number):
        return Phone(text, False)
    value = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    if not _has_a_possible_length(value) and value != _again(value):  # 00 where one 0 is dialled
        return Phone(text, False)
    return Phone(f"{value};ext={number.extension}" if number.extension else value, True)


def _number(text: str, country: str | None) -> PhoneNumber | None:
    try:
        number = phonenumbers.parse(text, country)
    except NumberParseException:
        return None
    return number if phonenumbers.is_possible_number(number) else None


def _again(e164: str) -> str:
    number = _number(e164, None)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164) if number else ""


def _dialled_from_abroad(text: str) -> PhoneNumber | None:
    """00 stands for + in writing, also where the country's own dialling prefix is another."""
    return _number("+" + text[2:], None) if text.startswith("00") else None


def _says_more(text: str, number: PhoneNumber) -> bool:
    """Whether the text holds more digits than this number and a prefix, so a second number may be in it."""
    known = len(str(number.country_code)) + len(phonenumbers.national_significant_number(number))
    return len(digits(text)) > known + len(number.extension or "") + _MOST_PREFIX_DIGITS


def _has_a_possible_length(e164: str) -> bool:
    """For a number that is E.164 already: as exact as reading it anew, at a tenth of the cost."""
    for size in (1, 2, 3):
        lengths = _possible_lengths(int(e164[1 : size + 1]))
        if lengths:
            return e164[size + 1] != "0" and len(e164) - size - 1 in lengths
    return False


@lru_cache(maxsize=1000)
def _possible_lengths(calling_code: int) -> frozenset[int]:
    region = phonenumbers.region_code_for_country_code(calling_code)
    if region == "ZZ":
        return frozenset()
    metadata = phonenumbers.PhoneMetadata.metadata_for_region_or_calling_code(calling_code, region)
    known = metadata.general_desc if metadata else None
    return frozenset(known.possible_length) if known else frozenset()
