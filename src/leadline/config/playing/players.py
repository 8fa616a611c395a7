"""Who plays: contacts of customers that are here, and people whom nobody knows yet."""

from __future__ import annotations

from leadline.config.playing.play import Player
from leadline.customers.models import Contact

COUNTRIES = ("ID", "ID", "ID", "SG", "AU", "US", "GB", "DE")


def players_among(customers: int, strangers: int, *, run: str) -> list[Player]:
    """As many customers as there are (the first by id, by their primary contacts), and as many strangers."""
    rows = (
        Contact.objects.current()
        .filter(is_primary=True, customer__archived_at=None)
        .exclude(email="")
        .order_by("pk")
        .values_list("pk", "email", "name", "customer__country")
    )
    known = [
        Player(f"u-{pk}", email, name, country, is_known=True)
        for pk, email, name, country in rows[:customers]
    ]
    return known + [
        Player(f"new-{run}-{number}", country=COUNTRIES[number % len(COUNTRIES)])
        for number in range(strangers)
    ]
