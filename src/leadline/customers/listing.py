"""The list of customers, as the engine of lists wants to know it."""

from typing import Any

from leadline.core.lists.door import Door
from leadline.core.search import NotFound, not_found_help
from leadline.customers.queries.asking import search_for
from leadline.people.queries import name_of, teams_to_choose
from leadline.people.scope import reach


def _help(user: Any, typed: str) -> NotFound:
    return not_found_help("customer", typed, reach(user, "customer", "view"))


STATUS_TONES = {"active": "good", "inactive": "warn", "prospect": "info", "churned": "neutral"}

CUSTOMERS = Door(
    kind="customer",
    space="customers",
    reach=reach,
    search_for=search_for,
    help_for=_help,
    naming=name_of,
    beside=("name", "email", "blocked", "archived"),
    tones={"status": STATUS_TONES},
    quick=("status", "owner", "tier"),
    sources={"user": "people:user_options", "customer": "customers:options"},
    options={"team": teams_to_choose},
)
