"""The kinds of fields: what each holds, how it is cleaned, shown, exported and asked about."""

from leadline.core.fields.kinds.base import Kind
from leadline.core.fields.kinds.choices import ANSWERED, CHOICE, COUNTRY, LANGUAGE, SEVERAL, TIME_ZONE, YES_NO
from leadline.core.fields.kinds.links import LINK, TAGS, TEAM, TERRITORY, USER
from leadline.core.fields.kinds.numbers import MONEY, NUMBER
from leadline.core.fields.kinds.sets import SETS
from leadline.core.fields.kinds.texts import EMAIL, LONG_TEXT, PHONE, POSTCODE, TEXT, WEBSITE
from leadline.core.fields.kinds.times import DATE, MOMENT

KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        TEXT, LONG_TEXT, EMAIL, PHONE, WEBSITE, POSTCODE, CHOICE, SEVERAL, COUNTRY, LANGUAGE, TIME_ZONE,
        YES_NO, NUMBER, MONEY, DATE, MOMENT, TAGS, USER, TEAM, TERRITORY, LINK, SETS,
    )
}  # fmt: skip

__all__ = [
    "ANSWERED",
    "CHOICE",
    "COUNTRY",
    "DATE",
    "EMAIL",
    "KINDS",
    "LANGUAGE",
    "LINK",
    "LONG_TEXT",
    "MOMENT",
    "MONEY",
    "NUMBER",
    "PHONE",
    "POSTCODE",
    "SETS",
    "SEVERAL",
    "TAGS",
    "TEAM",
    "TERRITORY",
    "TEXT",
    "TIME_ZONE",
    "USER",
    "WEBSITE",
    "YES_NO",
    "Kind",
]
