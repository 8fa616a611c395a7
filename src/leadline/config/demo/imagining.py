"""Made-up customers and people, the same for the same seed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random

from leadline.config.demo.world import Country, Name, Place, world

# How long ago customers came: most in the last years, some long before.
OLDEST_DAYS = 1500
STATUSES = ("active", "active", "active", "active", "active", "inactive", "prospect", "prospect", "churned")
DESKS = ("", "", "conversion", "retention", "retention", "upsell")


@dataclass(slots=True)
class Person:
    """Somebody to write to."""

    name: str
    email: str
    phone: str
    title: str
    department: str
    language: str


@dataclass(slots=True)
class Company:
    """A customer to be: its fields by name, when it came, and its people."""

    country: Country
    fields: dict[str, object]
    created_at: datetime
    people: list[Person]


class Imagination:
    """Makes up one customer after the other."""

    def __init__(self, seed: int, now: datetime):
        self.random = Random(seed)  # noqa: S311 - made-up data, no secret
        self.now = now
        self.words = world().words
        self.countries = world().countries
        self._weights = list(accumulate(country.weight for country in self.countries))

    def country(self) -> Country:
        """A country, the big ones more often."""
        return self.random.choices(self.countries, cum_weights=self._weights)[0]

    def company(self, contacts: int = 2) -> Company:
        """A customer with so many people; one in five is a private person."""
        country = self.country()
        private = self.random.random() < 0.2
        place = self._pick(country.places)
        if private:
            first, last = self._pick(country.first), self._pick(country.last)
            name, domain = _full_name(country, first, last), f"mail.{country.code.lower()}.example"
            email = f"{first.latin}.{last.latin}{self.random.randrange(1, 9999)}@{domain}"
        else:
            name, stem = self._company_name(country)
            domain = f"{stem}.example"
            email = f"{self._pick(('info', 'office', 'sales', 'contact', 'hello'))}@{domain}"
        fields = self._fields(country, place, name, email, "" if private else domain)
        fields["kind"] = "individual" if private else self._pick(("enterprise", "enterprise", "dealer"))
        people = [self.person(country, domain) for _ in range(contacts)]
        return Company(country, fields, self._came_at(), people)

    def person(self, country: Country, domain: str) -> Person:
        """Somebody at a company."""
        first, last = self._pick(country.first), self._pick(country.last)
        mailbox = (
            f"{first.latin}.{last.latin}" if self.random.random() < 0.6 else f"{first.latin[:1]}.{last.latin}"
        )
        return Person(
            name=_full_name(country, first, last),
            email=f"{mailbox}@{domain}",
            phone=self._digits(country.phone) if self.random.random() < 0.8 else "",
            title=self._pick(self.words["titles"]),
            department=self._pick(self.words["departments"]),
            language=country.language if self.random.random() < 0.9 else "en",
        )

    def moment_since(self, start: datetime, longest_days: int = 730) -> datetime:
        """A working hour between `start` and now, at most so many days ago, recent ones more often."""
        earliest = max(start, self.now - timedelta(days=longest_days))
        back = (self.now - earliest) * (self.random.random() ** 2)
        moment = self.now - back
        worked = moment.replace(hour=self.random.randrange(2, 11), minute=self.random.randrange(0, 60, 5))
        return min(max(worked, earliest), self.now)

    def _company_name(self, country: Country) -> tuple[str, str]:
        trade = self._pick(self.words["trades"])
        chance = self.random.random()
        if chance < 0.35:
            stem = self._pick(country.coined)
        elif chance < 0.6:
            stem = self._pick(country.last)
        else:
            coined = "".join(
                self._pick(self.words["syllables"]) for _ in range(self.random.choice((2, 3, 3, 4)))
            )
            stem = Name(coined.capitalize(), coined)
        pieces = f"{stem.text} {trade}"
        if chance > 0.9:
            pieces = f"{stem.text} & {self._pick(country.last).text} {trade}"
        hyphen = "-" if self.random.random() < 0.4 else ""
        return self._pick(country.forms).format(pieces), f"{stem.latin}{hyphen}{trade.split()[0].lower()}"

    def _fields(
        self, country: Country, place: Place, name: str, email: str, domain: str
    ) -> dict[str, object]:
        chance = self.random.random
        tags = {self._pick(self.words["tags"]) for _ in range(self.random.choice((0, 0, 1, 1, 2, 3)))}
        return {
            "name": name,
            "email": email,
            "phone": self._digits(country.phone) if chance() < 0.9 else "",
            "website": f"https://www.{domain}" if domain and chance() < 0.7 else "",
            "industry": self._pick(self.words["industries"]) if chance() < 0.92 else "",
            "description": self._pick(self.words["descriptions"]) if chance() < 0.3 else "",
            "requirements": self._pick(self.words["requirements"]) if chance() < 0.2 else "",
            "status": self._pick(STATUSES),
            "tier": self.random.choice((1, 2, 2, 3, 3, 3, 3, 3, 3, 3)),
            "desk": self._pick(DESKS),
            "tags": sorted(tags),
            "language": country.language,
            "time_zone": place.zone,
            "source": self._pick(self.words["sources"]),
            "address": f"{self._pick(country.streets)} {self.random.randrange(1, 250)}",
            "city": place.city,
            "region": place.region,
            "postcode": self._digits(place.postcode),
            "country": country.code,
        }

    def _came_at(self) -> datetime:
        return self.now - timedelta(
            days=OLDEST_DAYS * self.random.random() ** 1.4, seconds=self.random.randrange(86400)
        )

    def _digits(self, pattern: str) -> str:
        first, *rest = pattern.split("#")
        # The first free digit is no 0 and no 1, as in real numbers.
        kept = [first]
        for at, piece in enumerate(rest):
            kept.append(str(int(self.random.random() * (10 if at else 8)) + (0 if at else 2)) + piece)
        return "".join(kept)

    def _pick(self, among):  # type: ignore[no-untyped-def]
        return among[int(self.random.random() * len(among))]


def _full_name(country: Country, first: Name, last: Name) -> str:
    family_first = country.code in ("JP", "VN")
    return f"{last.text} {first.text}" if family_first else f"{first.text} {last.text}"
