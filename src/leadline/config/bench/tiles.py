"""The tiles of *Operation*, each as often as something happens (WSP-1, SIG-6)."""

import html
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from statistics import median, quantiles
from urllib.parse import urlencode

from django.db import connection, transaction
from django.urls import reverse

from leadline.config.bench.browsing import fetch
from leadline.config.bench.data import Data, query
from leadline.config.bench.registry import Goal, Measured, row
from leadline.core.actions import Actor
from leadline.core.clock import now
from leadline.customers.actions import log_activity
from leadline.customers.models import Customer
from leadline.people.models import Team, User
from leadline.performance.actions import Wish, set_targets
from leadline.platform.actions import ingest_events
from leadline.workspaces.queries import dashboards_for

KEY = "operation"
WARM = 3
_FOLLOW = re.compile(r'<div id="follow" hidden hx-get="([^"]*)"')
_MARKS = re.compile(r'name="(mark-\d+)" value="([^"]*)"')
_PAYER = """
SELECT known.external_id FROM platform_platformuser known WHERE known.customer_id IS NOT NULL
 ORDER BY known.id DESC LIMIT 1
"""
Change = Callable[[], object]


@row("Operation tiles, a refresh", Goal(10), changes_data=True)
def tiles(data: Data) -> dict[str, Measured]:
    """Before each request a call is logged or a payment comes, so that nothing known before can answer.

    Measured are whole requests of the page as it stands open: what it asks every two seconds (while nothing
    changed; with the figures that changed), and each other tile, which it then asks for by itself. What
    happened before is not measured. Teams have targets. All is taken back.
    """
    if not connection.in_atomic_block:
        query("VACUUM core_figure_whole")  # as the server does by itself while it runs
    return {name: found for user in who_sees_all(data) for name, found in _of(user, data)}


def who_sees_all(data: Data) -> list[User]:
    """The administrator, and the lead manager where there is one."""
    found = User.objects.active().filter(roles__key="lead-manager").order_by("pk").first()
    return [data.administrator, *([found] if found else [])]


def _of(user: User, data: Data) -> Iterator[tuple[str, Measured]]:
    who = "administrator" if user == data.administrator else "lead manager"
    with _taken_back():
        _set_targets(data.administrator)
        call, payment = _call(data.administrator), _payment(data.administrator)
        page = _Page(user)
        page.look()
        page.look()  # what changed before is drawn once more
        yield f"{who}, nothing new", _after(lambda: None, page.look, data.times)
        yield f"{who}, figures after a payment", _after(payment, page.look, data.times)
        yield f"{who}, figures after a call", _after(call, page.look, data.times)
        found = next(each for each in dashboards_for(user) if each.key == KEY)
        for place, widget in enumerate(found.widgets):
            if widget.kind != "figure":
                about = ", ".join(widget.metrics) or "all that run"
                by = f" by {widget.by}" if widget.by else ""
                asked = fetch(user, reverse("workspaces:tile", args=[KEY, place]))
                yield (
                    f"{who}, {widget.kind}: {about}{by}",
                    _after(lambda: (call(), payment()), asked, data.times),
                )


@contextmanager
def _taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _after(change: Change, work: Callable[[], object], times: int) -> Measured:
    """How long a work takes, each time after something changed."""
    taken = []
    for turn in range(times + WARM):
        change()
        start = time.perf_counter()
        work()
        if turn >= WARM:
            taken.append((time.perf_counter() - start) * 1000)
    return Measured(median(taken), quantiles(taken, n=20)[-1] if len(taken) > 1 else taken[0])


class _Page:
    """The dashboard as it stands open: it asks next where the last answer said, and tells what it shows."""

    def __init__(self, user: User):
        self.user = user
        self.marks: dict[str, str] = {}
        self._takes(fetch(user, reverse("workspaces:dashboard", args=[KEY]))().content.decode())

    def look(self) -> None:
        """What the page asks every two seconds."""
        answer = self.get()
        if answer.status_code == 200:
            self._takes(answer.content.decode())

    def _takes(self, page: str) -> None:
        found = _FOLLOW.search(page)
        if found is None:
            raise RuntimeError("the page does not say where it asks next")
        self.marks |= dict(_MARKS.findall(page))
        self.get = fetch(self.user, f"{html.unescape(found[1])}&{urlencode(self.marks)}")


def _set_targets(administrator: User) -> None:
    """Each team is to make calls in the month, as the tile of targets tells."""
    month = date.today().replace(day=1)
    wishes = [Wish(team, "calls", "month", Decimal(2_000)) for team in Team.objects.all()]
    set_targets(month, wishes, by=Actor(administrator, via="cli"))


def _call(by: User) -> Change:
    customer = Customer.objects.filter(archived_at=None).order_by("pk")[0]
    actor = Actor(by, via="cli")
    return lambda: log_activity(customer, kind="call", title="Call", outcome="connected", by=actor)


def _payment(by: User) -> Change:
    payer = query(_PAYER)
    user = {"id": payer[0][0] if payer else "tiles-1"}
    paid = {"kind": "deposit", "amount": "50.00", "currency": "EUR", "method": "card", "user": user}
    actor = Actor(by, via="cli")

    def pay() -> None:
        ingest_events([{"id": f"tiles-{time.time_ns()}", "time": now().isoformat(), **paid}], by=actor)

    return pay
