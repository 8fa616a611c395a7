"""What two records are compared by, and the keys under which records that may be one meet (CUS-22)."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple
from zlib import crc32

from leadline.core.normalise.text import fold
from leadline.customers.likeness.names import words_of

# Anybody has an address there: it says nothing about a company.
FREE_MAIL = frozenset(
    """
    gmail.com googlemail.com yahoo.com yahoo.co.id yahoo.co.uk yahoo.co.jp yahoo.fr yahoo.de ymail.com
    rocketmail.com hotmail.com hotmail.co.uk hotmail.fr outlook.com outlook.co.id live.com msn.com icloud.com
    me.com mac.com aol.com gmx.de gmx.net gmx.com web.de t-online.de freenet.de mail.com mail.ru yandex.ru
    yandex.com bk.ru inbox.ru list.ru rambler.ru proton.me protonmail.com pm.me zoho.com qq.com 163.com
    126.com sina.com naver.com daum.net hanmail.net orange.fr free.fr laposte.net wanadoo.fr sfr.fr libero.it
    virgilio.it tiscali.it uol.com.br bol.com.br terra.com.br rediffmail.com seznam.cz wp.pl o2.pl onet.pl
    interia.pl telkom.net plasa.com example.com
    """.split()  # noqa: SIM905
)
_DOTS_MEAN_NOTHING = frozenset({"gmail.com", "googlemail.com"})
_NO_DIGIT = re.compile(r"[^0-9]+")
_NUMBER = re.compile(r"\d+")
PARTS = ("email", "phone", "domain", "street", "start")  # under which records meet, each by a key
_OFFSET = 2**31  # digests are unsigned, the columns of keys are not
FEWEST_DIGITS, TELLING_DIGITS = 7, 9
# What is asked for before one is added; the country first, as it says how phones are read.
ASKED = {
    "customer": ("country", "name", "email", "phone", "website", "address", "city", "postcode"),
    "contact": ("name", "email", "phone"),
}
COLUMNS = ("id", "name", "email", "phone", "website", "address", "city", "postcode", "country", "customer_id")


class Features(NamedTuple):
    """A record as it is compared: folded, without legal form, dots and blanks; empty where nothing is known.

    `within` is the customer of a contact.
    """

    id: int
    name: str
    email: str
    phone: str
    domain: str
    address: str
    city: str
    postcode: str
    country: str
    within: int = 0

    @property
    def words(self) -> list[str]:
        """The words of the name, in the order of the alphabet."""
        return self.name.split()


def features_of(record: Mapping[str, Any]) -> Features:
    """The features of a record given by its columns (`COLUMNS`); what is missing counts as empty."""
    values: list[Any] = [record.get(column) or "" for column in COLUMNS]
    key, name, *rest = values
    return features(key or 0, fold(name), *rest)


def features(
    key: int,
    folded: str,
    email: str,
    phone: str,
    website: str,
    address: str,
    city: str,
    postcode: str,
    country: str,
    within: Any = 0,
) -> Features:
    """The same from values in the order of `COLUMNS`; the name is folded already, as its sort key is."""
    email = email.strip().lower()
    return Features(
        key,
        " ".join(words_of(folded)),
        same_mailbox(email),
        telling_digits(phone) if phone else "",
        _domain(email, website),
        fold(address) if address else "",
        _folded_place(city) if city else "",
        postcode.replace(" ", "").lower(),
        country,
        within or 0,
    )


# Cities repeat.
_folded_place = lru_cache(maxsize=4096)(fold)


def same_mailbox(email: str) -> str:
    """An address as its provider reads it: what follows + is a note, and Gmail knows no dots."""
    local, at, domain = email.partition("@")
    if not at or email.endswith(".invalid"):
        return ""
    if domain in _DOTS_MEAN_NOTHING:
        return f"{local.partition('+')[0].replace('.', '')}@gmail.com"
    return email


def telling_digits(phone: str) -> str:
    """The last digits of a number, in which all ways to write it agree; none for a short one."""
    digits = phone[1:] if phone[1:].isdecimal() else _NO_DIGIT.sub("", phone.partition(";")[0])
    return digits[-TELLING_DIGITS:] if len(digits) >= FEWEST_DIGITS else ""


def _domain(email: str, website: str) -> str:
    """The domain of a company, from its website or its e-mail."""
    host = website.partition("://")[2].partition("/")[0].partition(":")[0].lower() if website else ""
    domain = host.removeprefix("www.") or email.rpartition("@")[2]
    return "" if domain in FREE_MAIL or domain.endswith(".invalid") else domain


def keys_of(found: Features) -> list[int | None]:
    """The keys under which a record meets those that may be the same, one for each of `PARTS`; None where
    nothing is known. They are digests, numbers of 32 bits: what meets is asked for the same text again.

    `street` is the beginning of the street with the number; `start` the beginnings of two words, under
    which stand the same name and names that are typed wrongly. Who meets under these needs a place, or the
    whole name, in common as well (`duplicates.scanning.comparing`).
    """
    address = found.address
    street = f"{address[:12]} {' '.join(_NUMBER.findall(address))}" if address else ""
    start = " ".join([word[:4] for word in found.words[:2]])
    texts = (found.email, found.phone, found.domain, street, start)
    return [crc32(text.encode()) - _OFFSET if text else None for text in texts]
