"""Data quality: counting all customers, and the page that reads the counts (CUS-24)."""

import time

from django.urls import reverse

from leadline.config.bench.browsing import fetch
from leadline.config.bench.data import Data, query
from leadline.config.bench.registry import SECONDS, Goal, Measured, row
from leadline.config.bench.timing import measured
from leadline.core.actions import Actor
from leadline.people.models import User
from leadline.quality.actions import count_quality

_RAW = (
    "SELECT owner_id, team_id, territory_id, count(*), count(*) FILTER (WHERE phone = ''),"
    " count(*) FILTER (WHERE industry = '') FROM customers_customer"
    " WHERE archived_at IS NULL GROUP BY 1, 2, 3"
)


@row("Data quality, counting all customers", Goal(10, SECONDS), changes_data=True)
def counting(data: Data) -> dict[str, Measured]:
    """Seven measures of each owner, team and territory, in one pass, as the night's job does."""
    start = time.perf_counter()
    portfolios = count_quality(by=Actor(User.objects.house(), via="job"))
    seconds = time.perf_counter() - start
    start = time.perf_counter()
    query(_RAW)
    raw = time.perf_counter() - start
    return {"seven measures": Measured(seconds, raw=raw, note=f"{portfolios:,} portfolios")}


@row("Data quality, page", Goal(60))
def page(data: Data) -> dict[str, Measured]:
    """Shares, score, owners and teams of all customers, and of one owner's."""
    address = reverse("quality:overview")
    return {name: measured([fetch(user, address)], data.times) for name, user in data.people.items()}
